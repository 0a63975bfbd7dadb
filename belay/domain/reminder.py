"""Reminders: when one may go out, when it is too late for it, and when it may not be sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

AT_MOST = 2
WEEK = timedelta(days=7)
TOO_LATE = timedelta(hours=12)
CALM_AFTER_SAFETY = timedelta(hours=24)
CHECK_AFTER = timedelta(days=2)
# Nobody is reminded in the middle of a talk.
TALKING = timedelta(minutes=10)


class Kind(StrEnum):
    """A nudge comes at the time that was picked; a check asks later whether it was tried."""

    NUDGE = "nudge"
    CHECK = "check"


class Status(StrEnum):
    """Scheduled ones wait. Expired ones were due while nothing could be sent: told at a visit."""

    SCHEDULED = "scheduled"
    SENT = "sent"
    EXPIRED = "expired"
    TOLD = "told"
    DROPPED = "dropped"


@dataclass
class Reminder:
    """One message at one time. It holds no words."""

    id: str
    client_id: str
    kind: Kind
    made_at: datetime
    due_at: datetime
    practice_id: str | None = None
    status: Status = Status.SCHEDULED
    settled_at: datetime | None = None

    def settle(self, status: Status, now: datetime) -> None:
        """It is over for this reminder, in this way."""
        self.status, self.settled_at = status, now


@dataclass(frozen=True)
class Quiet:
    """Hours of the client's own clock without reminders: from `begins` on until `ends`."""

    begins: int = 21
    ends: int = 8

    def covers(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether a moment lies in the quiet hours there."""
        hour = at.astimezone(zone).hour
        if self.begins == self.ends:
            return False
        if self.begins < self.ends:
            return self.begins <= hour < self.ends
        return hour >= self.begins or hour < self.ends

    def over_at(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The end of the quiet hours that cover a moment; the moment itself outside of them."""
        if not self.covers(at, zone):
            return at
        local = at.astimezone(zone)
        end = local.replace(hour=self.ends, minute=0, second=0, microsecond=0)
        if local.hour >= self.ends:
            end = (end.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=zone)
        return end.astimezone(at.tzinfo)


@dataclass
class Wishes:
    """What a client wants of reminders: where their clock is, whether, and when not.

    Attributes:
        quiet_from: Their own quiet hours begin; None: those of the house hold.
        quiet_until: And end.
    """

    zone: str | None = None
    stopped: bool = False
    quiet_from: int | None = None
    quiet_until: int | None = None

    def quiet(self, house: Quiet) -> Quiet:
        """The hours without reminders: their own, or those of the house."""
        if self.quiet_from is None or self.quiet_until is None:
            return house
        return Quiet(self.quiet_from, self.quiet_until)


class Decision(StrEnum):
    """What becomes of a reminder that is due."""

    SEND = "send"
    WAIT = "wait"
    EXPIRE = "expire"
    DROP = "drop"


@dataclass(frozen=True)
class Facts:
    """What a decision rests on, besides the reminder.

    Attributes:
        wanted: The client uses Belay and has not stopped reminders.
        reachable: There is a conversation that it can go to.
        red: It is about a person marked red.
        closed: Its practice is over, or was reported since.
        unsettled: A safety check is open, or someone may be looking.
        safety_at: The client's last safety event.
        talked_at: The last message in that conversation.
        sent: When reminders went out lately.
        zone: The client's clock.
        quiet: The quiet hours: the client's own, or those of the house.
    """

    wanted: bool
    reachable: bool
    red: bool
    closed: bool
    unsettled: bool
    safety_at: datetime | None
    talked_at: datetime | None
    sent: tuple[datetime, ...]
    zone: ZoneInfo
    quiet: Quiet


def decide(reminder: Reminder, facts: Facts, now: datetime) -> Decision:
    """Whether a due reminder goes out now."""
    if not facts.wanted or facts.red or facts.closed:
        return Decision.DROP
    if facts.safety_at is not None and now - facts.safety_at < CALM_AFTER_SAFETY:
        return Decision.DROP
    if not facts.reachable or now - reminder.due_at > TOO_LATE:
        return Decision.EXPIRE
    if sum(now - one < WEEK for one in facts.sent) >= AT_MOST:
        return Decision.EXPIRE
    talking = facts.talked_at is not None and now - facts.talked_at < TALKING
    if talking or facts.unsettled or facts.quiet.covers(now, facts.zone):
        return Decision.WAIT
    return Decision.SEND


def room_for(due: datetime, others: Iterable[datetime]) -> bool:
    """Whether one more fits: at most two in any seven days around it."""
    moments = sorted([due, *(one for one in others if abs(one - due) < WEEK)])
    return all(
        sum(timedelta(0) <= one - first < WEEK for one in moments) <= AT_MOST for first in moments
    )
