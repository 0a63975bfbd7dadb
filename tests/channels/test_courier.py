"""Replies reach a channel that pushes: in order, through failures, or visibly not at all."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from belay.gateway.channel import Capabilities, ChannelDown, Delivery, Undeliverable
from belay.gateway.identity import conversation_key
from belay.gateway.inbound import InboundMessage
from belay.gateway.rate import Rate
from tests.channels.telegram_stage import QUICK, RunningClock
from tests.gateway.stage import Stage


class Pigeons:
    """A channel that writes down what it was given; `trouble` may raise."""

    name = "pigeons"
    capabilities = Capabilities(buttons=False)

    def __init__(self) -> None:
        self.got: list[Delivery] = []
        self.tries = 0
        self.trouble: Callable[[Delivery], None] = lambda _: None
        self.down = False

    async def start(self) -> None:
        if self.down:
            raise ChannelDown("The pigeons are ill. Feed them.")

    async def stop(self) -> None: ...

    def router(self) -> None:
        return None

    async def deliver(self, delivery: Delivery) -> None:
        self.tries += 1
        self.trouble(delivery)
        self.got.append(delivery)

    async def typing(self, address: str) -> None: ...

    def to(self, address: str) -> list[str]:
        return [one.reply.line for one in self.got if one.address == address]


class House(Stage):
    """The stage with pigeons."""

    async def open(self) -> House:
        await super().open()
        self.pigeons = getattr(self, "pigeons", Pigeons())
        self.belay.push.courier.pace = QUICK
        self.belay.push.add(self.pigeons)
        self.told: list[str] = []
        await self.belay.push.start(self.told.append)
        return self

    async def close(self) -> None:
        await self.belay.push.stop()
        await super().close()

    async def take(self, who: str, text: str, **more: Any) -> Any:
        message = InboundMessage(
            channel="pigeons",
            address=who,
            provider_id=f"{who}:{self.clock().timestamp()}:{text[:20]}",
            text=text,
            at=self.clock(),
            onboarded=True,
            **more,
        )
        return await self.belay.push.reception.take(self.pigeons, message)

    async def arrived(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.pigeons.got) < count:
                await asyncio.sleep(0.005)

    def waiting(self) -> int:
        posted = self.sql("SELECT count(*) FROM outbox WHERE status = 'waiting'")[0]
        return int(posted + self.sql("SELECT count(*) FROM inbox WHERE status = 'accepted'")[0])

    async def nothing_waits(self) -> None:
        async with asyncio.timeout(5):
            while self.waiting():
                await asyncio.sleep(0.005)


@pytest.fixture
async def house(home: Path) -> AsyncIterator[House]:
    made = await House(home, RunningClock()).open()  # type: ignore[arg-type]
    yield made
    await made.close()


async def test_a_reply_arrives_and_leaves_the_outbox(house: House) -> None:
    await house.take("ann", "i feel tired")
    await house.arrived(1)
    await house.nothing_waits()
    assert house.pigeons.to("ann") == ["feeling.open"]
    assert house.sql("SELECT payload FROM outbox") == [None]


async def test_what_fails_is_tried_again_and_nothing_overtakes_it(house: House) -> None:
    failing = [True, True, True]

    def trouble(_: Delivery) -> None:
        if failing:
            failing.pop()
            raise Undeliverable("http_502")

    house.pigeons.trouble = trouble
    await house.take("ann", "start boundary_builder")
    await house.arrived(2)
    await house.nothing_waits()
    assert house.pigeons.to("ann") == ["exercise.start", "exercise.who"]
    assert house.pigeons.tries == 5


async def test_one_persons_trouble_does_not_hold_up_another(house: House) -> None:
    def trouble(delivery: Delivery) -> None:
        if delivery.address == "ann":
            raise Undeliverable("http_502")

    house.pigeons.trouble = trouble
    await house.take("ann", "i feel tired")
    await house.take("bea", "i feel tired")
    await house.arrived(1)
    assert house.pigeons.to("bea") == ["feeling.open"]


async def test_the_whole_channel_rests_when_the_provider_asks_for_it(house: House) -> None:
    asked = []

    def trouble(_: Delivery) -> None:
        asked.append(asyncio.get_running_loop().time())
        if len(asked) == 1:
            raise Undeliverable("rate_limited", retry_after=0.4)

    house.pigeons.trouble = trouble
    await house.take("ann", "i feel tired")
    async with asyncio.timeout(5):
        while not asked:
            await asyncio.sleep(0.005)
    await house.take("bea", "i feel tired")
    await house.arrived(2)
    assert asked[1] - asked[0] >= 0.4


async def test_after_the_last_try_it_is_given_up_visibly_and_without_its_text(
    house: House,
) -> None:
    def trouble(_: Delivery) -> None:
        raise Undeliverable("http_500")

    house.pigeons.trouble = trouble
    await house.take("ann", "i feel tired")
    async with asyncio.timeout(5):
        while not house.belay.push.troubles():
            await asyncio.sleep(0.005)
    assert house.pigeons.tries == QUICK.tries
    assert house.sql("SELECT status, payload FROM outbox") == [("failed", None)]
    (trouble_seen,) = house.belay.push.troubles()
    assert (trouble_seen.channel, trouble_seen.failed) == ("pigeons", 1)


async def test_what_can_never_be_sent_is_left_out_and_the_rest_goes_on(house: House) -> None:
    def trouble(delivery: Delivery) -> None:
        if delivery.reply.line == "exercise.start":
            raise Undeliverable("bad_request", final=True)

    house.pigeons.trouble = trouble
    await house.take("ann", "start boundary_builder")
    await house.arrived(1)
    assert house.pigeons.to("ann") == ["exercise.who"]


async def test_who_cannot_be_reached_is_not_tried_again_and_gets_no_reminder(
    house: House,
) -> None:
    def trouble(_: Delivery) -> None:
        raise Undeliverable("blocked", gone=True)

    house.pigeons.trouble = trouble
    await house.take("ann", "start boundary_builder")
    await house.nothing_waits()
    client = house.sql("SELECT client_id FROM conversation")[0]
    assert house.pigeons.tries == 1
    assert house.belay.links.reminder_talk(client) is None
    house.pigeons.trouble = lambda _: None
    await house.take("ann", "hello")
    await house.arrived(1)
    assert house.belay.links.reminder_talk(client) == conversation_key("pigeons", "ann")


async def test_what_is_too_old_is_not_sent_any_more(house: House) -> None:
    def trouble(_: Delivery) -> None:
        raise Undeliverable("http_502")

    house.pigeons.trouble = trouble
    await house.take("ann", "i feel tired")
    async with asyncio.timeout(5):
        while not house.pigeons.tries:
            await asyncio.sleep(0.005)
    house.pigeons.trouble = lambda _: None
    house.clock.advance(hours=25)
    await house.nothing_waits()
    assert house.pigeons.got == []
    assert house.sql("SELECT status, payload FROM outbox") == [("expired", None)]


async def test_a_message_with_an_end_of_its_own_is_not_sent_after_it(house: House) -> None:
    await house.take("ann", "hello")
    await house.arrived(1)
    await house.nothing_waits()
    before = len(house.pigeons.got)
    ended = (house.clock() - timedelta(seconds=1)).isoformat()
    payload = f'{{"line": "x.y", "text": "late", "expires_at": "{ended}"}}'
    house.sql(
        "INSERT INTO outbox (conversation_id, turn_id, kind, payload, created_at, status, attempts)"
        " VALUES (?, 'r', 'message', ?, ?, 'waiting', 0)",
        conversation_key("pigeons", "ann"),
        payload,
        house.clock().replace(tzinfo=None).isoformat(" "),
    )
    await house.nothing_waits()
    assert len(house.pigeons.got) == before


async def test_a_reply_that_went_out_is_not_repeated_because_the_database_was_away(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, broken = house.belay.outbox.delivered, [True, True]

    def delivered(*given: Any) -> None:
        if broken:
            broken.pop()
            raise OSError("no disk")
        real(*given)

    monkeypatch.setattr(house.belay.outbox, "delivered", delivered)
    await house.take("ann", "i feel tired")
    await house.arrived(1)
    await house.nothing_waits()
    assert house.pigeons.tries == 1


async def test_a_crash_between_sending_and_writing_repeats_that_one_reply_only(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: Any) -> None:
        raise OSError("gone")

    monkeypatch.setattr(house.belay.outbox, "delivered", crash)
    await house.take("ann", "start boundary_builder")
    await house.arrived(1)
    await house.restart()
    await house.nothing_waits()
    assert house.pigeons.to("ann") == ["exercise.start", "exercise.start", "exercise.who"]


async def test_a_slow_look_into_the_outbox_repeats_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read may be out by the time the reading is done."""
    deliveries = house.belay.push.courier._deliveries
    real = deliveries.due

    def slow(*given: Any) -> Any:
        found = real(*given)
        time.sleep(0.02)
        return found

    monkeypatch.setattr(deliveries, "due", slow)
    for number in range(12):
        await house.take("ann", f"i feel number {number}")
        await asyncio.sleep(0.005)
    await house.nothing_waits()
    assert house.pigeons.tries == 12


async def test_what_is_erased_on_its_way_is_not_sent(house: House) -> None:
    def trouble(_: Delivery) -> None:
        house.sql("UPDATE outbox SET status = 'expired', payload = NULL")

    house.pigeons.trouble = trouble
    await house.take("ann", "start boundary_builder")
    await house.nothing_waits()
    assert house.pigeons.to("ann") == ["exercise.start"]


async def test_too_much_at_once_is_said_once_and_danger_is_read_all_the_same(
    house: House,
) -> None:
    house.belay.push.reception._rate = Rate("few", 2)
    for number in range(5):
        await house.take("ann", f"i feel number {number}")
    await house.nothing_waits()
    await house.arrived(3)
    assert house.pigeons.to("ann").count("channel.slow_down") == 1
    assert len(house.sql("SELECT id FROM inbox")) == 2
    await house.take("ann", "I want to kill myself")
    await house.nothing_waits()
    assert house.sql("SELECT tier FROM safety_event") == [3]


async def test_the_receipt_of_a_deletion_arrives_although_the_conversation_is_gone(
    house: House,
) -> None:
    await house.take("ann", "delete my data")
    await house.arrived(1)
    await house.take("ann", "yes")
    async with asyncio.timeout(5):
        while "delete.done" not in house.pigeons.to("ann"):
            await asyncio.sleep(0.005)
    assert house.sql("SELECT id FROM conversation") == []


async def test_help_arrives_while_the_database_is_away(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: Any) -> None:
        raise OSError("no disk")

    monkeypatch.setattr(house.belay.inbox, "accept", away)
    await house.take("ann", "I want to kill myself")
    await house.arrived(1)
    assert house.pigeons.to("ann") == ["safety_suicide.tier3"]


async def test_a_channel_that_cannot_start_is_told_of_and_the_house_runs(home: Path) -> None:
    house = House(home, RunningClock())  # type: ignore[arg-type]
    house.pigeons = Pigeons()
    house.pigeons.down = True
    await house.open()
    assert house.told == ["The pigeons are ill. Feed them."]
    assert (await house.person("cat").says("hello")).lines
    await house.close()
