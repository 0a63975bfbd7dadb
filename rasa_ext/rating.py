"""Ratings from 0 to 10 in a sentence: "about a six", "7/10", "maybe 4 or 5"."""

from __future__ import annotations

import re
from typing import Any

_WORDS = {
    "zero": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_SPOKEN = "|".join(_WORDS)
_NUMBER = rf"(?:10(?:\.0)?|\d(?:[.,]\d)?|{_SPOKEN})(?:(?:\s+and\s+a\s+half)|½)?"
_BEFORE = r"(?<![\w.,:/$€£%+#-])"
_AFTER = r"(?![\w:/%€£$]|[.,]\d)"

# Said to be a rating, wherever it stands.
_MARKED = re.compile(
    rf"{_BEFORE}(?P<n>{_NUMBER})\s*(?:/\s*(?:10|ten)|(?:out\s+)?of\s+(?:10|ten))(?!\w|[.,]\d)",
    re.IGNORECASE,
)
# Likely one where a rating was asked for, or where hardly anything else is said.
_BARE = re.compile(rf"{_BEFORE}(?P<n>{_NUMBER}){_AFTER}", re.IGNORECASE)
# What turns a number into an age, a date, a time or a count.
_UNIT = re.compile(
    r"\s*-?\s*(?:y(?:ea)?rs?\b|yo\b|months?\b|weeks?\b|days?\b|hours?\b|hrs?\b|min(?:ute)?s?\b|"
    r"times?\b|x\b|am\b|pm\b|o'?clock|kids?\b|children\b|people\b|of (?:us|them|my)\b|th\b|st\b|"
    r"nd\b|rd\b|euros?\b|dollars?\b|pounds?\b|bucks\b|miles?\b|km\b|texts?\b|calls?\b|percent\b)",
    re.IGNORECASE,
)
_NO_RATING_BEFORE = re.compile(
    r"(?:\b(?:at|age|aged|turned|step|number|no\.?|chapter|covid|grade|year|room|by|until|till)"
    r"|\bi'?m|\bi am)\s+$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?:-|–|to|or)\s*", re.IGNORECASE)
SHORT = 6


def ratings_of(text: str, *, asked: bool = False) -> list[dict[str, Any]]:
    """The ratings in a text as Rasa entities, in the order in which they stand.

    Args:
        text: What the client wrote.
        asked: The running step asks for a rating, so that a bare number is one.
    """
    found = [_entity(match) for match in _MARKED.finditer(text) if _value(match["n"]) <= 10]
    if found or not (asked or len(text.split()) <= SHORT):
        return found
    bare = [match for match in _BARE.finditer(text) if _may_be_rating(text, match, asked)]
    if len(bare) == 2 and _RANGE.fullmatch(text[bare[0].end() : bare[1].start()]):
        return [_between(text, bare[0], bare[1])]
    return [_entity(match) for match in bare] if asked or len(bare) == 1 else []


def _may_be_rating(text: str, match: re.Match[str], asked: bool) -> bool:
    if _UNIT.match(text, match.end()) or _NO_RATING_BEFORE.search(text[: match.start()]):
        # "I'm a 6" passes; "I'm 6" is an age unless a rating was asked for.
        return bool(asked and not _UNIT.match(text, match.end()))
    spoken = match["n"].lower()
    if spoken == "one":
        return text.strip(" .!?").lower() in ("one", "a one", "just one", "maybe one")
    # Outside a step that asks, a number that stands alone counts; "we are two" does not.
    return asked or len(text.split()) <= 3 or spoken.isdigit()


def _value(spoken: str) -> float:
    low = spoken.lower().replace(",", ".")
    half = 0.5 if low.endswith(("half", "½")) else 0.0
    head = re.match(rf"{_SPOKEN}|[\d.]+", low)
    assert head is not None
    number = _WORDS.get(head[0])
    return (float(head[0]) if number is None else float(number)) + half


def _shown(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _entity(match: re.Match[str]) -> dict[str, Any]:
    return {
        "entity": "rating",
        "value": _shown(min(_value(match["n"]), 10.0)),
        "start": match.start(),
        "end": match.end(),
        "text": match[0],
    }


def _between(text: str, low: re.Match[str], high: re.Match[str]) -> dict[str, Any]:
    """ "Six or seven" is one rating: the middle."""
    value = (_value(low["n"]) + _value(high["n"])) / 2
    return {
        "entity": "rating",
        "value": _shown(value),
        "start": low.start(),
        "end": high.end(),
        "text": text[low.start() : high.end()],
    }
