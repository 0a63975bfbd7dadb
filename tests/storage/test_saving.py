"""Saving off: words are blanked once their reply arrived. Saving on: they stay."""

from __future__ import annotations

import pytest

from tests.gateway.stage import Person, Stage
from tests.services.walking import EXERCISES, finishes, walks_to

CANARY = "quokkaquilt"


async def saves(person: Person) -> None:
    """Switch saving on by chat."""
    await person.says("who reads this")
    await person.presses("consent.save_on")


async def test_with_saving_off_words_are_blanked_once_the_reply_arrived(stage: Stage) -> None:
    await stage.person().says(f"i feel {CANARY}")
    assert stage.tables_with(CANARY) == {"message.text"}
    stage.delivered("ann")
    assert stage.tables_with(CANARY) == set()


async def test_with_saving_off_counts_and_understanding_stay(stage: Stage) -> None:
    await stage.person().says(f"i feel {CANARY}")
    stage.delivered("ann")
    rows = stage.sql("SELECT author, text, intent, confidence FROM message")
    assert rows[0] == ("client", None, "express_feeling", 900)


async def test_a_reply_that_did_not_arrive_can_still_be_delivered(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("hello", "i feel tired")
    first, second = stage.belay.outbox.after(ann.talk, 0)
    stage.belay.outbox.delivered(ann.talk, first.cursor, stage.clock())
    left = stage.belay.outbox.after(ann.talk, 0)
    assert [posted.cursor for posted in left] == [second.cursor]


async def test_with_saving_on_words_stay_after_delivery(stage: Stage) -> None:
    ann = stage.person()
    await saves(ann)
    await ann.says(f"i feel {CANARY}")
    stage.delivered("ann")
    assert stage.tables_with(CANARY) == {"message.text"}


async def test_saving_that_is_switched_off_later_blanks_the_talk_that_was_kept(
    stage: Stage,
) -> None:
    ann = stage.person()
    await saves(ann)
    await ann.says(f"i feel {CANARY}")
    stage.delivered("ann")
    await ann.says("who reads this")
    await ann.presses("consent.save_off")
    stage.delivered("ann")
    assert stage.tables_with(CANARY) == set()


async def test_saving_that_is_switched_off_later_leaves_kept_statements(stage: Stage) -> None:
    ann = stage.person()
    await finishes(ann, "boundary_builder")
    artefact = stage.sql("SELECT artefact FROM run")[0]
    await ann.says("who reads this")
    await ann.presses("consent.save_off")
    stage.delivered("ann")
    assert stage.sql("SELECT artefact FROM run") == [artefact]
    await ann.says("my progress")
    assert artefact in ann.heard


async def test_saving_off_blanks_nothing_of_somebody_else(stage: Stage) -> None:
    ann, bea = stage.person("ann"), stage.person("bea")
    await saves(bea)
    await bea.says(f"i feel {CANARY}")
    await ann.says("who reads this")
    await ann.says("i feel fine")
    stage.delivered("bea")
    stage.delivered("ann")
    assert stage.tables_with(CANARY) == {"message.text"}


async def test_an_open_exercise_is_held_with_its_answers_while_saving_is_off(
    stage: Stage,
) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "step.ok")
    await ann.says(f"Visits with {CANARY}")
    stage.delivered("ann")
    assert "answer.text" in stage.tables_with(CANARY)
    await ann.says("pause")
    stage.delivered("ann")
    await ann.says("go on")
    assert ann.step == "step.not_ok"


@pytest.mark.parametrize("exercise_id", EXERCISES)
async def test_an_exercise_that_is_not_kept_leaves_numbers_and_no_word(
    stage: Stage, exercise_id: str
) -> None:
    ann = stage.person()
    exercise = await walks_to(ann, exercise_id, "ruler")
    await ann.says(f"because of {CANARY}")
    while ann.step != "save":
        await ann.says(f"tonight, {CANARY}")
    await ann.says("no")
    assert ann.lines[0] == "exercise.not_saved"
    stage.delivered("ann")
    assert stage.tables_with(CANARY) == set()
    for step in exercise.steps:
        if step.kind == "text":
            assert stage.tables_with(step.examples[0]) == set()
    assert stage.sql("SELECT rating_before, rating_after, artefact FROM run") == [(4, 7, None)]


@pytest.mark.parametrize("exercise_id", EXERCISES)
async def test_an_exercise_that_is_kept_switches_saving_on_and_stays(
    stage: Stage, exercise_id: str
) -> None:
    ann = stage.person()
    await finishes(ann, exercise_id)
    stage.delivered("ann")
    assert stage.sql("SELECT may_save FROM client") == [1]
    assert stage.sql("SELECT artefact FROM run")[0]
    kinds = stage.sql("SELECT kind FROM happening ORDER BY id")
    assert {"exercise_complete", "artefact_saved", "consent_change"} <= set(kinds)


async def test_a_stopped_exercise_leaves_no_word_of_its_answers(stage: Stage) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "step.ok")
    await ann.says(f"Visits with {CANARY}", "stop")
    stage.delivered("ann")
    assert stage.tables_with(CANARY) == set()
    assert stage.sql("SELECT state FROM run") == ["stopped"]


async def test_a_stopped_exercise_leaves_no_word_although_saving_is_on(stage: Stage) -> None:
    ann = stage.person()
    await saves(ann)
    await walks_to(ann, "boundary_builder", "step.ok")
    await ann.says(f"Visits with {CANARY}", "stop")
    stage.delivered("ann")
    assert stage.tables_with(CANARY) == set()


async def test_a_crisis_inside_a_held_exercise_is_blanked_like_any_other_message(
    stage: Stage,
) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "step.ok")
    await ann.says(f"I want to kill myself, {CANARY}")
    assert ann.state == "paused"
    stage.delivered("ann")
    assert stage.tables_with(CANARY) == set()
