"""Replies reach a channel that pushes: in order, through failures, or visibly not at all."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from belay.gateway.channel import Delivery, Undeliverable
from belay.gateway.identity import conversation_key
from tests.channels.pigeons import House
from tests.channels.push_stage import QUICK


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
