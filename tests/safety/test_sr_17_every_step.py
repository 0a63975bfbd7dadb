"""SR-17 and SR-18: whatever step is open, danger wins and becomes no answer."""

from __future__ import annotations

import json
from copy import deepcopy
from uuid import uuid4

import pytest

from belay.domain.client import Client, Consents, Counterpart, Risk
from belay.domain.conversation import Conversation
from belay.domain.floor import judge
from belay.domain.run import BEFORE, GATES, WHO, Answer, Run, RunState
from belay.domain.turn import Turn
from belay.gateway.identity import conversation_key
from tests.fakes import FixedClock
from tests.gateway.shared import shared_rules
from tests.gateway.stage import Stage
from tests.safety.crisis_lines import CANARY, CRISIS_LINES
from tests.services.walking import EXERCISES, answer_at, exercise_of, positions_of


def stands(stage: Stage, name: str, exercise_id: str, position: str) -> str:
    """Put a client into the middle of an exercise, without the way there; gives the run's id."""
    exercise = exercise_of(exercise_id)
    order = positions_of(exercise)
    client, counterpart, run = uuid4().hex, uuid4().hex, uuid4().hex
    now = stage.clock().replace(tzinfo=None).isoformat(sep=" ")
    stage.sql(
        "INSERT INTO client (id, created_at, adult, may_use, may_save, invented)"
        " VALUES (?, ?, 1, 1, 1, 0)",
        *(client, now),
    )
    stage.sql(
        "INSERT INTO conversation (id, client_id, channel, address, started_at, version, serial,"
        " buttons, safety, misses, noticed_at, last_at, recent)"
        " VALUES (?, ?, 'terminal', ?, ?, 0, 0, '[]', '{}', 0, ?, ?, '[]')",
        *(conversation_key("terminal", name), client, name, now, now, now),
    )
    asked = position == WHO or position in GATES
    stage.sql(
        "INSERT INTO counterpart (id, client_id, role, words, risk, asked_at)"
        " VALUES (?, ?, 'parent', 'my mum', ?, ?)",
        *(counterpart, client, "unknown" if asked else "none", None if asked else now),
    )
    stage.sql(
        "INSERT INTO run (id, client_id, exercise_id, version, counterpart_id, started_at,"
        " changed_at, position, state, gate_answers, rating_before, retried, editing, unclear)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'active', '{}', ?, '[]', 0, 0)",
        *(run, client, exercise_id, exercise.version, None if position == WHO else counterpart),
        *(now, now, position, None if order.index(position) <= order.index(BEFORE) else 4),
    )
    passed = order[: order.index(position)]
    steps = [step for step in exercise.steps if f"step.{step.id}" in passed]
    for number, step in enumerate(steps):
        text = answer_at(exercise, f"step.{step.id}")
        stage.sql(
            "INSERT INTO answer (run_id, step, place, first, text, features)"
            " VALUES (?, ?, ?, ?, ?, '[]')",
            *(run, step.id, number, text, text),
        )
    return run


def turn_at(exercise_id: str, position: str, text: str) -> Turn:
    """An open turn in the middle of an exercise, as the storage loads one."""
    exercise, now = exercise_of(exercise_id), FixedClock().now
    order = positions_of(exercise)
    before = {f"step.{step.id}": step for step in exercise.steps}
    asked = position == WHO or position in GATES
    mum = Counterpart("c", "parent", "my mum", Risk.UNKNOWN, None)
    if not asked:
        mum.risk, mum.asked_at = Risk.NONE, now
    run = Run("r", "a", exercise_id, exercise.version, now, position, changed_at=now)
    run.counterpart_id = None if position == WHO else mum.id
    for place in order[: order.index(position)]:
        if place in before:
            said = answer_at(exercise, place)
            run.put(Answer(before[place].id, said, said))
    return Turn(
        id=uuid4().hex,
        now=now,
        text=text,
        press=None,
        client=Client("a", now, adult=True, consents=Consents(use=True, save=True)),
        conversation=Conversation("t", "a", "terminal", "ann", now, noticed_at=now, last_at=now),
        counterparts=[mum],
        runs=[run],
    )


@pytest.mark.parametrize("exercise_id", EXERCISES)
async def test_sr_17_danger_wins_at_every_step_and_is_no_answer(
    stage: Stage, exercise_id: str
) -> None:
    planner = stage.belay.gateway._planner
    for position in positions_of(exercise_of(exercise_id)):
        for line in CRISIS_LINES:
            turn = turn_at(exercise_id, position, line)
            answers = deepcopy(turn.runs[0].answers)
            await planner.plan(turn, judge(line, shared_rules()))
            told = [reply.line for reply in turn.replies]
            assert told[0].startswith("safety_"), (position, line, told)
            assert turn.replies[0].card is not None
            run = turn.runs[0]
            assert (run.state, run.position) == (RunState.PAUSED, position)
            assert run.answers == answers
            assert (run.artefact, run.plan, run.ruler) == (None, None, None)
            assert CANARY not in json.dumps([reply.as_dict() for reply in turn.replies])
            assert len(turn.safety_events) == 1
    assert stage.rasa.turns == []


@pytest.mark.parametrize("line", CRISIS_LINES)
async def test_sr_17_the_row_in_the_database_is_paused_and_unchanged(
    stage: Stage, line: str
) -> None:
    exercise_id = EXERCISES[0]
    position = positions_of(exercise_of(exercise_id))[-3]
    run = stands(stage, "ann", exercise_id, position)
    answers = stage.sql("SELECT step, text FROM answer WHERE run_id = ?", run)
    ann = await stage.person().says(line)
    assert ann.lines[0].startswith("safety_")
    assert stage.sql("SELECT state, position FROM run WHERE id = ?", run) == [("paused", position)]
    assert stage.sql("SELECT step, text FROM answer WHERE run_id = ?", run) == answers
    assert stage.sql("SELECT count(*) FROM safety_event") == [1]


@pytest.mark.parametrize("exercise_id", EXERCISES)
async def test_sr_18_words_of_a_crisis_reach_no_statement_progress_or_event(
    stage: Stage, exercise_id: str
) -> None:
    position = positions_of(exercise_of(exercise_id))[-2]
    run = stands(stage, "ann", exercise_id, position)
    ann = await stage.person().says(CRISIS_LINES[0], "you misunderstood", "my progress")
    assert CANARY not in ann.heard
    await ann.says("go on")
    while ann.state == "active" and ann.step and ann.step.startswith("gate."):
        await ann.says("no")
    (kept,) = stage.sql(
        "SELECT coalesce(artefact, '') || coalesce(plan, '') || coalesce(ruler, '')"
        " FROM run WHERE id = ?",
        run,
    )
    assert CANARY not in kept
    (loaded,) = stage.sql("SELECT count(*) FROM answer WHERE text LIKE ?", f"%{CANARY}%")
    assert loaded == 0
    rows = stage.sql("SELECT * FROM safety_event") + stage.sql("SELECT data FROM happening")
    assert CANARY not in json.dumps(rows)
