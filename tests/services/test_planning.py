"""The plan at the end: who is known, when is asked, and the first sentence is offered."""

from __future__ import annotations

import pytest

from belay.domain.plan import first_words_in
from tests.gateway.stage import Person, Stage
from tests.services.walking import exercise_of, stands_at, walks_to

BOUNDARY = "boundary_builder"
REQUEST = exercise_of(BOUNDARY).step("request").examples[0]
WHEN = "on Sunday when the quokkaquilt is folded"


async def at_the_plan(stage: Stage, exercise_id: str = BOUNDARY) -> Person:
    """Somebody who is asked when they will say it."""
    ann = stage.person()
    await stands_at(ann, exercise_id, "plan")
    return ann


async def test_only_the_time_is_asked_for_and_then_the_first_sentence_is_offered(
    stage: Stage,
) -> None:
    ann = await at_the_plan(stage)
    assert ann.lines[-1] == "exercise.plan_when"
    await ann.says(WHEN)
    assert (ann.lines, ann.step) == (["exercise.start_with"], "plan.first")
    assert f"'{REQUEST}'" in ann.heard
    assert [one.title for one in ann.buttons] == ["Start with that", "Leave that open"]


@pytest.mark.parametrize("said", ["yes", "press"])
async def test_the_offered_sentence_is_kept_by_a_button_or_a_yes(stage: Stage, said: str) -> None:
    ann = await at_the_plan(stage)
    await ann.says(WHEN)
    if said == "press":
        await ann.presses("step.opening")
    else:
        await ann.says(said)
    assert ann.step == "save"
    await ann.says("yes")
    assert "With: your mum" in ann.heard
    assert f"\nOn{WHEN[2:]}\n" in ann.heard
    assert f"First words: {REQUEST}" in ann.heard
    kept = stage.sql("SELECT plan, opening FROM practice")
    assert kept == stage.sql("SELECT plan, opening FROM run") == [(WHEN, REQUEST)]


async def test_own_first_words_take_the_place_of_the_offered_ones(stage: Stage) -> None:
    ann = await at_the_plan(stage)
    await ann.says(WHEN, "Mum, have you got a minute?", "yes")
    assert "First words: Mum, have you got a minute?" in ann.heard


@pytest.mark.parametrize("said", ["no", "skip"])
async def test_the_first_words_may_be_left_open(stage: Stage, said: str) -> None:
    ann = await at_the_plan(stage)
    await ann.says(WHEN, said, "yes")
    assert ann.state == "done"
    assert "First words" not in ann.heard
    assert stage.sql("SELECT plan, opening FROM practice") == [(WHEN, None)]


@pytest.mark.parametrize(
    "said", ["no", "skip", "idk", "I don’t know when", "not sure yet", "later"]
)
async def test_without_a_plan_nothing_more_is_asked_about_it(stage: Stage, said: str) -> None:
    ann = await at_the_plan(stage)
    await ann.says(said)
    assert ann.step == "save"
    await ann.says("yes")
    assert stage.sql("SELECT count(*) FROM practice") == [0]
    assert "plan.here" not in ann.lines


async def test_a_bare_yes_is_no_time(stage: Stage) -> None:
    ann = await at_the_plan(stage)
    await ann.says("yes")
    assert (ann.step, ann.lines) == ("plan", ["exercise.plan_when"])


async def test_a_plan_that_quotes_the_first_words_is_asked_nothing_more(stage: Stage) -> None:
    ann = await at_the_plan(stage)
    await ann.says("After lunch I'll say 'Mum, don't drop by unannounced, please'")
    assert ann.step == "save"
    await ann.says("yes")
    assert "First words: Mum, don't drop by unannounced, please" in ann.heard


async def test_words_for_nobody_are_planned_in_one_line(stage: Stage) -> None:
    ann = await at_the_plan(stage, "identity_map")
    assert ann.lines[-1] == "exercise.plan"
    await ann.says(WHEN)
    assert ann.step == "save"


async def test_an_exercise_that_ends_in_a_plan_asks_for_no_second_one(stage: Stage) -> None:
    ann = stage.person()
    await walks_to(ann, "if_then_plan", "ruler")
    await ann.says("skip")
    assert ann.step == "save"
    await ann.says("yes")
    assert "plan.here" not in ann.lines
    assert stage.sql("SELECT plan FROM practice") == stage.sql("SELECT artefact FROM run")


async def test_going_back_from_the_first_words_asks_for_the_time_again(stage: Stage) -> None:
    ann = await at_the_plan(stage)
    await ann.says(WHEN, "go back")
    assert (ann.step, ann.lines[-1]) == ("plan", "exercise.plan_when")


async def test_a_skipped_request_leaves_the_first_words_to_the_client(stage: Stage) -> None:
    ann = stage.person()
    await stands_at(ann, BOUNDARY, "plan")
    stage.sql("UPDATE answer SET text = NULL WHERE step = 'request'")
    await ann.says(WHEN)
    assert ann.lines == ["exercise.first_words"]


async def test_fear_of_the_person_in_a_plan_opens_the_safety_check(stage: Stage) -> None:
    ann = await at_the_plan(stage)
    await ann.says("FEAR of what he does, so when he sleeps")
    assert ann.lines == ["safety_abuse_now.tier2"]
    assert stage.sql("SELECT plan, state FROM run") == [(None, "paused")]


async def test_the_plan_stands_in_the_progress_and_with_the_statement(stage: Stage) -> None:
    ann = await at_the_plan(stage)
    await ann.says(WHEN, "yes", "yes", "my progress")
    assert f"Plan: {WHEN}. First words: '{REQUEST}'" in ann.heard
    (kept,) = stage.sql("SELECT artefact_id FROM run")
    button = type("B", (), {"title": "My limit", "press": f"artefact.show:{kept}"})
    await ann.uses(ann.signed(button))
    assert ann.lines == ["artefact.here", "plan.here"]


async def test_a_changed_statement_keeps_the_plan_that_it_has(stage: Stage) -> None:
    ann = await at_the_plan(stage)
    await ann.says(WHEN, "yes", "yes")
    (kept,) = stage.sql("SELECT artefact_id FROM run")
    button = type("B", (), {"title": "x", "press": f"artefact.edit:{kept}"})
    await ann.uses(ann.signed(button))
    await ann.presses("step.part:ok")
    await ann.says("Visits that we planned.", "yes", "7", "skip", "skip")
    assert ann.state == "done"
    assert stage.sql("SELECT plan, opening FROM run") == [(WHEN, REQUEST)]
    assert stage.sql("SELECT plan, opening FROM practice") == [(WHEN, REQUEST)]


async def test_with_saving_off_the_plan_is_shown_and_no_word_of_it_stays(stage: Stage) -> None:
    ann = await at_the_plan(stage)
    stage.sql("UPDATE client SET may_save = NULL")
    await ann.says(WHEN, "the quokkaquilt comes first", "no")
    assert "First words: the quokkaquilt comes first" in ann.heard
    stage.delivered("ann")
    assert stage.tables_with("quokkaquilt") == set()


async def test_a_changed_plan_asks_whether_the_first_words_still_fit(stage: Stage) -> None:
    ann = await at_the_plan(stage)
    await ann.says(WHEN, "yes", "yes")
    await ann.presses("consent.review_off", "remind.no")
    await ann.says("skip")
    stage.clock.advance(hours=24)
    await ann.says("hello")
    for part in ("not_yet", "change"):
        await ann.presses(next(one.press for one in ann.buttons if f":{part}:" in one.press))
    await ann.says("if we walk on Monday, then I will ask")
    assert ann.lines == ["practice.same_words"]
    await ann.says("Mum, one thing")
    assert ann.lines[0] == "practice.kept"
    assert stage.sql("SELECT plan, opening FROM practice") == [
        ("if we walk on Monday, then I will ask", "Mum, one thing")
    ]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ("then I will say: 'Can we talk?'", "Can we talk?"),
        ('on Friday I ask her "could you call first?" and wait', "could you call first?"),
        ("I'll tell him ‘I need an hour, that's all’.", "I need an hour, that's all"),
        ("if we sit down tonight, then I will ask", None),
        ("when he says 'fine' again", None),
        ("after the kids' bedtime", None),
    ],
)
def test_first_words_are_found_in_a_plan_that_quotes_them(plan: str, words: str | None) -> None:
    assert first_words_in(plan) == words
