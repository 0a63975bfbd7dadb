"""For people whose phone may be watched: a word, small talk, a PIN."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.channels.test_event_stream import Browser
from tests.channels.web_visit import Visit, is_problem
from tests.gateway.shared import shared_content
from tests.gateway.stage import Person, Stage
from tests.services.walking import begins

OVER_HTTP = True
LOOKING = "Someone is looking"
WORD = "teapot"
PIN = "4827"


def small_talk() -> tuple[str, ...]:
    return shared_content().words.lines["onlooker.talk"].variants


async def has_pin(person: Person) -> Person:
    await person.says("who reads this")
    await person.presses("onlooker.show", "onlooker.pin")
    return await person.says(PIN)


async def test_the_word_brings_small_talk_at_once_and_without_rasa(stage: Stage) -> None:
    stage.rasa.down = True
    ann = await stage.person().says(LOOKING)
    assert ann.lines == ["onlooker.talk"]
    assert ann.heard in small_talk()


async def test_the_word_does_not_wait_behind_a_message_that_rasa_thinks_about(
    stage: Stage,
) -> None:
    ann = await stage.person().says("hello")
    thinking = stage.hold()
    await stage.receive("ann", "i feel so alone with him")
    await stage.until_rasa_thinks()
    async with asyncio.timeout(2):
        await stage.receive("ann", LOOKING)
    assert stage.posted("ann")[-1] == "onlooker.talk"
    thinking.set()
    await stage.settled("ann")
    # What was asked before is not answered on the open screen either.
    assert stage.posted("ann")[-1] == "onlooker.talk"
    assert ann.client_id


async def test_everything_is_small_talk_until_the_client_comes_back(stage: Stage) -> None:
    ann = await stage.person().says(LOOKING, "what is this", "i need a limit with my mum")
    assert ann.lines == ["onlooker.talk"]
    assert [button.title for button in ann.buttons] == ["Something else?"]
    await ann.says("I'm back")
    assert ann.lines == ["onlooker.welcome"]
    await ann.says("i need a limit with my mum")
    assert ann.lines[0].startswith("offer.set_boundary")


async def test_a_button_brings_the_client_back_as_well(stage: Stage) -> None:
    ann = await stage.person().says(LOOKING)
    await ann.presses("onlooker.back")
    assert ann.lines == ["onlooker.welcome"]


async def test_the_exercise_waits_and_can_be_resumed(stage: Stage) -> None:
    ann = stage.person()
    await begins(ann, "boundary_builder")
    before = ann.step
    await ann.says(LOOKING)
    assert ann.state == "paused"
    await ann.says("I'm back", "go on")
    assert (ann.step, ann.state) == (before, "active")


async def test_nothing_that_is_said_meanwhile_enters_the_transcript(stage: Stage) -> None:
    ann = await stage.person().says("hello", LOOKING, "nosy question")
    assert "nosy question" not in stage.tables_with("nosy question")
    assert stage.tables_with("nosy question") == set()
    assert ann.heard in small_talk()


@pytest.mark.parametrize("text", ["help now", "I want to kill myself"])
async def test_help_and_danger_are_met_all_the_same(stage: Stage, text: str) -> None:
    ann = await stage.person().says(LOOKING, text)
    assert "findahelpline.com" in ann.heard


async def test_a_word_of_ones_own_works_and_is_kept_as_a_hash(stage: Stage) -> None:
    ann = await stage.person().says("who reads this")
    await ann.presses("onlooker.show", "onlooker.word")
    await ann.says(WORD)
    assert ann.lines == ["onlooker.ask_back"]
    await ann.says("kettle is on")
    assert ann.lines == ["onlooker.word_set"]
    stage.rasa.down = True
    await ann.says("Teapot.")
    assert ann.lines == ["onlooker.talk"]
    stage.rasa.down = False
    await ann.says("kettle is on")
    assert ann.lines == ["onlooker.welcome"]
    assert stage.tables_with(WORD) == stage.tables_with("kettle") == set()


async def test_somebody_elses_word_is_no_word(stage: Stage) -> None:
    ann = await stage.person("ann").says("who reads this")
    await ann.presses("onlooker.show", "onlooker.word")
    await ann.says(WORD, "skip")
    bea = await stage.person("bea").says(WORD)
    assert bea.lines != ["onlooker.talk"]


async def test_the_pin_stands_before_export_and_delete(stage: Stage) -> None:
    ann = await has_pin(stage.person())
    assert ann.lines == ["pin.set"]
    await ann.says("send me my data")
    if "pin.needed_export" not in ann.lines:
        await ann.presses("export.yes")
    assert ann.lines == ["pin.needed_export"]
    await ann.says("1111")
    assert ann.lines == ["pin.wrong"]
    await ann.says("delete my data")
    assert ann.lines == ["pin.needed_delete"]
    await ann.says(PIN)
    assert ann.lines == ["delete.done"]
    assert stage.sql("SELECT count(*) FROM client") == [0]


async def test_what_is_no_pin_does_nothing_and_is_answered_as_usual(stage: Stage) -> None:
    ann = await has_pin(stage.person())
    await ann.says("delete my data", "i need a limit with my mum")
    assert ann.lines[0].startswith("offer.set_boundary")
    await ann.says(PIN)
    assert stage.sql("SELECT count(*) FROM client") == [1]


async def test_five_wrong_pins_lock_for_a_quarter_of_an_hour(stage: Stage) -> None:
    ann = await has_pin(stage.person())
    for wrong in ("0000", "1111", "2222", "3333", "5555"):
        await ann.says("delete my data", wrong)
    assert ann.lines == ["pin.locked"]
    await ann.says("delete my data", PIN)
    assert ann.lines == ["pin.locked"]
    stage.clock.advance(minutes=16)
    await ann.says("delete my data", PIN)
    assert ann.lines == ["delete.done"]


async def test_no_pin_is_in_any_table_or_in_the_export(stage: Stage) -> None:
    ann = await has_pin(stage.person())
    assert stage.tables_with(PIN) == set()
    data = stage.belay.records.export(ann.client_id)
    assert data["client"][0]["secrecy"] == ["pin"]


async def web_visitor_with_pin(stage: Stage) -> Visit:
    visit = await Visit(stage).open()
    await visit.asks_for_a_pin()
    await visit.sends(PIN)
    return visit


async def test_sr_37_earlier_messages_open_with_the_pin_only(stage: Stage) -> None:
    visit = await web_visitor_with_pin(stage)
    is_problem(await visit.get("/chat/history"), 403)
    wrong = await visit.post("/chat/history", json={"pin": "0000"})
    is_problem(wrong, 403)
    right = await visit.post("/chat/history", json={"pin": PIN})
    assert right.status_code == 200
    assert right.json()["messages"]


async def test_pins_are_not_guessed_over_the_web(stage: Stage) -> None:
    visit = await web_visitor_with_pin(stage)
    answers = [await visit.post("/chat/history", json={"pin": f"000{n}"}) for n in range(5)]
    assert [answer.status_code for answer in answers] == [403] * 4 + [429]
    assert int(answers[-1].headers["Retry-After"]) == 15 * 60
    stage.clock.advance(minutes=10)
    right = await visit.post("/chat/history", json={"pin": PIN})
    is_problem(right, 429)
    assert 4 * 60 < int(right.headers["Retry-After"]) <= 5 * 60


async def test_after_the_wait_a_wrong_pin_is_one_wrong_pin_again(stage: Stage) -> None:
    visit = await web_visitor_with_pin(stage)
    for n in range(5):
        await visit.post("/chat/history", json={"pin": f"000{n}"})
    stage.clock.advance(minutes=15)
    is_problem(await visit.post("/chat/history", json={"pin": "0009"}), 403)
    assert (await visit.post("/chat/history", json={"pin": PIN})).status_code == 200


async def test_a_question_for_a_pin_can_be_taken_back(stage: Stage) -> None:
    ann = await has_pin(stage.person())
    await ann.says("send me my data")
    if "pin.needed_export" not in ann.lines:
        await ann.presses("export.yes")
    assert ann.lines == ["pin.needed_export"]
    await ann.presses("onlooker.no_pin")
    assert ann.lines == ["pin.not"]
    await ann.says(PIN)
    assert not set(ann.lines) & {"export.ready", "delete.done", "pin.removed"}


async def test_the_view_is_cleared_before_the_small_talk_comes(stage: Stage) -> None:
    visit = await Visit(stage).open()
    await visit.sends("hello")
    told: list[Any] = []
    async with stage.belay.web._live.subscribe(visit.talk) as news:
        await visit.sends(LOOKING)
        while not news.empty():
            told.append(news.get_nowait().kind)
    assert told[:2] == ["hidden", "posted"]


async def test_the_open_page_is_told_to_clear_and_not_to_load_it_again(stage: Stage) -> None:
    browser = Browser(stage)
    await browser.look()
    await browser.sends("i need a limit with my mum")
    await browser.presses(browser.buttons["I'm 18 or over, go on"])
    await browser.sends("hello")
    newest = stage.sql("SELECT max(id) FROM message")[0]
    async with browser.listens() as events:
        shown = len(stage.belay.outbox.after(browser.talk, browser.cursor))
        await events.take(shown)
        await browser.sends(LOOKING)
        first = await events.next()
        while first is not None and first["event"] == "typing":
            first = await events.next()
        assert first is not None
        assert (first["event"], first["data"]) == ("gone", {"before": newest + 1})
        (told,) = await events.take(1)
    assert told["text"] in small_talk()
    await browser.http.aclose()


def test_nothing_claims_that_history_is_gone() -> None:
    lines = shared_content().words.lines
    for line in ("leave.how", "onlooker.how"):
        for variant in lines[line].variants:
            assert "history" in variant
            assert "may stay" in variant
