"""Danger and "help now" are answered at once, whatever Rasa does or does not do."""

from __future__ import annotations

import pytest

from tests.gateway.stage import Stage
from tests.services.walking import walks_to

CRISIS = "I want to kill myself"
CHECK = "life is pointless"


async def test_a_crisis_is_answered_before_receive_returns_although_rasa_is_down(
    stage: Stage,
) -> None:
    stage.rasa.down = True
    await stage.receive("ann", CRISIS)
    assert stage.posted("ann")[0].startswith("safety_suicide.tier3")
    assert stage.rasa.turns == []


async def test_the_record_is_there_in_the_same_moment_and_holds_no_words(stage: Stage) -> None:
    stage.rasa.down = True
    await stage.receive("ann", CRISIS)
    rows = stage.sql("SELECT tier, route, layer, reply FROM safety_event")
    assert rows == [(3, "safety_suicide", "floor", "safety_suicide.tier3")]
    columns = [row[1] for row in stage.sql("PRAGMA table_info(safety_event)")]
    held = stage.sql(f"SELECT {', '.join(columns)} FROM safety_event")
    assert "kill" not in str(held)


async def test_the_crisis_reply_names_lines_and_the_emergency_number(stage: Stage) -> None:
    ann = stage.person(onboarded=False)
    stage.rasa.down = True
    await ann.says(CRISIS)
    assert ann.last is not None
    reply = ann.last.replies[0]
    assert reply.card is not None
    assert reply.card.kind == "lines"
    assert (reply.tier, ann.last.verdict.tier) == (3, 3)
    assert "findahelpline.com" in ann.heard


@pytest.mark.parametrize("text", ["help now", "Help now!", "HELP NOW"])
async def test_help_now_needs_neither_rasa_nor_consent(stage: Stage, text: str) -> None:
    stage.rasa.down = True
    ann = stage.person(onboarded=False)
    await ann.says(text)
    assert ann.lines == ["help.now"]
    assert "findahelpline.com" in ann.heard


async def test_danger_does_not_wait_behind_a_turn_that_runs(stage: Stage) -> None:
    gate = stage.hold()
    await stage.receive("ann", "i feel tired")
    await stage.until_rasa_thinks()
    await stage.receive("ann", CRISIS)
    assert stage.posted("ann")[0].startswith("safety_suicide")
    gate.set()
    await stage.settled("ann")
    authors = "SELECT text FROM message WHERE author = 'client' ORDER BY id"
    assert stage.sql(authors) == [CRISIS, "i feel tired"]


async def test_the_turn_that_was_overtaken_is_planned_again_in_the_crisis(stage: Stage) -> None:
    gate = stage.hold()
    await stage.receive("ann", "start boundary_builder")
    await stage.until_rasa_thinks()
    await stage.receive("ann", CRISIS)
    gate.set()
    await stage.settled("ann")
    assert stage.sql("SELECT id FROM run") == []
    assert stage.posted("ann")[-1] == "safety.still_here"


async def test_danger_pauses_the_exercise_and_fills_no_step(stage: Stage) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "step.not_ok")
    await ann.says(CRISIS)
    assert ann.state == "paused"
    assert "kill" not in str(stage.sql("SELECT first, text FROM answer"))


async def test_an_answer_that_waits_in_an_exercise_is_not_taken_after_danger(
    stage: Stage,
) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "step.not_ok")
    gate = stage.hold()
    await stage.receive("ann", "Dropping by without a call")
    await stage.until_rasa_thinks()
    await stage.receive("ann", CRISIS)
    gate.set()
    await stage.settled("ann")
    assert "Dropping" not in str(stage.sql("SELECT first, text FROM answer"))
    assert stage.sql("SELECT state FROM run") == ["paused"]


async def test_a_check_of_tier_two_is_answered_at_once_as_well(stage: Stage) -> None:
    stage.rasa.down = True
    ann = stage.person()
    await ann.says(CHECK)
    assert ann.last is not None
    assert ann.last.verdict.tier == 2
    assert ann.lines[0].startswith("safety_suicide.tier2")


async def test_a_pressed_button_is_not_read_for_danger(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("start boundary_builder", "my mum")
    await ann.presses("step.gate:no")
    assert ann.last is not None
    assert ann.last.verdict.tier == 0


async def test_care_of_tier_one_is_a_line_beside_the_answer(stage: Stage) -> None:
    stage.rasa.verdicts["i feel tired"] = {
        "tier": 1,
        "route": "safety_suicide",
        "layer": "model",
        "rule": "model.low",
    }
    ann = stage.person()
    await ann.says("i feel tired")
    assert sorted(ann.lines) == ["feeling.open", "safety.care"]
    assert stage.sql("SELECT id FROM safety_event") == []


async def test_the_worse_of_floor_and_model_counts(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("model crisis")
    assert ann.last is not None
    assert (ann.last.verdict.tier, ann.last.verdict.layer) == (2, "model")
    assert stage.sql("SELECT layer, rule FROM safety_event") == [("model", "model.safety_suicide")]
