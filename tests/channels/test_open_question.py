"""A question for a PIN that is still open when its page is loaded again."""

from __future__ import annotations

from typing import Any

from tests.channels.web_visit import Visit
from tests.gateway.stage import Stage

OVER_HTTP = True
PIN = "4827"


async def asked_for_a_pin(stage: Stage) -> Visit:
    visit = await Visit(stage).open()
    await visit.asks_for_a_pin()
    return visit


async def loaded_again(visit: Visit) -> dict[str, Any]:
    opened = await visit.post("/chat/open", json={"view": "v1"})
    await visit.post("/chat/seen", json={"cursor": opened.json()["cursor"]})
    opened = await visit.post("/chat/open", json={"view": "v1"})
    found: dict[str, Any] = opened.json()
    return found


async def test_a_question_that_is_not_kept_is_put_again_with_its_way_back(stage: Stage) -> None:
    visit = await asked_for_a_pin(stage)
    opened = await loaded_again(visit)
    question = opened["question"]
    assert (question["asks"], question["id"]) == ("new_pin", f"m{opened['cursor']}")
    assert question["text"].startswith("Type a PIN")
    await visit.presses(question["buttons"][-1]["value"])
    assert "question" not in await loaded_again(visit)


async def test_a_question_that_is_kept_is_the_one_in_the_history(stage: Stage) -> None:
    visit = await asked_for_a_pin(stage)
    stage.sql("UPDATE client SET may_save = 1")
    question = (await loaded_again(visit))["question"]
    history = (await visit.get("/chat/history")).json()["messages"]
    assert question["id"] == history[-1]["id"]
    assert question["text"] == history[-1]["text"]


async def test_the_pin_that_there_is_can_be_asked_for_while_the_history_is_locked(
    stage: Stage,
) -> None:
    visit = await asked_for_a_pin(stage)
    await visit.sends(PIN)
    assert "question" not in await loaded_again(visit)
    await visit.sends("delete my data")
    if (question := (await loaded_again(visit)).get("question")) is None:
        await visit.presses(visit.buttons["Yes, delete it"])
        question = (await loaded_again(visit))["question"]
    assert question["asks"] == "pin"
    assert "type your PIN" in question["text"]


async def test_a_stranger_is_asked_for_no_pin(stage: Stage) -> None:
    await asked_for_a_pin(stage)
    assert "question" not in await loaded_again(await Visit(stage).open())
