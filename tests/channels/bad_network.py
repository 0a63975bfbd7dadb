"""What the runs through a bad network have in common."""

from __future__ import annotations

from belay.gateway.rate import Rate
from tests.channels.push_stage import PushStage


def in_order(sent: list[str], expected: list[str]) -> int:
    """How many of the sent texts repeat the one before; fails where the order is not kept."""
    place = repeats = 0
    for text in sent:
        if place < len(expected) and text == expected[place]:
            place += 1
        else:
            assert place > 0, "an answer came before its turn"
            assert text == expected[place - 1], "an answer overtook another"
            repeats += 1
    assert place == len(expected), f"{len(expected) - place} answers never came"
    return repeats


def unlimited(stage: PushStage) -> None:
    """These people write faster than anybody does."""
    stage.belay.push.reception._rate = Rate("many", 1_000_000)
