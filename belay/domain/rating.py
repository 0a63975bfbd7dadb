"""Numbers from 0 to 10 in what people type: "7", "about a six", "8/10", "ten out of ten"."""

from __future__ import annotations

import re

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DIGITS = re.compile(
    r"(?<![\d.,:])(\d{1,2})(?:[.,](\d))?(?:\s*(?:/|out of)\s*(?:10|ten))?(?![\d:])"
)
_SPOKEN = re.compile(rf"\b({'|'.join(_WORDS)})\b(?:\s+out of (?:10|ten))?", re.IGNORECASE)


def parse_rating(text: str) -> int | None:
    """The one rating in a text, rounded down from halves, or None when there is none or two.

    A second number is only taken for the same rating when it is the scale ("7 out of 10").
    Numbers above 10 are no ratings ("15").
    """
    found = [int(match[1]) for match in _DIGITS.finditer(text)]
    if not found:
        found = [_WORDS.index(match[1].lower()) for match in _SPOKEN.finditer(text)]
    values = set(found)
    if len(values) != 1:
        return None
    value = values.pop()
    return value if 0 <= value <= 10 else None
