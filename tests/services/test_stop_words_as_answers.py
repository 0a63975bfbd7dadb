"""Where an exercise asks for a stop word, "pause" and "stop" may be the answer."""

from __future__ import annotations

import pytest

from belay.domain.run import STEP
from tests.gateway.stage import Stage
from tests.services.walking import EXERCISES, exercise_of, stands_at

STOP_WORDS = [
    (exercise_id, step.id)
    for exercise_id in EXERCISES
    for step in exercise_of(exercise_id).steps
    if step.doubts_controls
]


@pytest.mark.parametrize(("exercise_id", "step"), STOP_WORDS)
@pytest.mark.parametrize("word", ["pause", "stop"])
async def test_a_stop_word_is_an_answer_where_one_is_asked_for(
    stage: Stage, exercise_id: str, step: str, word: str
) -> None:
    ann = stage.person()
    await stands_at(ann, exercise_id, STEP + step)
    await ann.says(word)
    assert (ann.lines, ann.step) == (["exercise.stop_or_answer"], STEP + step)
    await ann.presses("step.answer")
    assert ann.state == "active"
    assert ann.step != STEP + step
    assert stage.sql("SELECT text FROM answer WHERE step = ?", step) == [word]


@pytest.mark.parametrize(
    ("word", "press", "state"),
    [("pause", "exercise.pause", "paused"), ("stop", "exercise.stop", "stopped")],
)
async def test_who_meant_to_pause_or_stop_there_can(
    stage: Stage, word: str, press: str, state: str
) -> None:
    exercise_id, step = STOP_WORDS[0]
    ann = stage.person()
    await stands_at(ann, exercise_id, STEP + step)
    await ann.says(word)
    await ann.presses(press)
    assert ann.state == state
    assert stage.sql("SELECT count(*) FROM answer WHERE text = ?", word) == [0]


async def test_after_such_a_pause_the_word_is_asked_about_again(stage: Stage) -> None:
    exercise_id, step = STOP_WORDS[0]
    ann = stage.person()
    await stands_at(ann, exercise_id, STEP + step)
    await ann.says("pause")
    await ann.presses("exercise.pause")
    await ann.says("go on", "pause")
    assert (ann.lines, ann.state) == (["exercise.stop_or_answer"], "active")


async def test_a_pause_that_is_said_twice_is_a_pause(stage: Stage) -> None:
    exercise_id, step = STOP_WORDS[0]
    ann = stage.person()
    await stands_at(ann, exercise_id, STEP + step)
    await ann.says("pause", "pause")
    assert ann.state == "paused"
