"""What was sent is sent once, also where the house breaks between sending and noting it."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from belay.gateway.channel import Delivery
from tests.channels.pigeons import House


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
    await house.arrived(1)
    await house.nothing_waits()
    assert house.pigeons.to("ann") == ["exercise.start"]
