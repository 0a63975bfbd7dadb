"""What comes in by a channel that pushes is met, whatever else happens."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from belay.gateway.rate import Rate
from tests.channels.pigeons import House, Pigeons
from tests.fakes import RunningClock


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
