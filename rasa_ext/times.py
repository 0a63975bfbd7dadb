"""Clock times and years in a sentence: "half past seven", "10 am", "at nine", "in 2021".

They need the words around them, so they are patterns here; days, feasts, months and stretches
like "two weeks ago" are words of content/language/entities/time.yml. A time never begins with
"on", "at" or "in": those say how it is used, not what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HOUR = rf"(?:{_HOURS}|1[0-9]|2[0-4]|0?[0-9])"
_MINUTES = r"(?:five|ten|twenty|twenty[- ]five|25|20|10|5)"
_PART = r"(?:in the (?:morning|afternoon|evening)|at night)"
_AFTER_CLOCK = (
    r"(?=\s*(?:$|[.!?,;:)]|and\b|but\b|so\b|or\b|then\b|when\b|because\b|that\b|i\b|we\b|he\b|"
    r"she\b|they\b|my\b|our\b|the\b|on\b|every\b|each\b|sharp\b|exactly\b|please\b|tonight\b|"
    r"today\b|tomorrow\b|yesterday\b|tmrw\b|to\s+(?!10\b|ten\b)[a-z]|for\s+(?:a|the|my|our|his|her|"
    r"dinner|lunch|work|school|breakfast)\b|in the (?:morning|afternoon|evening)|at night))"
)

# Says by itself that it is a time.
_PLAIN = re.compile(
    rf"(?<![\w:/.$€£])(?:(?:half|quarter|a quarter|{_MINUTES}(?: minutes)?) past {_HOUR}|"
    rf"(?:quarter|a quarter|{_MINUTES} minutes) to {_HOUR}|half (?:{_HOURS})(?= {_PART})|"
    rf"{_HOUR}(?:[:.][0-5]\d)?\s?(?:[ap]\.m\.|[ap]m\b|o['\u2019]?\s?clock)|"
    rf"(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)|{_HOUR} {_PART}|noon\b|midnight\b|midday\b)(?![\w%])",
    re.IGNORECASE,
)
# A bare number is one only behind a word for when, and not where something is being rated.
_BARE = re.compile(
    rf"\b(?:at|by|until|till|before|after|from|since)\s+(?:about\s+|around\s+)?"
    rf"(?P<time>(?:{_MINUTES}|quarter) to {_HOUR}|{_HOUR}(?:[.:][0-5]\d)?){_AFTER_CLOCK}",
    re.IGNORECASE,
)
_RATED = re.compile(
    r"\b(?:put|puts|rate|rated|rating|rank|score|scored|place|mark|feeling|mood|stress|level|"
    r"i'?m|i am|it'?s|its|it is|it was|was|sits?|sitting|hovering|stay|stays|stuck|be)\s+"
    r"(?:(?:it|that|this|me|myself|mine|things|still|now|probably|maybe)\s+)*$",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:in|since|until|till|by|before|after|from|back in|of)\s+(?:early\s+|late\s+)?"
    r"(?P<time>(?:19|20)\d\d)\b(?!\s*(?:euros?|pounds?|dollars?|people|%))",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*,?\s*(?:at|by|around|about|before|after|from)?\s*", re.IGNORECASE)


def times_of(text: str, known: Iterable[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """All times of a text as Rasa entities; a day and the clock time beside it are one.

    Args:
        text: What the client wrote.
        known: The times that the word list found.
    """
    spans = [(int(one["start"]), int(one["end"]), str(one["value"])) for one in known]
    for start, end in _clocks(text):
        if not any(start < e and s < end for s, e, _ in spans):
            spans.append((start, end, ""))
    return [_entity(text, *span) for span in _joined(text, sorted(spans))]


def _clocks(text: str) -> list[tuple[int, int]]:
    found = [match.span() for match in _PLAIN.finditer(text)]
    for match in _BARE.finditer(text):
        if not _RATED.search(text[: match.start()]):
            found.append(match.span("time"))
    found += [match.span("time") for match in _YEAR.finditer(text)]
    found.sort(key=lambda span: (span[0] - span[1], span[0]))
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if not any(start < e and s < end for s, e in kept):
            kept.append((start, end))
    return kept


def _joined(text: str, spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """ "Tomorrow" and "at 6" right behind it name one time."""
    joined: list[tuple[int, int, str]] = []
    for start, end, value in spans:
        clock = not value
        if joined and clock and joined[-1][2] and _BETWEEN.fullmatch(text, joined[-1][1], start):
            joined[-1] = (joined[-1][0], end, "")
        else:
            joined.append((start, end, value))
    return joined


def _entity(text: str, start: int, end: int, value: str) -> dict[str, Any]:
    words = text[start:end]
    return {
        "entity": "time",
        "value": value or words.lower(),
        "start": start,
        "end": end,
        "text": words,
    }
