"""The same forty messages get the same replies in every channel, notes of the channel aside.

Rasa is the table of phrases here, so that the comparison is about channels; the script with the
real Rasa is `tests/conversations/test_play_script.py`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from belay.settings import ROOT
from tests.channels.conformance.conftest import HARNESSES
from tests.channels.conformance.harness import Harness
from tests.fakes import FixedClock
from tests.gateway.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
SCRIPT = [
    json.loads(line)
    for line in (ROOT / "tests" / "conversations" / "evening.jsonl").read_text().splitlines()
]
OWN_NOTES = "channel.note_"


def listen(stage: Stage) -> list[tuple[str, ...]]:
    """Line ids of each turn that is committed from now on."""
    heard: list[tuple[str, ...]] = []
    turns = stage.belay.gateway._turns
    real = turns.commit

    def commit(turn: Any, at: Any) -> Any:
        done = real(turn, at)
        told = tuple(one.line for one in turn.replies if not one.line.startswith(OWN_NOTES))
        heard.append(told)
        return done

    turns.commit = commit  # type: ignore[method-assign]
    return heard


async def in_the_terminal(home: Path) -> list[tuple[str, ...]]:
    """What the terminal hears, where every button is typed."""
    stage = await Stage(home, FixedClock()).open()
    heard = listen(stage)
    ann = stage.person("ann", onboarded=False)
    for line in SCRIPT:
        await ann.says(line.get("text", line.get("button")))
    await stage.close()
    return heard


async def elsewhere(channel: Harness, home: Path) -> list[tuple[str, ...]]:
    """What another channel hears; buttons are pressed where they are shown."""
    await channel.open(home)
    heard = listen(channel.stage)
    for line in SCRIPT:
        title = line.get("button")
        if title is None:
            await channel.says("ann", line["text"])
        elif title in await channel.buttons("ann"):
            await channel.presses("ann", title)
        else:
            await channel.says("ann", title)
    await channel.close()
    return heard


@pytest.mark.parametrize("name", sorted(HARNESSES))
async def test_forty_messages_get_the_same_replies_as_in_the_terminal(
    name: str, tmp_path: Path
) -> None:
    expected = await in_the_terminal(tmp_path / "direct")
    heard = await elsewhere(HARNESSES[name](), tmp_path / name)
    assert len(expected) == len(SCRIPT)
    differing = [
        (line.get("text", line.get("button")), there, here)
        for line, there, here in zip(SCRIPT, expected, heard, strict=True)
        if there != here
    ]
    assert differing == []
