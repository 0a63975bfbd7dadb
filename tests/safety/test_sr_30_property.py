"""SR-30 as a property: in whatever order somebody tries, words for a red person stay locked."""

from __future__ import annotations

import random

import pytest

from tests.gateway.stage import Person, Stage
from tests.services.test_gate import goes_red
from tests.services.walking import EXERCISES, exercise_of

FOR_SOMEBODY = [one for one in EXERCISES if exercise_of(one).gate in ("G1", "G2")]
TRIES = 14


async def tries_something(person: Person, dice: random.Random) -> str:
    exercise = dice.choice(FOR_SOMEBODY)
    text = dice.choice(
        (
            f"start {exercise}",
            f"start {exercise} with my mum",
            "i need a limit with my mum",
            "i need help from my mum",
            "go on",
            "the exercises",
            "my mum",
            "yes",
            "no",
            "skip",
            "another topic",
            "hello",
            "pause",
        )
    )
    if dice.random() < 0.3 and person.last is not None and person.buttons:
        button = dice.choice(person.buttons)
        if not button.press.startswith(("delete", "consent", "onlooker", "step.who")):
            await person.uses(person.signed(button))
            return button.press
    await person.says(text)
    return text


@pytest.mark.parametrize("seed", range(6))
async def test_sr_30_no_order_of_messages_and_buttons_opens_a_lock(stage: Stage, seed: int) -> None:
    dice, ann = random.Random(seed), stage.person()
    await goes_red(ann)
    done = []
    for number in range(TRIES):
        if number == TRIES // 2:
            stage.clock.advance(days=31)
        done.append(await tries_something(ann, dice))
        open_runs = stage.sql(
            "SELECT run.exercise_id, run.position FROM run JOIN counterpart"
            " ON counterpart.id = run.counterpart_id"
            " WHERE run.state = 'active' AND counterpart.risk = 'red'"
        )
        assert [one for one in open_runs if exercise_of(one[0]).gate != "G0"] == [], done
    assert "red" in stage.sql("SELECT risk FROM counterpart WHERE role = 'parent'")


async def test_sr_30_a_kept_statement_about_somebody_who_turned_red_is_not_opened_again(
    stage: Stage,
) -> None:
    from tests.services.walking import finishes

    ann = stage.person()
    await finishes(ann, "clear_request")
    edit = next(
        reply.card.edit
        for reply in ann.last.replies
        if reply.card and reply.card.edit  # type: ignore[union-attr]
    )
    stage.sql("UPDATE counterpart SET risk = 'red'")
    from belay.domain.reply import Button

    await ann.uses(ann.signed(Button("Change", edit)))
    assert ann.lines == ["gate.locked"]
    assert stage.sql("SELECT state FROM run") == ["done"]


async def test_the_questions_are_asked_again_in_the_middle_after_thirty_days(
    stage: Stage,
) -> None:
    from tests.services.walking import begins

    ann = await stage.person().says("who reads this")
    await ann.presses("consent.save_on")
    await begins(ann, "boundary_builder")
    stood = ann.step
    await ann.says("pause")
    stage.clock.advance(days=31)
    await ann.says("go on")
    assert ann.step == "gate.afraid"
    await ann.says("no", "no", "no")
    assert (ann.step, ann.state) == (stood, "active")


async def test_a_no_to_all_three_does_not_take_back_what_was_told(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("model danger my partner", "no")
    await ann.says("i need a limit with my partner", "start boundary_builder")
    assert ann.step == "gate.afraid"
    await ann.says("no", "no", "no")
    assert stage.sql("SELECT risk FROM counterpart WHERE role = 'partner'") == ["watch"]


async def test_the_floor_alone_flags_the_person_that_a_message_names(stage: Stage) -> None:
    stage.rasa.down = True
    ann = await stage.person().says("my husband hit me last night")
    assert ann.lines[0].startswith("safety_abuse_now")
    risks = dict(stage.sql("SELECT role, risk FROM counterpart"))
    assert risks["spouse"] == "red"
    # "My partner" is the same person under another name.
    assert risks["partner"] == "red"
    stage.rasa.down = False
    await ann.presses("safety.choose:other_support")
    await ann.says("i need a limit with my partner")
    assert ann.lines == ["gate.locked_offer"]


async def test_the_floor_flags_the_one_who_did_it_and_nobody_else(stage: Stage) -> None:
    await stage.person().says("my sister knows that my dad hit me again")
    assert stage.sql("SELECT role, risk FROM counterpart") == [("parent", "red")]


@pytest.mark.parametrize("text", ["hello", "i need a limit with my boss"])
async def test_the_next_visit_opens_with_a_word_about_the_last(stage: Stage, text: str) -> None:
    ann = await stage.person().says("I want to kill myself", "you misunderstood")
    stage.clock.advance(hours=20)
    await ann.says(text)
    assert ann.lines[0] in ("greet.aftercare", "notice.short")
    assert {"greet.aftercare", "safety.last_time"} & set(ann.lines)
    await ann.says("thanks")
    assert not {"greet.aftercare", "safety.last_time"} & set(ann.lines)
