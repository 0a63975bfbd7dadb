"""Jobs beside the servers: again and again, whatever one round does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from belay.jobs.house import house_jobs
from belay.jobs.repeat import keep_doing
from tests.gateway.stage import Stage

SOON = timedelta(milliseconds=1)


@pytest.mark.parametrize("in_loop", [True, False])
async def test_a_round_that_fails_does_not_end_the_job(stage: Stage, in_loop: bool) -> None:
    tries: list[datetime] = []

    def fails_first(now: datetime) -> Mapping[str, int]:
        tries.append(now)
        if len(tries) == 1:
            raise OSError("the disk is full")
        return {"done": 0}

    task = asyncio.create_task(keep_doing("test", SOON, fails_first, stage.clock, in_loop=in_loop))
    async with asyncio.timeout(5):
        while len(tries) < 3:
            await asyncio.sleep(0.001)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert tries == sorted(tries)


async def test_spooled_events_are_recorded_and_held_words_swept_without_a_restart(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    belay = stage.belay
    ann = await stage.person(onboarded=False).says("i need a limit with my mum")
    with monkeypatch.context() as patch:
        patch.setattr(belay.inbox, "accept", lambda _: (_ for _ in ()).throw(OSError("away")))
        await stage.receive("ann", "I want to kill myself")
    assert len(belay.spool.events()) == 1
    held = belay.use_cases.first_contact._held
    assert list(held) == [ann.client_id]
    stage.clock.advance(minutes=31)
    jobs = house_jobs(
        retention=belay.retention,
        keep=timedelta(days=90),
        memory=belay.use_cases.memory,
        spool=belay.spool,
        safety_log=belay.safety_log,
        alerts=belay.alerts,
        reminders=belay.reminders,
        clock=stage.clock,
    )
    tasks = [asyncio.create_task(job) for job in jobs]
    async with asyncio.timeout(5):
        while belay.spool.events() or held:
            await asyncio.sleep(0.005)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert stage.sql("SELECT tier FROM safety_event") == [3]
