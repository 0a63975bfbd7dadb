"""Tells people that a safety event waits, again while nobody has seen it.

An alert names the event's id, its tier, its time and the console's address. Nothing of the
client, no text, no route: e-mail and webhooks pass through other people's hands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from belay.storage.alerts import AlertLog

log = structlog.get_logger("belay.alerts")

EVERY = timedelta(seconds=5)
# A way that failed rests, so that a mail server that is down is not asked every few seconds.
REST = timedelta(minutes=1)


@dataclass(frozen=True)
class Alert:
    """What an alert says."""

    event_id: str
    tier: int
    at: datetime
    again: bool
    console: str

    def as_dict(self) -> dict[str, object]:
        """The webhook's body."""
        return {
            "event": self.event_id,
            "tier": self.tier,
            "at": self.at.isoformat(),
            "unread_reminder": self.again,
            "console": self.console,
        }


class Way(Protocol):
    """One way to reach people."""

    name: str

    def send(self, alert: Alert) -> None:
        """Hand over one alert.

        Raises:
            Exception: whatever went wrong; it is tried again.
        """
        ...


class Alerts:
    """One round of the job: what is due, by each way.

    Args:
        log_: What is due and what was tried.
        ways: How people are reached.
        again: After how long an event that nobody has seen is told of again.
        console: The address of the safety page.
        at_most: So many alerts for one event and way.
    """

    def __init__(
        self,
        log_: AlertLog,
        ways: Sequence[Way],
        *,
        again: timedelta,
        console: str,
        at_most: int = 24,
    ) -> None:
        self._log = log_
        self._ways = ways
        self._again = again
        self._console = console
        self._at_most = at_most
        self._resting: dict[str, datetime] = {}

    def look(self, now: datetime) -> Mapping[str, int]:
        """Send what is due. A way that fails is tried again a minute later."""
        sent = failed = 0
        for way in self._ways:
            if now < self._resting.get(way.name, now):
                continue
            for due in self._log.due(way.name, now, self._again, self._at_most):
                alert = Alert(due.event_id, due.tier, due.at, due.told > 0, self._console)
                try:
                    way.send(alert)
                except Exception as error:  # noqa: BLE001 - a deaf mail server must not end the job
                    log.error("alert.failed", way=way.name, error=type(error).__name__)
                    self._log.tried(due, way.name, now, sent=False)
                    self._resting[way.name] = now + REST
                    failed += 1
                    break
                self._log.tried(due, way.name, now, sent=True)
                log.info("alert.sent", way=way.name, event_id=due.event_id, tier=due.tier)
                sent += 1
        return {"sent": sent, "failed": failed}
