"""From an exercise into life and back: plan, reminder, report, next step; danger on the way."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from belay.gateway.identity import conversation_key
from tests.conversations.stage import Person, Stage

pytestmark = pytest.mark.conversation

REQUEST = "Would you knock before you come into my room?"


def sql(stage: Stage, query: str, **values: Any) -> list[Any]:
    """Rows of Belay's own database; what a statement without rows returns is empty."""
    with stage.belay.engine.begin() as connection:
        found = connection.execute(text(query), values)
        return [tuple(row) for row in found] if found.returns_rows else []


def has_a_plan(stage: Stage) -> Person:
    """Somebody who finished the boundary exercise about a brother and planned when to say it."""
    ann = stage.client("ann", onboarded=True).says("let's do the boundary exercise")
    if ann.step == "who":
        ann.says("my brother")
    ann.says("no", "no", "no", "4", "privacy")
    ann.says("Coming in when the door is open.", "Walking in while I am on the phone.", REQUEST)
    ann.says("I will close the door and talk to him later.", "8", "looks right", "6")
    ann.says("because it is short")
    assert ann.step == "plan", str(ann)
    ann.says("on Saturday after lunch").hears(REQUEST)
    ann.presses("Start with that")
    ann.says("yes").hears("With: your brother", "on Saturday after lunch", REQUEST)
    return ann.presses("No, just me")


def comes_due(stage: Stage, kind: str) -> list[str]:
    """Let the clock run until a note of this kind is due; the lines that then went out."""
    (due,) = sql(stage, "SELECT due_at FROM reminder WHERE kind = :kind", kind=kind)[0]
    at = datetime.fromisoformat(due).replace(tzinfo=UTC)
    stage.clock.advance(seconds=(at - stage.clock() + timedelta(minutes=1)).total_seconds())
    stage.belay.reminders.look(stage.clock())
    rows = sql(stage, "SELECT payload FROM outbox WHERE kind = 'message' ORDER BY id")
    return [json.loads(row[0])["line"] for row in rows if row[0]]


def test_a_practice_goes_from_the_statement_into_life_and_back(stage: Stage) -> None:
    ann = has_a_plan(stage)
    assert ann.lines[-1] == "remind.offer", str(ann)
    ann.says("tomorrow at 7 pm")
    ann.says("London")
    assert ann.lines == ["remind.set", "practice.fear"], str(ann)
    ann.says("that he laughs at me")
    assert ann.lines == ["practice.fear_kept"], str(ann)
    found = stage.belay.inbox.find("terminal", "ann")
    assert found is not None
    sql(
        stage,
        "INSERT INTO reminder_channel VALUES (:client, :talk)",
        client=found[0],
        talk=conversation_key("terminal", "ann"),
    )
    assert comes_due(stage, "nudge")[-1] == "remind.nudge"

    stage.clock.advance(hours=20)
    ann.says("it went badly, he laughed")
    assert ann.lines[-1] == "practice.heard", str(ann)
    ann.presses("Yes").hears("that he laughs at me")
    ann.presses("About as I feared")
    assert ann.lines == ["practice.as_feared"], str(ann)
    ann.presses("Change the plan")
    ann.says("on Monday after lunch").hears(REQUEST)
    ann.presses("Keep those words")
    assert ann.lines == ["practice.kept", "remind.offer"], str(ann)
    ann.presses("No reminder")
    kept = sql(stage, "SELECT plan, opening, compared, next_step FROM practice")
    assert kept == [("on Monday after lunch", REQUEST, None, "change")]
    ann.says("show my progress").hears("In real life: once so far")


def test_a_report_that_turned_dangerous_goes_to_safety_and_is_not_kept(stage: Stage) -> None:
    ann = has_a_plan(stage).presses("No reminder")
    ann.says("skip")
    stage.clock.advance(hours=26)
    ann.says("hello").hears("on Saturday after lunch", "Did you get to try it?")
    ann.presses("Yes")
    ann.says("he pushed me against the wall and now I am scared to go home")
    assert ann.lines[0].startswith("safety_abuse_now"), str(ann)
    assert sql(stage, "SELECT happened, tried FROM practice") == [(None, "yes")]
    assert sql(stage, "SELECT count(*) FROM safety_event") == [(1,)]


def test_a_goal_and_a_reminder_in_the_middle_leave_the_step_as_it_was(stage: Stage) -> None:
    ann = stage.client("ann", onboarded=True).says("let's do the boundary exercise")
    if ann.step == "who":
        ann.says("my brother")
    ann.says("no", "no", "no", "4", "privacy", "Coming in when the door is open.")
    assert ann.step == "step.not_ok", str(ann)
    ann.says("can we set a goal first")
    assert ann.lines == ["goal.may_keep"], str(ann)
    ann.says("no thanks")
    assert (ann.step, ann.lines[-1]) == ("step.not_ok", "exercise.step"), str(ann)
    ann.says("remind me tomorrow at 7 pm", "London")
    assert (ann.step, ann.lines[0]) == ("step.not_ok", "remind.set"), str(ann)
    assert sql(stage, "SELECT step FROM answer ORDER BY place") == [("circle",), ("ok",)]
    ann.says("could you delete my data please").says("no")
    assert (ann.step, ann.lines[0]) == ("step.not_ok", "delete.kept"), str(ann)
    ann.says("Walking in while I am on the phone.")
    assert ann.step == "step.request", str(ann)
