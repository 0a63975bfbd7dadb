"""What time takes away, by a clock that is set."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.gateway.stage import Stage
from tests.services.walking import finishes, stands_at, walks_to
from tests.storage.test_saving import saves

CANARY = "quokkaquilt"
NINETY_DAYS = timedelta(days=90)


def sweep(stage: Stage):  # type: ignore[no-untyped-def]
    """Run the retention job now."""
    return stage.belay.retention.sweep(stage.clock(), NINETY_DAYS)


async def test_a_paused_exercise_is_held_for_a_day_and_blanked_after_it(stage: Stage) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "step.ok")
    await ann.says(f"Visits with {CANARY}", "pause")
    stage.delivered("ann")
    stage.clock.advance(hours=23)
    assert sweep(stage).held_runs == 0
    assert "answer.text" in stage.tables_with(CANARY)
    stage.clock.advance(hours=2)
    assert sweep(stage).held_runs == 1
    assert stage.tables_with(CANARY) == set()
    assert stage.sql("SELECT state FROM run") == ["stopped"]


async def test_a_paused_exercise_can_be_resumed_within_the_day(stage: Stage) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "step.ok")
    await ann.says("Visits on Sunday", "pause")
    stage.delivered("ann")
    stage.clock.advance(hours=23)
    sweep(stage)
    await ann.says("go on")
    assert (ann.step, ann.state) == ("step.not_ok", "active")


async def test_after_the_day_there_is_nothing_to_resume(stage: Stage) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "step.ok")
    await ann.says("pause")
    stage.clock.advance(hours=25)
    sweep(stage)
    await ann.says("go on")
    assert "exercise.nothing_paused" in ann.lines
    assert ann.state is None


async def test_an_exercise_that_was_simply_left_open_is_blanked_too(stage: Stage) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "step.ok")
    await ann.says(f"Visits with {CANARY}")
    stage.delivered("ann")
    stage.clock.advance(hours=25)
    sweep(stage)
    assert stage.tables_with(CANARY) == set()
    await ann.says("hello")
    assert ann.state is None


@pytest.mark.parametrize("position", ["review", "after", "ruler", "plan", "plan.first", "save"])
async def test_statement_reason_and_plan_are_blanked_with_the_answers(
    stage: Stage, position: str
) -> None:
    ann = stage.person()
    exercise = await stands_at(ann, "boundary_builder", position)
    stage.delivered("ann")
    stage.clock.advance(hours=25)
    sweep(stage)
    assert stage.sql("SELECT artefact, ruler, plan FROM run") == [(None, None, None)]
    for step in exercise.steps:
        if step.kind == "text":
            assert stage.tables_with(step.examples[0]) == set()


async def test_counts_stay_when_words_go(stage: Stage) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "plan")
    stage.delivered("ann")
    events = stage.sql("SELECT count(*) FROM happening")
    answers = stage.sql("SELECT count(*) FROM answer")
    stage.clock.advance(hours=25)
    sweep(stage)
    assert stage.sql("SELECT rating_before, rating_after FROM run") == [(4, 7)]
    assert stage.sql("SELECT count(*) FROM happening") == events
    assert stage.sql("SELECT count(*) FROM answer") == answers


async def test_with_saving_on_a_paused_exercise_waits_as_long_as_it_takes(stage: Stage) -> None:
    ann = stage.person()
    await saves(ann)
    await walks_to(ann, "boundary_builder", "step.ok")
    await ann.says("Visits on Sunday", "pause")
    stage.clock.advance(days=40)
    assert sweep(stage).held_runs == 0
    await ann.says("go on")
    # A month is over: the private questions come first.
    await ann.says("no", "no", "no")
    assert (ann.step, ann.state) == ("step.not_ok", "active")


async def test_a_reply_that_never_arrived_does_not_outlive_the_day(stage: Stage) -> None:
    await stage.person().says(f"i feel {CANARY}", f"i need a limit with my mum {CANARY}")
    stage.clock.advance(hours=25)
    assert sweep(stage).undelivered == len(stage.sql("SELECT id FROM outbox"))
    assert stage.tables_with(CANARY) == set()
    assert stage.posted("ann") == []


async def test_delivered_replies_are_not_counted_as_undelivered(stage: Stage) -> None:
    await stage.person().says("hello", "i feel tired")
    stage.delivered("ann")
    stage.clock.advance(hours=25)
    assert sweep(stage).undelivered == 0
    assert set(stage.sql("SELECT status FROM outbox")) == {"delivered"}


async def test_sr_44_transcripts_go_after_ninety_days_and_statements_stay(stage: Stage) -> None:
    ann = stage.person()
    await finishes(ann, "boundary_builder")
    stage.delivered("ann")
    artefact = stage.sql("SELECT artefact FROM run")
    stage.clock.advance(days=89)
    assert sweep(stage).transcripts == 0
    stage.clock.advance(days=2)
    assert sweep(stage).transcripts > 0
    assert stage.sql("SELECT count(*) FROM message") == [0]
    assert stage.sql("SELECT count(*) FROM outbox") == [0]
    assert stage.sql("SELECT artefact FROM run") == artefact


async def test_a_second_sweep_changes_nothing(stage: Stage) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "step.ok")
    await ann.says("pause")
    stage.clock.advance(hours=25)
    sweep(stage)
    again = sweep(stage)
    assert (again.transcripts, again.held_runs, again.undelivered) == (0, 0, 0)


async def test_a_message_that_waits_for_its_answer_survives_every_sweep(stage: Stage) -> None:
    stage.rasa.down = True
    await stage.receive("ann", "i feel tired")
    stage.clock.advance(days=100)
    sweep(stage)
    stage.rasa.down = False
    await stage.settled("ann")
    assert "feeling.open" in stage.posted("ann")


async def test_safety_events_are_not_swept_away(stage: Stage) -> None:
    await stage.person().says("I want to kill myself")
    stage.clock.advance(days=400)
    sweep(stage)
    assert stage.sql("SELECT tier, route FROM safety_event") == [(3, "safety_suicide")]


async def test_a_download_link_that_was_not_used_is_swept_away(stage: Stage) -> None:
    await stage.person().says("send me my data")
    assert stage.sql("SELECT count(*) FROM download") == [1]
    stage.clock.advance(hours=1)
    sweep(stage)
    assert stage.sql("SELECT count(*) FROM download") == [0]
