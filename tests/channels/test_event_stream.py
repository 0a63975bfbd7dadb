"""The event stream: every reply once and in order, through whatever breaks in between."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.channels.streaming import Events, stream
from tests.channels.web_visit import HOST, Visit
from tests.gateway.stage import Stage

OVER_HTTP = True


class Browser(Visit):
    """A visit that can listen to its stream."""

    cursor = 0

    async def look(self) -> dict[str, Any]:
        """Open a view."""
        opened: dict[str, Any] = (await self.post("/chat/open", json={"view": "v1"})).json()
        self.cursor = opened["cursor"]
        return opened

    async def seen(self, cursor: int) -> None:
        """Say what was shown."""
        await self.post("/chat/seen", json={"cursor": cursor})

    def listens(
        self, params: dict[str, Any] | None = None, headers: dict[bytes, bytes] | None = None
    ) -> AbstractAsyncContextManager[Events]:
        """Open a stream."""
        query = urlencode({"cursor": self.cursor} if params is None else params)
        cookie = f"belay_visit={self.http.cookies['belay_visit']}"
        sent = [(b"host", HOST.encode()), (b"cookie", cookie.encode())]
        sent += [(name.lower(), value) for name, value in (headers or {}).items()]
        return stream(self.stage.belay.app, "/chat/events", query, sent)

    async def hears(self, count: int, **more: Any) -> list[dict[str, Any]]:
        """The next messages from a fresh stream."""
        async with self.listens(**more) as events:
            return await events.take(count)


@pytest.fixture
async def browser(stage: Stage) -> AsyncIterator[Browser]:
    made = Browser(stage)
    await made.look()
    yield made
    await made.http.aclose()


async def test_a_reply_comes_to_a_stream_that_was_open_before(browser: Browser) -> None:
    async with browser.listens() as events:
        await browser.sends("hello")
        first, second = await events.take(2)
    assert (first["from"], second["from"]) == ("bot", "bot")
    assert first["cursor"] < second["cursor"]
    assert second["buttons"]


async def test_a_reply_waits_for_a_stream_that_opens_later(browser: Browser) -> None:
    await browser.sends("hello")
    assert len(await browser.hears(2)) == 2


async def test_after_a_break_the_stream_goes_on_from_the_cursor(browser: Browser) -> None:
    await browser.sends("hello")
    first, second = await browser.hears(2)
    again = await browser.hears(1, params={"cursor": first["cursor"]})
    assert [one["id"] for one in again] == [second["id"]]


async def test_the_browsers_own_last_event_id_wins_over_the_cursor(browser: Browser) -> None:
    await browser.sends("hello")
    first, second = await browser.hears(2)
    headers = {b"Last-Event-ID": str(first["cursor"]).encode()}
    again = await browser.hears(1, params={"cursor": 0}, headers=headers)
    assert again[0]["id"] == second["id"]


@pytest.mark.parametrize("odd", ["x", "-3", "²", "9" * 5000, "1e9"])
async def test_an_odd_last_event_id_is_not_minded(browser: Browser, odd: str) -> None:
    await browser.sends("hello")
    headers = {b"Last-Event-ID": odd.encode("latin-1")}
    assert len(await browser.hears(2, headers=headers)) == 2


async def test_what_was_said_while_nobody_listened_is_lost_to_nobody(browser: Browser) -> None:
    await browser.sends("what is interdependence")
    (first,) = await browser.hears(1)
    await browser.sends("are you human")
    await browser.sends("who reads this")
    later = await browser.hears(2, params={"cursor": first["cursor"]})
    cursors = [first["cursor"], *(one["cursor"] for one in later)]
    assert cursors == sorted(set(cursors))


async def test_a_reply_survives_a_restart_of_belay(browser: Browser, stage: Stage) -> None:
    await browser.sends("what is interdependence")
    await stage.restart()
    assert len(stage.belay.outbox.after(browser.talk, browser.cursor)) == 1


async def test_two_views_of_one_browser_both_hear(browser: Browser) -> None:
    async with browser.listens() as one, browser.listens() as other:
        await browser.sends("what is interdependence")
        assert (await one.take(1))[0]["id"] == (await other.take(1))[0]["id"]


async def test_nobody_hears_what_is_said_to_somebody_else(browser: Browser, stage: Stage) -> None:
    other = Browser(stage)
    await other.look()
    async with other.listens() as events:
        await browser.sends("i need a limit with my mum")
        await other.sends("what is interdependence")
        heard = await events.take(1)
    assert "mum" not in json.dumps(heard)
    assert len(stage.belay.outbox.after(other.talk, 0)) == 1
    await other.http.aclose()


async def test_what_was_seen_is_blanked_and_not_sent_again(browser: Browser, stage: Stage) -> None:
    await browser.sends("what is interdependence")
    (first,) = await browser.hears(1)
    await browser.seen(first["cursor"])
    assert stage.sql("SELECT payload, status FROM outbox") == [(None, "delivered")]
    await browser.sends("are you human")
    (next_,) = await browser.hears(1, params={"cursor": 0})
    assert next_["id"] != first["id"]


async def test_typing_is_told_and_taken_back(browser: Browser) -> None:
    async with browser.listens() as events:
        await browser.sends("what is interdependence")
        told = await events.take(1, "typing")
        told += await events.take(1, "typing")
    assert [one["on"] for one in told] == [True, False]


async def test_a_deletion_is_told_with_its_receipt_and_empties_the_view(
    browser: Browser, stage: Stage
) -> None:
    await browser.sends("delete my data")
    async with browser.listens() as events:
        await events.take(1)
        await browser.sends("yes")
        assert await events.take(1, "gone") == [{}]
        (receipt,) = await events.take(1)
    assert receipt["text"]
    assert receipt["buttons"] == []
    assert stage.rows_in_all() == {}


async def test_help_comes_by_the_stream_although_the_database_is_away(
    browser: Browser, stage: Stage
) -> None:
    def fails(_: Any) -> Any:
        raise OSError("gone")

    stage.belay.inbox.accept = fails  # type: ignore[method-assign]
    async with browser.listens() as events:
        await browser.sends("I want to kill myself")
        (reply,) = await events.take(1)
    assert reply["tier"] == 3
    assert reply["card"]["kind"] == "lines"


async def test_the_stream_ends_when_belay_stops(browser: Browser, stage: Stage) -> None:
    async with browser.listens() as events:
        await browser.sends("what is interdependence")
        await events.take(1)
        stage.belay.web.stopping.set()
        await browser.sends("are you human")
        while await events.next() is not None:
            await asyncio.sleep(0)


class TestEarlierMessages:
    """ "Show my earlier messages": only what was kept, only one's own."""

    async def test_nothing_is_shown_before_it_is_asked_for(self, browser: Browser) -> None:
        opened = await browser.look()
        assert "messages" not in opened

    async def test_with_saving_off_there_is_nothing_to_show(self, browser: Browser) -> None:
        await self._agrees(browser)
        await browser.sends("i feel tired")
        last = (await browser.hears(4))[-1]
        await browser.seen(last["cursor"])
        assert (await browser.get("/chat/history")).json()["messages"] == []
        assert (await browser.look())["resumable"] is False

    async def test_with_saving_on_the_own_words_come_back(self, browser: Browser) -> None:
        await self._agrees(browser)
        await browser.sends("who reads this")
        await browser.sends("Keep my words")
        await browser.sends("i feel tired")
        cursor = self._last(browser)
        await browser.seen(cursor)
        opened = await browser.look()
        page = (await browser.get("/chat/history")).json()
        said = [one["text"] for one in page["messages"] if one["from"] == "you"]
        assert "i feel tired" in said
        assert opened["resumable"] is True

    async def test_pages_go_back_without_gap_or_repetition(
        self, browser: Browser, stage: Stage
    ) -> None:
        await self._agrees(browser)
        await browser.sends("who reads this")
        await browser.sends("Keep my words")
        for number in range(12):
            await browser.sends(f"i feel {number}")
        seen: list[str] = []
        before = None
        for _ in range(5):
            params = {} if before is None else {"before": before}
            page = (await browser.get("/chat/history", params=params)).json()
            ids = [one["id"] for one in page["messages"]]
            seen = ids + seen
            if not page["more"]:
                break
            before = page["messages"][0]["cursor"]
        assert len(seen) == len(set(seen))
        kept = stage.sql("SELECT count(*) FROM message WHERE text IS NOT NULL")[0]
        assert len(seen) == kept

    async def _agrees(self, browser: Browser) -> None:
        await browser.sends("hello")
        await browser.sends("yes")

    def _last(self, browser: Browser) -> int:
        return browser.stage.belay.outbox.last_cursor(browser.talk)
