"""A time of day in the words of a clock: "7", "7:30 pm", "seven o'clock", "noon"."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBERS = {
    word: number
    for number, word in enumerate(
        (
            *("one", "two", "three", "four", "five", "six"),
            *("seven", "eight", "nine", "ten", "eleven", "twelve"),
        ),
        1,
    )
}
NUMBER_WORD = "|".join(NUMBERS)
MIDDAY = ("noon", "lunchtime", "lunch")
MIDNIGHT = "midnight"

_HOUR = rf"\d{{1,2}}|{NUMBER_WORD}"
_MINUTES = r"[:.h]\d\d"
_HALF = r"am|pm|a\.m\.?|p\.m\.?|o'?clock"
# Without groups, so that it may stand in a larger pattern more than once.
CLOCK = rf"(?:{_HOUR})(?:{_MINUTES})?(?:\s*(?:{_HALF}))?"
NAMED = "|".join((*MIDDAY, MIDNIGHT))
_READ = re.compile(rf"({_HOUR})({_MINUTES})?\s*({_HALF})?")


@dataclass(frozen=True)
class ClockTime:
    """A time as it was said.

    Attributes:
        hour: The hour as said: 7 in "7 pm".
        minute: The minutes.
        half: "am", "pm", or empty where neither was said.
        exact: Whether it can be nothing but a time: minutes, a half or "o'clock" were said.
    """

    hour: int
    minute: int = 0
    half: str = ""
    exact: bool = False

    @property
    def hour_of_day(self) -> int:
        """The hour from 0 to 23; without a half it is taken as one of 24."""
        if self.half:
            return self.hour % 12 + (12 if self.half == "pm" else 0)
        return self.hour % 24


def read_clock(said: str) -> ClockTime:
    """The time that a match of `CLOCK` or `NAMED` begins with.

    Raises:
        ValueError: It begins with none.
    """
    if said.startswith(MIDNIGHT):
        return ClockTime(12, half="am", exact=True)
    if said.startswith(MIDDAY):
        return ClockTime(12, half="pm", exact=True)
    found = _READ.match(said)
    if found is None:
        raise ValueError("no time of a clock; give what CLOCK or NAMED has matched")
    minutes, half = found[2], (found[3] or "").replace(".", "")
    return ClockTime(
        number_in(found[1]),
        int(minutes[1:]) if minutes else 0,
        half if half in ("am", "pm") else "",
        exact=bool(minutes or half),
    )


def number_in(word: str) -> int:
    """The number of digits or of a word from one to twelve."""
    return NUMBERS[word] if word in NUMBERS else int(word)
