"""News for those who listen, and a limit for those who send too much."""

from __future__ import annotations

import asyncio

import pytest

from belay.gateway.live import Live, News
from belay.gateway.open_turns import OpenTurns
from belay.gateway.problem import TooMany
from belay.gateway.rate import Rate
from tests.fakes import FixedClock


async def test_every_listener_of_a_conversation_hears_the_news() -> None:
    live = Live()
    async with live.subscribe("a") as one, live.subscribe("a") as two, live.subscribe("b") as other:
        live.tell("a", News("posted"))
        assert (await one.get()).kind == (await two.get()).kind == "posted"
        assert other.empty()


async def test_who_stopped_listening_is_forgotten() -> None:
    live = Live()
    for _ in range(100):
        async with live.subscribe("a"):
            assert live.listens("a")
    assert not live.listens("a")
    live.tell("a", News("posted"))
    assert vars(live)["_queues"] == {}


async def test_a_listener_that_breaks_off_is_forgotten() -> None:
    live = Live()

    async def listens() -> None:
        async with live.subscribe("a") as news:
            await news.get()

    task = asyncio.create_task(listens())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert not live.listens("a")


def test_a_full_minute_asks_to_wait_and_others_are_not_touched() -> None:
    rate, clock = Rate("messages", 3), FixedClock()
    for _ in range(3):
        rate.count("ann", clock())
    with pytest.raises(TooMany) as raised:
        rate.count("ann", clock())
    assert raised.value.status == 429
    assert raised.value.retry_after >= 1
    rate.count("bea", clock())


def test_a_turn_can_be_reached_while_it_is_planned_and_never_after() -> None:
    turns, turn = OpenTurns(), object()

    def fails_midway() -> None:
        with turns.planning("key", turn):  # type: ignore[arg-type]
            assert turns.get("key") is turn
            assert turns.get("other") is None
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_midway()
    assert turns.get("key") is None
