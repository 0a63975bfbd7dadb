""" "Did you get to try it?": four answers, none of them wrong, and what comes of each."""

from __future__ import annotations

import pytest

from belay.domain.reply import Button
from tests.gateway.stage import Person, Stage
from tests.services.walking import A_PLAN, finishes

BOUNDARY = "boundary_builder"
FEAR = "that she hangs up on the quokkaquilt"


async def planned(stage: Stage, *, keep: bool = True, fear: str = "skip") -> Person:
    """Somebody with a plan from yesterday, back for a hello."""
    ann = stage.person()
    await finishes(ann, BOUNDARY, keep=keep)
    await ann.presses("consent.review_off", "remind.no")
    if keep:
        await ann.says(fear)
    stage.delivered("ann")
    stage.clock.advance(hours=24)
    await ann.says("hello")
    return ann


async def answers(person: Person, part: str) -> None:
    """Press the button whose press holds this part."""
    await person.presses(next(one.press for one in person.buttons if f":{part}:" in one.press))


async def test_the_plan_is_asked_about_at_the_next_visit_in_their_words(stage: Stage) -> None:
    ann = await planned(stage)
    assert ann.lines[-1] == "practice.ask_first"
    assert A_PLAN in ann.heard
    assert "Could we talk for a moment?" in ann.heard
    assert [one.title for one in ann.buttons] == ["Yes", "Partly", "Not yet", "Rather not say"]


async def test_it_is_not_asked_twice_on_one_day(stage: Stage) -> None:
    ann = await planned(stage)
    await ann.says("hello")
    assert ann.lines == ["greet.hello"]


async def test_yes_asks_what_happened_and_lays_it_beside_the_fear(stage: Stage) -> None:
    ann = await planned(stage, fear=FEAR)
    await answers(ann, "yes")
    assert ann.lines == ["practice.tried_yes"]
    await ann.says("She was quiet, and then she said okay")
    assert ann.lines == ["practice.compare_fear"]
    assert FEAR in ann.heard
    await answers(ann, "easier")
    assert ann.lines == ["practice.easier"]
    await answers(ann, "drop")
    assert ann.lines == ["practice.dropped"]
    row = "tried, compared, next_step, happened, closed_at IS NOT NULL"
    assert stage.sql(f"SELECT {row} FROM practice") == [
        ("yes", "easier", "drop", "She was quiet, and then she said okay", 1)
    ]


async def test_not_yet_is_fine_and_keeping_the_plan_offers_a_reminder(stage: Stage) -> None:
    ann = await planned(stage)
    await answers(ann, "not_yet")
    assert ann.lines == ["practice.not_yet"]
    await answers(ann, "keep")
    assert ann.lines == ["practice.kept", "remind.offer"]
    stage.clock.advance(hours=24)
    await ann.says("hello")
    assert ann.lines[-1] == "practice.ask_first"


async def test_a_plan_can_be_changed(stage: Stage) -> None:
    ann = await planned(stage)
    await answers(ann, "not_yet")
    await answers(ann, "change")
    await ann.says("if we walk on Sunday, then I will ask")
    assert stage.sql("SELECT plan FROM practice") == ["if we walk on Sunday, then I will ask"]


async def test_rather_not_say_closes_it_for_good(stage: Stage) -> None:
    ann = await planned(stage)
    await answers(ann, "rather_not")
    assert ann.lines == ["practice.rather_not"]
    stage.clock.advance(hours=48)
    await ann.says("hello")
    assert ann.lines[-1] == "greet.hello"


async def test_a_typed_yes_and_a_skip_are_understood(stage: Stage) -> None:
    ann = await planned(stage)
    await ann.says("yes")
    assert ann.lines == ["practice.tried_yes"]
    await ann.says("skip")
    assert ann.lines == ["practice.compare"]


async def test_a_question_in_between_is_answered_and_the_first_one_still_stands(
    stage: Stage,
) -> None:
    ann = await planned(stage)
    await answers(ann, "partly")
    await ann.says("what is interdependence")
    assert ann.lines == ["faq.what_is"]
    await ann.says("Well it went halfway and then the phone rang")
    assert ann.lines == ["practice.compare"]


@pytest.mark.parametrize("words", ["He hit me and I am bleeding", "model danger she took my keys"])
async def test_a_report_that_turned_dangerous_goes_to_safety(stage: Stage, words: str) -> None:
    ann = await planned(stage)
    await answers(ann, "yes")
    stage.rasa.verdicts[words] = {
        "tier": 3,
        "route": "safety_abuse_now",
        "layer": "model",
        "rule": "m",
    }
    await ann.says(words)
    assert ann.lines[0].startswith("safety_")
    assert stage.sql("SELECT count(*) FROM safety_event") == [1]
    assert stage.sql("SELECT happened FROM practice") == [None]


async def test_fear_of_the_person_opens_the_safety_check(stage: Stage) -> None:
    ann = await planned(stage)
    await answers(ann, "yes")
    await ann.says("FEAR of him the whole evening long")
    assert ann.lines == ["safety_abuse_now.tier2"]


async def test_harder_than_feared_asks_for_safety_and_a_yes_is_met(stage: Stage) -> None:
    ann = await planned(stage)
    await answers(ann, "yes")
    await ann.says("It was loud and long and I left the room")
    await answers(ann, "harder")
    assert ann.lines == ["practice.harder"]
    await answers(ann, "yes")
    assert ann.lines == ["safety_abuse_now.tier2"]
    assert stage.sql("SELECT risk FROM counterpart") == ["watch"]


async def test_a_report_out_of_the_blue_counts_too(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("I tried it with my mum and she listened")
    assert ann.lines[-1] == "practice.heard"
    await answers(ann, "yes")
    assert ann.lines == ["practice.compare"]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("it went badly, he laughed", True),
        ("Well, I did it and she listened", True),
        ("that didn’t work at all", True),
        ("it was raining all day", False),
        ("i feel tired of it all", False),
        ("he did it again", False),
    ],
)
async def test_how_a_plan_went_is_heard_whatever_the_model_made_of_it(
    stage: Stage, said: str, heard: bool
) -> None:
    ann = await planned(stage)
    await ann.says("stop", said)
    assert ("practice.heard" in ann.lines) is heard


async def test_without_a_plan_the_same_words_are_listened_to(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("it went badly, he laughed")
    assert "practice.heard" not in ann.lines


async def test_with_saving_off_numbers_stay_and_no_word(stage: Stage) -> None:
    ann = await planned(stage, keep=False)
    assert ann.lines[-1] == "practice.ask"
    await answers(ann, "yes")
    await ann.says("She laughed at the quokkaquilt and said okay")
    await answers(ann, "easier")
    stage.delivered("ann")
    assert stage.tables_with("quokkaquilt") == set()
    assert stage.sql("SELECT plan, fear, happened, tried FROM practice") == [
        (None, None, None, "yes")
    ]


async def test_saving_that_is_switched_off_later_blanks_what_was_told(stage: Stage) -> None:
    ann = await planned(stage, fear=FEAR)
    await ann.says("who reads this")
    await ann.presses("consent.save_off")
    stage.delivered("ann")
    assert stage.tables_with("quokkaquilt") == set()


async def test_a_deleted_statement_takes_its_plan_along(stage: Stage) -> None:
    await planned(stage)
    assert stage.sql("SELECT plan FROM practice") == [A_PLAN]
    ann = stage.person()
    await ann.says("hello")
    artefact_id = stage.sql("SELECT artefact_id FROM run")[0]
    await ann.uses(ann.signed(Button("x", f"artefact.delete:{artefact_id}")))
    assert stage.sql("SELECT plan FROM practice") == [None]
    stage.delivered("ann")
    assert stage.tables_with(A_PLAN) == set()


async def test_signs_of_a_practice_that_turned_are_read_in_the_answer(stage: Stage) -> None:
    ann = await planned(stage)
    await answers(ann, "yes")
    await ann.says("I said it and he smashed my phone on the wall")
    assert ann.lines[0].startswith("safety_abuse_now")


@pytest.mark.parametrize("words", ["Skip it", "rather not", "No idea.", "nothing", "I don't know"])
async def test_a_question_is_left_open_in_plain_words(stage: Stage, words: str) -> None:
    ann = await planned(stage, fear=words)
    stage.rasa.reads[words] = "nlu_fallback"
    assert stage.sql("SELECT fear FROM practice") == [None]
    await answers(ann, "yes")
    await ann.says(words)
    assert ann.lines == ["practice.compare"]
    assert stage.sql("SELECT happened FROM practice") == [None]
