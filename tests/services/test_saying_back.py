"""Saying back what was heard: three stories, and the best of three replies."""

from __future__ import annotations

import pytest

from tests.gateway.stage import Person, Stage
from tests.services.walking import begins

REPLIES = (
    "You wrote the report alone. Are you sad?",
    "You said yes to everyone, and now you can't sleep.",
    "So when I look at my phone, you feel alone.",
)


@pytest.fixture
async def ann(stage: Stage) -> Person:
    """Somebody at the first story."""
    person = stage.person()
    await begins(person, "reflect_back")
    return person


async def test_nobody_is_asked_whom_it_is_about(ann: Person) -> None:
    assert (ann.step, ann.state) == ("step.reply_1", "active")


async def test_a_reply_that_takes_up_nothing_of_the_story_earns_one_tip(ann: Person) -> None:
    await ann.says("That sounds hard.")
    assert (ann.lines, ann.step) == (["exercise.tip"], "step.reply_1")
    await ann.says("That sounds really hard.")
    assert ann.step == "step.reply_2"


async def test_it_says_how_many_landed_and_gives_one_line_to_keep(
    stage: Stage, ann: Person
) -> None:
    await ann.says("That sounds hard.", "That sounds hard.", *REPLIES[1:])
    assert ann.step == "review"
    assert ann.lines == ["exercise.landed", "exercise.review"]
    assert "2 of" in ann.heard
    assert stage.sql("SELECT artefact FROM run")[0] in REPLIES[1:]


async def test_three_that_did_not_land_are_no_failure(stage: Stage, ann: Person) -> None:
    for _ in REPLIES:
        await ann.says("TIP and so on", "TIP and so on")
    assert ann.lines[0] == "exercise.landed_none"
    assert "0" not in ann.heard
    assert stage.sql("SELECT artefact FROM run") == ["TIP and so on."]
