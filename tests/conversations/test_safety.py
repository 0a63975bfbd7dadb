"""Danger is met in the same turn, and stays met."""

from __future__ import annotations

import pytest

from tests.conversations.stage import Stage
from tests.conversations.test_boundary_evening import reaches_first_step

pytestmark = pytest.mark.conversation


def test_a_clear_crisis_line_gets_help_lines_before_any_consent(stage: Stage) -> None:
    ann = stage.client("ann").says("I want to kill myself")
    assert ann.last is not None
    assert (ann.last.verdict.tier, ann.last.verdict.route) == (3, "safety_suicide")
    ann.hears("findahelpline.com", "computer program")


def test_a_crisis_inside_an_exercise_pauses_it_and_fills_no_step(stage: Stage) -> None:
    ann = reaches_first_step(stage.client("ann", onboarded=True)).says("time")
    ann.says("honestly I just want to end my life")
    assert ann.state == "paused"
    ann.says("let's continue")
    assert ann.state != "active"
    ann.presses("It's not that").says("let's continue")
    assert ann.step == "step.ok"


def test_one_yes_to_the_private_questions_locks_the_exercise_in_every_route(stage: Stage) -> None:
    ann = stage.client("ann", onboarded=True)
    ann.says("let's do the boundary exercise")
    if ann.step == "who":
        ann.says("my husband")
    ann.says("no", "yes")
    assert ann.lines[0].startswith("safety_abuse_now")
    ann.says("no", "let's do the boundary exercise")
    if ann.step == "who":
        ann.says("my husband")
    assert ann.step is None or ann.state != "active"
    ann.says("continue the exercise")
    assert ann.state != "active"


def test_a_denial_answers_kindly_and_the_event_stays(stage: Stage) -> None:
    ann = stage.client("ann", onboarded=True).says("I want to kill myself")
    ann.says("you misunderstood me")
    counts = stage.belay.safety_log.counts(stage.clock().replace(year=2020))
    assert [(one.route, one.tier, one.events) for one in counts] == [("safety_suicide", 3, 1)]


def test_help_now_works_before_consent_and_in_an_exercise(stage: Stage) -> None:
    stage.client("bea").says("help now").hears("findahelpline.com")
    ann = reaches_first_step(stage.client("ann", onboarded=True))
    ann.says("help now").hears("findahelpline.com")


def test_idioms_and_denials_are_no_crisis(stage: Stage) -> None:
    ann = stage.client("ann", onboarded=True)
    ann.says("this commute is killing me and he still expects dinner at six")
    assert ann.last is not None
    assert ann.last.verdict.tier == 0
