"""Keep doing something every so often, beside the servers, until cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

log = structlog.get_logger("belay.jobs")

Work = Callable[[datetime], Mapping[str, int] | None]


async def keep_doing(
    name: str,
    every: timedelta,
    work: Work,
    clock: Callable[[], datetime],
    *,
    in_loop: bool = False,
) -> None:
    """Do it now and every `every`; a failure is logged by its kind and tried again.

    Args:
        name: What the log calls it.
        every: The pause between two rounds.
        work: Gets the time; what it returns are counts for the log, where any is above zero.
        clock: The time, aware.
        in_loop: For work on things that only the event loop may touch. It must not wait.
    """
    failing = False
    while True:
        try:
            done = work(clock()) if in_loop else await asyncio.to_thread(work, clock())
            if done and any(done.values()):
                log.info("job.done", job=name, **done)
            if failing:
                log.info("job.works_again", job=name)
            failing = False
        except Exception as error:  # noqa: BLE001 - one bad round must not end the job
            if not failing:
                log.error("job.failed", job=name, error=type(error).__name__)
            failing = True
        await asyncio.sleep(every.total_seconds())
