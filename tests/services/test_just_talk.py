"""Just talking: listened to, gathered up, no advice, and an easy way to an exercise."""

from __future__ import annotations

import pytest

from tests.gateway.stage import Person, Stage


async def talking(stage: Stage) -> Person:
    ann = stage.person()
    await ann.says("i need a limit with my mum")
    await ann.presses("talk.just")
    assert ann.lines == ["talk.open"]
    return ann


async def test_what_is_told_is_said_back_with_an_open_question(stage: Stage) -> None:
    ann = await talking(stage)
    await ann.says("i feel low TOLD you feel so lonely since you moved")
    assert ann.lines == ["talk.reflected"]
    assert "you feel so lonely since you moved" in ann.heard
    assert ann.heard.count("?") == 1


async def test_after_a_few_messages_it_gathers_what_it_heard(stage: Stage) -> None:
    ann = await talking(stage)
    await ann.says(
        "TOLD your sister always calls you when she needs money",
        "TOLD last week you gave her your rent",
        "well yes",
        "TOLD you sit in your kitchen every evening",
    )
    assert ann.lines == ["talk.summary"]
    assert "that your sister always calls you when she needs money, " in ann.heard
    assert ", and that you sit in your kitchen every evening" in ann.heard


async def test_what_it_gathers_stays_short(stage: Stage) -> None:
    ann = await talking(stage)
    await ann.says(
        "TOLD your sister always calls you only when she needs money from you",
        "TOLD last week on Tuesday you gave her all of your rent",
        "well yes",
        "TOLD you sit in your kitchen every evening since then, all alone",
    )
    assert ann.lines == ["talk.summary"]
    assert len(ann.heard.split()) <= 45
    assert "all of your rent" in ann.heard


async def test_a_need_that_is_told_gets_a_button_and_no_offer(stage: Stage) -> None:
    ann = await talking(stage)
    await ann.says("i need a limit with my mum")
    assert all(line.startswith("talk.") for line in ann.lines)
    titles = [button.title for button in ann.buttons]
    assert titles == ["Setting a limit with someone", "An exercise"]
    await ann.presses("need:set_boundary")
    assert ann.lines == ["offer.set_boundary"]


async def test_the_way_to_an_exercise_is_always_there_and_ends_the_talk(stage: Stage) -> None:
    ann = await talking(stage)
    await ann.says("hm")
    assert ann.buttons[-1].press == "menu.all"
    await ann.presses("menu.all")
    await ann.says("i need a limit with my mum")
    assert ann.lines == ["offer.set_boundary"]


async def test_nothing_of_a_talk_is_in_the_database(stage: Stage) -> None:
    ann = await talking(stage)
    await ann.says("i feel so lonely since we moved to tallinn")
    stage.delivered("ann")
    assert stage.tables_with("tallinn") == set()


@pytest.mark.parametrize("text", ["help now", "i want to kill myself"])
async def test_danger_leaves_the_talk_at_once(stage: Stage, text: str) -> None:
    ann = await talking(stage)
    await ann.says(text)
    assert not any(line.startswith("talk.") for line in ann.lines)
