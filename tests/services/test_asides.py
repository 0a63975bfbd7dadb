"""Goals, reminders, progress and rights in the middle of an exercise: answered, then it goes on."""

from __future__ import annotations

import pytest

from belay.domain.aside import wish_in
from tests.gateway.stage import Person, Stage
from tests.services.walking import finishes, stands_at

BOUNDARY = "boundary_builder"
HERE = "step.not_ok"
STEP_LINES = ["exercise.back_to_it", "exercise.step"]


async def in_the_middle(stage: Stage, position: str = HERE) -> Person:
    """Somebody who keeps their words and is at a step."""
    ann = stage.person()
    await ann.says("hello")
    stage.sql("UPDATE client SET may_save = 1, may_review = 0")
    await stands_at(ann, BOUNDARY, position)
    return ann


def answers(stage: Stage) -> list[str]:
    """The steps that have an answer."""
    return stage.sql("SELECT step FROM answer ORDER BY place")


async def test_a_goal_is_set_with_its_rating_and_then_the_step_is_asked_again(
    stage: Stage,
) -> None:
    ann = await in_the_middle(stage)
    before = answers(stage)
    await ann.says("I want to set a goal")
    assert (ann.lines, ann.step, ann.state) == (["goal.ask"], HERE, "active")
    await ann.says("to ask for one evening alone a week")
    assert ann.lines == ["goal.scale"]
    await ann.presses(next(one.press for one in ann.buttons if one.press.startswith("goal.ours")))
    assert ann.lines == ["goal.where"]
    await ann.presses(next(one.press for one in ann.buttons if one.press.startswith("goal.at:s1")))
    assert ann.lines == ["goal.first_rating", *STEP_LINES]
    assert (ann.step, ann.state) == (HERE, "active")
    assert stage.sql("SELECT text FROM goal") == ["to ask for one evening alone a week"]
    assert answers(stage) == before
    await ann.says("Coming in with my key.")
    assert ann.step == "step.request"


async def test_a_goal_that_is_skipped_goes_back_at_once(stage: Stage) -> None:
    ann = await in_the_middle(stage)
    await ann.says("set a goal please", "skip")
    assert ann.lines == ["goal.not_now", *STEP_LINES]
    assert ann.step == HERE


async def test_without_leave_to_keep_words_it_is_asked_for_first(stage: Stage) -> None:
    ann = await in_the_middle(stage)
    stage.sql("UPDATE client SET may_save = NULL")
    await ann.says("a goal")
    assert ann.lines == ["goal.may_keep"]
    await ann.says("no")
    assert ann.lines == ["goal.not_kept", *STEP_LINES]
    assert answers(stage) == ["circle", "ok"]


async def test_a_reminder_is_set_and_then_the_step_is_asked_again(stage: Stage) -> None:
    ann = await in_the_middle(stage)
    before = answers(stage)
    await ann.says("remind me tomorrow at 7 pm")
    assert ann.lines == ["remind.ask_zone"]
    await ann.says("Berlin")
    assert ann.lines == ["remind.set", *STEP_LINES]
    assert (ann.step, answers(stage)) == (HERE, before)
    assert stage.sql("SELECT substr(due_at, 1, 16) FROM reminder") == ["2026-03-03 18:00"]


async def test_what_fits_no_open_question_is_no_answer_either(stage: Stage) -> None:
    ann = await in_the_middle(stage)
    await ann.says("set a reminder", "hm, let me think about that")
    assert ann.lines == STEP_LINES
    assert answers(stage) == ["circle", "ok"]
    await ann.says("Coming in with my key.")
    assert ann.step == "step.request"


async def test_a_question_about_something_else_lets_the_goal_go(stage: Stage) -> None:
    ann = await in_the_middle(stage)
    await ann.says("a goal", "what is interdependence")
    assert ann.lines[0] == "faq.what_is"
    await ann.says("Coming in with my key.")
    assert ann.step == "step.request"
    assert stage.sql("SELECT count(*) FROM goal") == [0]


@pytest.mark.parametrize("said", ["stop reminders", "no reminders before 10"])
async def test_words_about_reminders_are_heard_and_the_step_is_asked_again(
    stage: Stage, said: str
) -> None:
    ann = await in_the_middle(stage)
    await ann.says(said)
    assert ann.lines[-2:] == STEP_LINES
    assert (ann.step, answers(stage)) == (HERE, ["circle", "ok"])


@pytest.mark.parametrize("said", ["my progress", "who reads this", "send me my data"])
async def test_progress_and_rights_are_shown_and_the_step_is_asked_again(
    stage: Stage, said: str
) -> None:
    ann = await in_the_middle(stage)
    await ann.says(said)
    assert ann.lines[-1] == "exercise.step"
    assert (ann.step, answers(stage)) == (HERE, ["circle", "ok"])


async def test_a_typed_no_keeps_everything_and_is_no_answer(stage: Stage) -> None:
    ann = await in_the_middle(stage)
    await ann.says("delete my data")
    assert ann.lines == ["delete.confirm"]
    await ann.says("no")
    assert ann.lines == ["delete.kept", *STEP_LINES]
    assert answers(stage) == ["circle", "ok"]


@pytest.mark.parametrize("how", ["yes", "press"])
async def test_a_yes_deletes_everything_and_nothing_is_asked_after_it(
    stage: Stage, how: str
) -> None:
    ann = await in_the_middle(stage)
    await ann.says("delete my data")
    if how == "press":
        await ann.presses("delete.yes")
    else:
        await ann.says(how)
    assert ann.lines == ["delete.done"]
    assert stage.sql("SELECT count(*) FROM run") == [0]


async def test_a_skip_leaves_the_other_question_not_the_step(stage: Stage) -> None:
    ann = await in_the_middle(stage)
    await ann.says("delete my data", "skip")
    assert (ann.lines, ann.step) == (STEP_LINES, HERE)
    assert answers(stage) == ["circle", "ok"]


async def test_danger_in_a_goal_is_met_and_the_exercise_waits(stage: Stage) -> None:
    ann = await in_the_middle(stage)
    await ann.says("a goal", "I want to kill myself")
    assert ann.lines[0].startswith("safety_")
    assert ann.state == "paused"
    assert stage.sql("SELECT count(*) FROM goal") == [0]


async def test_the_plan_of_an_earlier_exercise_is_not_talked_about_in_between(
    stage: Stage,
) -> None:
    ann = stage.person()
    await finishes(ann, "kind_no")
    await ann.presses("consent.review_off", "remind.no")
    await ann.says("skip", f"start {BOUNDARY}")
    while ann.step != "before":
        await ann.says("no")
    await ann.says("remind me tomorrow at 7 pm", "Berlin")
    assert ann.lines == ["remind.set", "exercise.back_to_it", "exercise.before"]


async def test_a_request_to_be_reminded_by_somebody_is_a_draft(stage: Stage) -> None:
    ann = await in_the_middle(stage, "step.request")
    await ann.says("Could you remind me before you come on Sunday?")
    assert ann.step == "step.self_action"
    kept = stage.sql("SELECT text FROM answer WHERE step = 'request'")
    assert kept == ["Could you remind me before you come on Sunday?"]


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("I want to set a goal", "goal"),
        ("can we set a new goal", "goal"),
        ("can we set a goal first", "goal"),
        ("let's make a goal for this month", "goal"),
        ("new goal: one evening alone", "goal"),
        ("set a reminder for tomorrow please", "reminder"),
        ("can I have a reminder?", "reminder"),
        ("please remind me tomorrow at 7", "reminder"),
        ("can you remind me on Friday", "reminder"),
        ("my goal is to stay calm when she calls", None),
        ("I set a goal last year and it went wrong", None),
        ("He scored a goal", None),
        ("They remind me of my mum", None),
        ("she reminds me every day", None),
        ("a reminder of how it was before", None),
        ("It was a reminder that we are different", None),
        ("I want to", None),
        ("another one", None),
        ("yes please", None),
    ],
)
def test_only_a_plain_wish_counts(said: str, wish: str | None) -> None:
    assert wish_in(said, draft=False) == wish


def test_at_a_draft_only_a_reminder_with_a_time_counts() -> None:
    assert wish_in("remind me tomorrow at 7", draft=True) == "reminder"
    assert wish_in("Would you remind me on Friday?", draft=True) is None
    assert wish_in("remind me when you are ready", draft=True) is None
