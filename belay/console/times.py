"""Moments as coaches read them: relative, with the exact one beside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def ago(at: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that fits; a date after eight weeks."""
    since = now - at
    if since < MINUTE:
        return "just now"
    if since < HOUR:
        return f"{since // MINUTE} min ago"
    if since < DAY:
        return f"{since // HOUR} h ago"
    if since < 2 * DAY:
        return "1 day ago"
    if since < 14 * DAY:
        return f"{since // DAY} days ago"
    if since < 56 * DAY:
        return f"{since // (7 * DAY)} weeks ago"
    return day(at)


def exact(at: datetime) -> str:
    """Date and time in UTC."""
    return f"{day(at)}, {clock(at)} UTC"


def day(at: datetime) -> str:
    """The date, in UTC."""
    at = at.astimezone(UTC)
    return f"{at.day} {at:%b %Y}"


def clock(at: datetime) -> str:
    """The time of day, in UTC."""
    return f"{at.astimezone(UTC):%H:%M}"
