"""Linking devices of the website over HTTP: the page's own buttons for what can also be typed."""

from __future__ import annotations

import re
from uuid import uuid4

import httpx
import pytest

from tests.channels.web_visit import Visit, is_problem
from tests.gateway.stage import Stage

OVER_HTTP = True
AGREE = "I'm 18 or over, go on"


async def agreed(stage: Stage) -> Visit:
    visit = await Visit(stage).open()
    await visit.sends("hello")
    await visit.presses(visit.buttons[AGREE])
    return visit


async def heard(visit: Visit) -> str:
    return "\n".join(
        posted.payload["text"]
        for posted in visit.stage.belay.outbox.after(visit.talk, 0)
        if posted.payload
    )


async def code_of(visit: Visit) -> str:
    assert (await visit.post("/chat/links/code")).status_code == 202
    await visit.settled()
    found = re.search(r"Your code is (\S{9})", await heard(visit))
    assert found is not None
    return found[1]


async def use(visit: Visit, code: str) -> httpx.Response:
    response = await visit.post("/chat/links/use", json={"code": code})
    await visit.settled()
    return response


async def test_two_browsers_become_one_person_with_one_history(stage: Stage) -> None:
    first = await agreed(stage)
    stage.sql("UPDATE client SET may_save = 1")
    await first.sends("i feel violet")
    second = await Visit(stage).open()
    await use(second, await code_of(first))
    await second.presses(second.buttons["Yes, both are mine"])
    earlier = (await second.get("/chat/history")).json()["messages"]
    assert "i feel violet" in [one["text"] for one in earlier]
    devices = (await second.get("/chat/links")).json()["devices"]
    assert [one["channel"] for one in devices] == ["web", "web"]
    assert [one["this_one"] for one in devices] == [False, True]
    assert "address" not in str(devices)


async def test_a_code_is_answered_alike_whether_it_fits_or_not(stage: Stage) -> None:
    first, eve = await agreed(stage), await Visit(stage).open()
    right, wrong = await code_of(first), "BCDF-23GH"
    said = [await use(eve, code) for code in (wrong, right)]
    assert said[0].json() == said[1].json()
    assert said[0].status_code == said[1].status_code


async def test_without_a_visit_there_is_nothing(stage: Stage) -> None:
    visit = Visit(stage)
    for response in (
        await visit.get("/chat/links"),
        await visit.post("/chat/links/code"),
        await visit.post("/chat/links/use", json={"code": "BCDF-23GH"}),
    ):
        is_problem(response, 401)


async def test_another_site_cannot_ask_for_a_code(stage: Stage) -> None:
    visit = Visit(stage, origin="https://evil.example")
    visit.http.cookies = (await agreed(stage)).http.cookies
    is_problem(await visit.post("/chat/links/code"), 403)


async def test_asking_again_and_again_is_slowed_down(stage: Stage) -> None:
    visit = await agreed(stage)
    statuses = [(await visit.post("/chat/links/code")).status_code for _ in range(12)]
    await visit.settled()
    assert statuses[:10] == [202] * 10
    assert statuses[10:] == [429] * 2


@pytest.mark.parametrize("code", ["", "short", "x" * 50, "BCDF_23GH", "BCDF-23GH;"])
async def test_what_has_no_form_of_a_code_is_refused(stage: Stage, code: str) -> None:
    visit = await Visit(stage).open()
    is_problem(await visit.post("/chat/links/use", json={"code": code}), 422)


async def test_a_pin_stands_before_a_code(stage: Stage) -> None:
    visit = await agreed(stage)
    await visit.sends("hello")
    stage.sql("UPDATE client SET secrecy = ?", '{"pin": "x", "missed": 0}')
    await visit.post("/chat/links/code")
    await visit.settled()
    assert "PIN" in await heard(visit)
    assert "Your code is" not in await heard(visit)


async def test_a_deletion_on_one_device_clears_the_view_of_the_other(stage: Stage) -> None:
    first = await agreed(stage)
    second = await Visit(stage).open()
    await use(second, await code_of(first))
    await second.presses(second.buttons["Yes, both are mine"])
    async with stage.belay.web._live.subscribe(first.talk) as news:
        await second.sends("delete my data")
        await second.sends("yes")
        kinds = []
        while not news.empty():
            kinds.append(news.get_nowait().kind)
    assert "gone" in kinds
    assert stage.sql("SELECT id FROM client") == []


async def test_a_link_code_message_is_taken_once_per_id(stage: Stage) -> None:
    visit = await agreed(stage)
    body = {"id": uuid4().hex, "text": "link"}
    for _ in range(2):
        await visit.post("/chat/messages", json=body)
        await visit.settled()
    assert len(re.findall("Your code is", await heard(visit))) == 1
