"""The jobs that run beside the servers, each every so often."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any

from belay.gateway.spool import Spool
from belay.jobs import alerts as alerting
from belay.jobs import reminders as reminding
from belay.jobs.alerts import Alerts
from belay.jobs.reminders import Reminding
from belay.jobs.repeat import keep_doing
from belay.services.memory import Memory
from belay.storage.retention import Retention
from belay.storage.safety_log import SafetyLog

Job = Coroutine[Any, Any, None]
Clock = Callable[[], datetime]

RETENTION_EVERY = timedelta(hours=1)
HELD_WORDS_EVERY = timedelta(minutes=1)
SPOOL_EVERY = timedelta(seconds=5)


def house_jobs(
    *,
    retention: Retention,
    keep: timedelta,
    memory: Memory,
    spool: Spool,
    safety_log: SafetyLog,
    alerts: Alerts,
    reminders: Reminding,
    clock: Clock,
) -> list[Job]:
    """Retention, words held in memory, the spool, alerts, reminders; to be made into tasks."""

    def sweep(now: datetime) -> Mapping[str, int]:
        return vars(retention.sweep(now, keep))

    def record(_: datetime) -> Mapping[str, int]:
        return {"recorded": spool.empty_into(safety_log.append)}

    return [
        keep_doing("retention", RETENTION_EVERY, sweep, clock),
        keep_doing("held words", HELD_WORDS_EVERY, memory.sweep, clock, in_loop=True),
        keep_doing("spool", SPOOL_EVERY, record, clock),
        keep_doing("alerts", alerting.EVERY, alerts.look, clock),
        keep_doing("reminders", reminding.EVERY, reminders.look, clock),
        keep_doing("sent reminders", reminding.TELL_EVERY, reminders.tell, clock, in_loop=True),
    ]
