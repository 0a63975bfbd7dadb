"""Between acting and not understanding: asking by the likeliest needs, or listening."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.gateway.stage import Person, Stage

TORN = {"say_no": 0.22, "repair_rupture": 0.2, "aside/other": 0.1, "build_trust": 0.09}
LOST = {"aside/other": 0.12, "say_no": 0.05, "greet": 0.04}
SHORT = "him and the money again"
LONG = "so it was him and then the money again and then nobody said anything"


def unsure(stage: Stage, monkeypatch: pytest.MonkeyPatch, likely: Mapping[str, float]) -> Person:
    """Somebody whose words Rasa is not sure about."""
    ann = stage.person()
    read = stage.rasa._nlu

    def torn(text: str, state: Mapping[str, Any], press: Any) -> dict[str, Any]:
        found = read(text, state, press)
        if text in (SHORT, LONG):
            ranking = [{"name": name, "confidence": value} for name, value in likely.items()]
            return {**found, "intent": "nlu_fallback", "confidence": 0.25, "ranking": ranking}
        return found

    monkeypatch.setattr(stage.rasa, "_nlu", torn)
    return ann


async def test_a_short_message_is_asked_about_by_its_likeliest_needs(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await unsure(stage, monkeypatch, TORN).says(SHORT)
    assert ann.lines == ["fallback.choices"]
    pressed = [one.press for one in ann.buttons]
    assert pressed[:3] == ["need:say_no", "need:repair_rupture", "need:build_trust"]
    assert pressed[3:] == ["menu.all", "talk.just"]


async def test_a_need_that_is_hardly_likely_gets_no_button(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {"say_no": 0.2, "repair_rupture": 0.03}
    ann = await unsure(stage, monkeypatch, few).says(SHORT)
    assert [one.press for one in ann.buttons] == ["need:say_no", "menu.all", "talk.just"]


@pytest.mark.parametrize(("text", "likely"), [(LONG, TORN), (LONG, LOST), (SHORT, LOST)])
async def test_what_is_told_at_length_or_near_no_need_is_listened_to(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, text: str, likely: Mapping[str, float]
) -> None:
    ann = await unsure(stage, monkeypatch, likely).says(text)
    assert ann.lines[0].startswith("feeling.")
