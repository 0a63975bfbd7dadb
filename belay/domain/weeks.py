"""Two counts by week: what got words, and what was tried in life. Weeks never reset anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SHOWN = 8
LOOKED_AT = 6


@dataclass(frozen=True)
class Week:
    """One week by its Monday: statements finished, practices in life."""

    monday: date
    words: int = 0
    tried: int = 0


def weeks(
    now: datetime, zone: ZoneInfo, words: Iterable[datetime], tried: Iterable[datetime]
) -> tuple[Week, ...]:
    """The last weeks with this one at the end, counted on the client's own calendar."""
    last = _monday(now, zone)
    mondays = [last - timedelta(weeks=back) for back in reversed(range(SHOWN))]
    given = [_monday(one, zone) for one in words]
    done = [_monday(one, zone) for one in tried]
    return tuple(Week(day, given.count(day), done.count(day)) for day in mondays)


def with_practice(shown: Iterable[Week]) -> int:
    """In how many of the last six weeks something was tried."""
    return sum(week.tried > 0 for week in list(shown)[-LOOKED_AT:])


def _monday(moment: datetime, zone: ZoneInfo) -> date:
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())
