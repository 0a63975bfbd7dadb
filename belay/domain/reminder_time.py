"""A time as people write it ("tomorrow at 7 pm", "Friday evening"), read on their own clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from belay.domain.clock_words import CLOCK, MIDDAY, NUMBER_WORD, ClockTime, number_in, read_clock

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = {
    "morning": (9, 0),
    **{word: (12, 0) for word in MIDDAY},
    "afternoon": (15, 0),
    "evening": (19, 0),
    "night": (20, 0),
    "tonight": (20, 0),
}
DEFAULT = (18, 0)
LONGEST = timedelta(days=60)
_COUNT = rf"(\d{{1,3}}|an?|{NUMBER_WORD})"
_IN = re.compile(rf"\bin (?:about )?{_COUNT} (minute|min|hour|day|week)s?\b")
_WEEKDAY = re.compile(
    r"\b(?:(?:on|this|next|coming) )*"
    r"(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
)
_DAY = re.compile(r"\b(the day after tomorrow|tomorrow|tmrw|tomorow|today|tonight)\b")
_PART = re.compile(rf"\b(?:(?:in|at) )?(?:(?:the|this) )?({'|'.join(PARTS)})\b")
_CLOCK = re.compile(rf"\b(?:at |around |about |by )*({CLOCK})(?![\w:])")
_FILLERS = re.compile(
    r"\b(?:please|remind|me|maybe|around|about|at|on|in|the|how|what|ok|okay|yes|sure|let'?s say"
    r"|works?|fine|then|would|be|good|set|it|for|a|reminder|say|nudge)\b|[\s,.!?;]+"
)


@dataclass(frozen=True)
class LocalTime:
    """A time on somebody's clock. `day` counts from today, `weekday` from Monday; both may be
    open. `minutes` counts from now and stands alone.
    """

    hour: int = 0
    minute: int = 0
    day: int | None = None
    weekday: int | None = None
    minutes: int | None = None

    def written(self) -> str:
        """A short form that `read` reads: "+1 19:00", "fri 19:00", "- 19:00", "in 90"."""
        if self.minutes is not None:
            return f"in {self.minutes}"
        day = DAYS[self.weekday] if self.weekday is not None else "-"
        if self.day is not None:
            day = f"+{self.day}"
        return f"{day} {self.hour:02}:{self.minute:02}"

    @classmethod
    def read(cls, written: str) -> LocalTime | None:
        """The time of a short form, or None."""
        if found := re.fullmatch(r"in (\d{1,6})", written):
            return cls(minutes=int(found[1]))
        found = re.fullmatch(r"(\+\d{1,3}|[a-z]{3}|-) (\d\d):(\d\d)", written)
        if found is None or int(found[2]) > 23 or int(found[3]) > 59:
            return None
        clock = {"hour": int(found[2]), "minute": int(found[3])}
        if found[1] == "-":
            return cls(**clock)
        if found[1].startswith("+"):
            return cls(**clock, day=int(found[1][1:]))
        return cls(**clock, weekday=DAYS.index(found[1])) if found[1] in DAYS else None

    def resolve(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The moment in UTC; None when it is over or too far away."""
        if self.minutes is not None:
            due = now + timedelta(minutes=self.minutes)
            return due.astimezone(UTC) if due - now <= LONGEST else None
        today = now.astimezone(zone).date()
        ahead = self.day or 0
        again = 0
        if self.weekday is not None:
            ahead, again = (self.weekday - today.weekday()) % 7, 7
        elif self.day is None:
            again = 1
        due = self._on(today, ahead, zone)
        if due <= now and again:
            due = self._on(today, ahead + again, zone)
        return due if now < due <= now + LONGEST else None

    def _on(self, today: date, ahead: int, zone: ZoneInfo) -> datetime:
        day = today + timedelta(days=ahead)
        return datetime.combine(day, time(self.hour, self.minute), zone).astimezone(UTC)


def time_in(text: str) -> tuple[LocalTime, bool] | None:
    """The time that a text names, and whether it says nothing else; None without any."""
    rest = " ".join(text.casefold().replace("’", "'").split())
    if found := _IN.search(rest):
        per = {"minute": 1, "min": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60}[found[2]]
        count = 1 if found[1] in ("a", "an") else number_in(found[1])
        wait = LocalTime(minutes=count * per)
        return wait, _is_all(rest[: found.start()] + " " + rest[found.end() :])
    day = weekday = None
    part = None
    if found := _DAY.search(rest):
        named = found[1]
        day = 2 if "after" in named else 0 if named.startswith("to") and "mor" not in named else 1
        part = "tonight" if named == "tonight" else None
        rest = _without(rest, found)
    elif found := _WEEKDAY.search(rest):
        weekday = DAYS.index(found[1][:3])
        rest = _without(rest, found)
    if found := _PART.search(rest):
        part = found[1]
        rest = _without(rest, found)
    clock = _clock(rest, part, named=day is not None or weekday is not None or part is not None)
    if clock is not None:
        hour, minute, rest = clock
    elif part is not None:
        hour, minute = PARTS[part]
    elif day is not None or weekday is not None:
        hour, minute = DEFAULT
    else:
        return None
    return LocalTime(hour, minute, day, weekday), _is_all(rest)


def _clock(rest: str, part: str | None, *, named: bool) -> tuple[int, int, str] | None:
    for found in _CLOCK.finditer(rest):
        said = read_clock(found[1])
        said_at = found[0].startswith(("at ", "around ", "about ", "by "))
        if said.hour > 23 or said.minute > 59 or (said.half and not 1 <= said.hour <= 12):
            continue
        if not (said.exact or said_at or named):
            continue
        return _hour(said, part), said.minute, _without(rest, found)
    return None


def _hour(said: ClockTime, part: str | None) -> int:
    if said.half:
        return said.hour_of_day
    late = part in ("afternoon", "evening", "night", "tonight")
    # "At 7" without more is the evening; nobody asks for a note at 3 in the night.
    afternoon = part is None and 1 <= said.hour <= 7
    return said.hour + 12 if said.hour < 12 and (late or afternoon) else said.hour


def _without(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + " " + text[found.end() :]


def _is_all(rest: str) -> bool:
    return not _FILLERS.sub("", rest)
