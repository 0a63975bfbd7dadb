"""Quiet hours as people ask for them: "not at night", "no messages before 10", "only evenings"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from belay.domain.clock_words import CLOCK, NAMED, ClockTime, read_clock
from belay.domain.reminder import Quiet

NIGHT = Quiet(21, 8)
MORNING_ENDS, EVENING_BEGINS, EVENING_ENDS = 12, 17, 21
# Fewer open hours than this, and no reminder could ever fit.
OPEN_AT_LEAST = 2
_CLOCK = rf"(?:{CLOCK}|{NAMED})(?: in the (?:morning|evening|afternoon)| at night)?"
_NOTE = r"(?:messages?|notes?|reminders?|notifications?|pings?|nudges?|texts?)"
_TELL = r"(?:remind|message|text|write|ping|nudge|contact|send)"
_FIRST = (
    rf"(?:(?:no(?: more)?|not|never|nothing|none)(?: any)?(?: {_NOTE})?|without {_NOTE}"
    rf"|(?:don'?t|do not|never|stop) {_TELL}(?:ing)?(?: to)?(?: me)?(?: any(?:thing)?)?"
    rf"(?: {_NOTE})?"
    rf"|(?:i )?(?:don'?t|do not) want(?: any)? {_NOTE})"
)
_ONLY = rf"(?:only(?: {_TELL})?(?: me)?(?: {_NOTE})?|(?:{_TELL}(?: me)?|{_NOTE}) only)"
_HOURS = re.compile(
    rf"(?:(?P<before>before|earlier than) (?P<until>{_CLOCK})"
    rf"|(?P<after>after|later than|past) (?P<since>{_CLOCK})"
    rf"|(?:between|from)? ?(?P<first>{_CLOCK}) ?(?:and|to|until|till|-|–) ?(?P<last>{_CLOCK})"
    r"|(?:(?:at|in|during|over) )?(?:the )?(?P<part>night(?: ?time)?s?|mornings?|evenings?)"
    r"|(?P<over>overnight))"
)
_POLITE = re.compile(r"^(?:(?:please|ok(?:ay)?|but|and|also|well|just|yes|no),? )+")
_ENDING = re.compile(r"(?:,? (?:please|thanks|thank you|though|to me|from you))+$")
_ALWAYS = re.compile(
    r"(?:any ?time(?: is)?(?: fine| okay| ok)?|any hour(?: is fine)?|no quiet hours)"
)
_OF_REMINDERS = re.compile(r"\bremind|\bnotif|\bnudge", re.IGNORECASE)


def speaks_of_reminders(text: str) -> bool:
    """Whether a text can only mean Belay's own notes, not messages among people."""
    return _OF_REMINDERS.search(text) is not None


def quiet_in(text: str, now: Quiet, *, asked: bool = False) -> Quiet | None:
    """The quiet hours that a whole text asks for, from those of now; None where it does not.

    Args:
        text: What was said.
        now: The hours that hold so far; what is not named stays.
        asked: Quiet hours were asked for, so that bare hours are an answer.
    """
    said = " ".join(text.casefold().replace("’", "'").split()).strip(" .!")
    said = _ENDING.sub("", said)
    if asked and _ALWAYS.fullmatch(said):
        return Quiet(0, 0)
    for start in dict.fromkeys((said, _POLITE.sub("", said))):
        for lead, keeps in ((_FIRST, False), (_ONLY, True), ("", False)):
            if lead == "" and not asked:
                continue
            found = re.fullmatch(rf"{lead}{' ' if lead else ''}{_HOURS.pattern}", start)
            if found is not None:
                return _named(found.groupdict(), now, only=keeps)
    return None


def has_room(quiet: Quiet) -> bool:
    """Whether enough hours of a day are left for a reminder."""
    return quiet.begins == quiet.ends or (quiet.begins - quiet.ends) % 24 >= OPEN_AT_LEAST


def _named(said: Mapping[str, str | None], now: Quiet, *, only: bool) -> Quiet | None:
    first, last, until, since = (said[name] for name in ("first", "last", "until", "since"))
    if first and last:
        if only:
            return Quiet(_until(last, evening=True), _until(first))
        return _between(first, last)
    if until:
        return _after(now, _hour(until)) if only else _before(now, _until(until))
    if since:
        return _before(now, _until(since)) if only else _after(now, _hour(since))
    part = (said["part"] or said["over"] or "")[:5]
    if only:
        open_ = {
            "morni": Quiet(MORNING_ENDS, NIGHT.ends),
            "eveni": Quiet(EVENING_ENDS, EVENING_BEGINS),
        }
        return open_.get(part)
    if part == "morni":
        return _before(now, MORNING_ENDS)
    if part == "eveni":
        return replace(now, begins=EVENING_BEGINS)
    begins = min(now.begins, NIGHT.begins) if now.begins >= EVENING_BEGINS else NIGHT.begins
    return Quiet(begins, max(now.ends, NIGHT.ends) if now.ends < EVENING_BEGINS else NIGHT.ends)


def _between(first: str, last: str) -> Quiet | None:
    said = _read(first), _read(last)
    if not any(one.half for one in said) and max(one.hour for one in said) > 12:
        return Quiet(said[0].hour_of_day, said[1].hour_of_day)
    return Quiet(_hour(first), _until(last))


def _before(now: Quiet, until: int) -> Quiet:
    begins = 0 if 12 <= now.begins <= until else now.begins
    return Quiet(begins, until)


def _after(now: Quiet, since: int) -> Quiet:
    ends = 5 if 5 <= since <= now.ends else now.ends
    return Quiet(since, ends)


def _hour(clock: str) -> int:
    """When quiet begins: a bare hour is one of the evening, and begun hours count."""
    said = _read(clock)
    if said.half or said.hour > 12:
        return said.hour_of_day
    return (said.hour + 12) % 24


def _until(clock: str, *, evening: bool = False) -> int:
    """When quiet ends: a bare hour is one of the morning; what has begun is quiet to its end."""
    said = _read(clock)
    hour = said.hour_of_day
    if evening and not said.half and said.hour < 12:
        hour += 12
    return (hour + (0 if evening else said.minute > 0)) % 24


def _read(clock: str) -> ClockTime:
    """The time, its half of the day also from what follows: "10 at night"."""
    said = read_clock(clock)
    if said.half:
        return said
    if clock.endswith("morning"):
        return replace(said, half="am")
    return replace(said, half="pm" if clock.endswith(("evening", "afternoon", "night")) else "")
