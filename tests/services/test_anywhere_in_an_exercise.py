"""A pause, a question or danger at each position of one exercise that has every kind."""

from __future__ import annotations

from collections.abc import AsyncIterator

from tests.gateway.stage import Person, Stage
from tests.services.walking import EXERCISES, answer_at, exercise_of, pauses, positions_of

# All files share one engine; what depends on the position only is walked through once, in an
# exercise that has every kind of position.
LONGEST = max(
    (one for one in EXERCISES if exercise_of(one).gate == "G2"),
    key=lambda one: len(positions_of(exercise_of(one))),
)


async def begun(stage: Stage) -> tuple[Person, AsyncIterator[str]]:
    """Somebody who began the exercise, and its positions; each is answered when it was left."""
    ann = stage.person()
    exercise = exercise_of(LONGEST)
    await ann.says(f"start {LONGEST}")

    async def positions() -> AsyncIterator[str]:
        for position in positions_of(exercise):
            yield position
            await ann.says(answer_at(exercise, position))

    return ann, positions()


async def test_a_pause_anywhere_waits_through_a_restart(stage: Stage) -> None:
    ann, positions = await begun(stage)
    async for position in positions:
        await pauses(ann)
        assert ann.state == "paused", position
        await stage.restart()
        await ann.says("hello")
        assert ann.lines == ["greet.paused"], position
        await ann.says("go on")
        assert (ann.step, ann.state) == (position, "active")
    assert ann.state == "done"


async def test_a_question_anywhere_comes_back_to_the_same_place(stage: Stage) -> None:
    ann, positions = await begun(stage)
    async for position in positions:
        await ann.says("what is interdependence")
        assert (ann.step, ann.state) == (position, "active")
        assert ann.lines[0] == "faq.what_is"
        assert len(ann.lines) == 2, position
        await ann.says("what is this for")
        assert (ann.step, ann.lines[0]) == (position, "faq.this_exercise")
    assert ann.state == "done"


async def test_danger_anywhere_pauses_and_nothing_resumes_by_itself(stage: Stage) -> None:
    ann, positions = await begun(stage)
    async for position in positions:
        await ann.says("I want to kill myself")
        assert ann.state == "paused", position
        await ann.says("because I found words")
        assert ann.lines == ["safety.still_here"], position
        await ann.presses("safety.choose:not_it")
        await ann.says("hello", "time and my mum")
        assert stage.sql("SELECT state, position FROM run") == [("paused", position)]
        await ann.says("go on")
    assert ann.state == "done"
    held = stage.sql("SELECT artefact, plan, ruler FROM run")
    assert "kill" not in str(held + stage.sql("SELECT first, text FROM answer"))
    await ann.says("my progress")
    assert "kill" not in ann.heard
