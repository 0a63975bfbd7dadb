"""The context layer: what five messages say together, and what a report of practice says."""

from __future__ import annotations

import time

import pytest

from belay.content.context import context_of
from belay.domain.context import ContextRules, judge_signs, remembered, signs_in
from tests.gateway.shared import shared_content, shared_rules
from tests.gateway.stage import Stage
from tests.services.test_gate import goes_red, risks


@pytest.fixture(scope="module")
def rules() -> ContextRules:
    return context_of(shared_content().context_data, shared_rules())


@pytest.mark.parametrize(
    "example", shared_content().context_data["examples"], ids=lambda one: one["text"][:40]
)
def test_each_example_gives_its_signs(rules: ContextRules, example: dict[str, object]) -> None:
    assert sorted(signs_in(str(example["text"]), rules)) == example["signs"]


def test_two_different_signs_within_five_turns_ask_for_a_check() -> None:
    memory: list[list[str]] = []
    for signs in (["hopeless"], [], [], ["hopeless"], []):
        memory = remembered(memory, signs)
    assert judge_signs(memory).tier == 0
    assert judge_signs(remembered(memory, ["goodbye"])).rule == "turns.goodbye+hopeless"


def test_what_was_said_more_than_five_turns_ago_is_forgotten() -> None:
    memory: list[list[str]] = []
    for signs in (["hopeless"], [], [], [], [], ["no_future"]):
        memory = remembered(memory, signs)
    assert judge_signs(memory).tier == 0


def test_an_ordinary_turn_costs_less_than_a_millisecond(rules: ContextRules) -> None:
    text = "I talked to my mum about the dishes and she said it was fine, though I feel tired"
    begun = time.process_time()
    for _ in range(200):
        signs_in(text, rules)
    assert (time.process_time() - begun) / 200 < 0.001


async def test_hopelessness_then_a_goodbye_brings_the_direct_question(stage: Stage) -> None:
    ann = await stage.person().says("i feel numb these days")
    assert stage.sql("SELECT count(*) FROM safety_event") == [0]
    await ann.says("I wanted to say thank you for everything")
    assert ann.lines == ["safety_suicide.tier2"]
    assert "findahelpline.com" in ann.heard
    assert stage.sql("SELECT layer, rule FROM safety_event") == [
        ("context", "turns.goodbye+hopeless")
    ]


async def test_after_the_answer_the_same_two_signs_do_not_ask_again(stage: Stage) -> None:
    ann = await stage.person().says("i feel numb these days")
    await ann.says("I wanted to say thank you for everything", "no", "hello there")
    assert not any(line.startswith("safety_") for line in ann.lines)
    assert stage.sql("SELECT count(*) FROM safety_event") == [1]


async def test_no_word_of_a_sign_is_stored_in_the_state(stage: Stage) -> None:
    await stage.person().says("i feel numb these days")
    (state,) = stage.sql("SELECT safety FROM conversation")
    assert '"recent": [["hopeless"]]' in state
    assert "numb" not in state


async def test_before_consent_not_even_the_kind_of_sign_is_stored(stage: Stage) -> None:
    await stage.person(onboarded=False).says("i feel numb these days")
    assert stage.sql("SELECT json_extract(safety, '$.recent') FROM conversation") == ["[]"]


async def test_a_practice_that_turned_dangerous_is_met_with_a_check(stage: Stage) -> None:
    said = "I tried it with my partner. They lost it and blocked the door."
    stage.rasa.reads[said] = "report_practice"
    from tests.gateway import fake_rasa

    fake_rasa.OUTSIDE.setdefault("report_practice", "action_practice")
    ann = await stage.person().says(said)
    assert ann.lines == ["safety_abuse_now.tier2"]
    assert stage.sql("SELECT layer, rule FROM safety_event") == [("context", "practice_turned")]
    assert risks(stage)["partner"] == "watch"


async def test_a_practice_that_went_well_is_no_danger(stage: Stage) -> None:
    said = "I told my partner and they were okay with it"
    stage.rasa.reads[said] = "report_practice"
    from tests.gateway import fake_rasa

    fake_rasa.OUTSIDE.setdefault("report_practice", "action_practice")
    ann = await stage.person().says(said)
    assert not any(line.startswith("safety") for line in ann.lines)


async def test_unease_about_a_person_who_is_locked_asks_for_a_check(stage: Stage) -> None:
    ann = stage.person()
    await goes_red(ann)
    stage.clock.advance(hours=30)
    await ann.says("my mum is parked outside again")
    assert ann.lines[0].startswith("safety_abuse_now.tier2")
    assert "flagged_person" in stage.sql("SELECT rule FROM safety_event")


async def test_unease_about_anybody_else_does_not(stage: Stage) -> None:
    ann = stage.person()
    await goes_red(ann)
    stage.clock.advance(hours=30)
    await ann.says("i feel nervous about my boss")
    assert not any(line.startswith("safety_") for line in ann.lines)
