"""The retention job: every hour, beside the servers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from belay.storage.retention import Retention

log = structlog.get_logger("belay.jobs")

EVERY = timedelta(hours=1)


async def keep_sweeping(
    retention: Retention, keep: timedelta, clock: Callable[[], datetime]
) -> None:
    """Sweep now and every hour until cancelled; a failed sweep is logged and tried again."""
    while True:
        try:
            swept = await asyncio.to_thread(retention.sweep, clock(), keep)
            log.info(
                "retention.swept",
                transcripts=swept.transcripts,
                held_runs=swept.held_runs,
                undelivered=swept.undelivered,
            )
        except Exception as error:  # noqa: BLE001 - one bad hour must not end the job
            log.error("retention.failed", error=type(error).__name__)
        await asyncio.sleep(EVERY.total_seconds())
