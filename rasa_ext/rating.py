"""Ratings from 0 to 10 in a sentence: "about a six", "7/10", "stress 8, before it was a 5".

A number is a rating when it is said to be one ("7/10"), or when it stands by itself and the words
before it weigh something. Ages, counts, prices, addresses and clock times are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rasa_ext.rating_words import (
    A_FEELING,
    ALLOWED,
    ALONE,
    AND_ANOTHER,
    BARE,
    COUNTED,
    COUNTS_NEXT,
    FILLERS,
    JOINED,
    MARKED,
    NAMES_A_THING,
    OF_ANOTHER,
    ONE_IS_A_NUMBER,
    PAUSE,
    RANGE,
    SCALE,
    SPOKEN,
    THEN,
    UNIT,
    WEIGHS,
    WORDS,
)

SHORT = 3
SHORT_LINE = 8
# So many letters before a number tell what it is; looking further takes long in long texts.
NEAR = 90

Span = tuple[int, int]


def ratings_of(
    text: str,
    *,
    asked: bool = False,
    feelings: Sequence[Span] = (),
    taken: Sequence[Span] = (),
) -> list[dict[str, Any]]:
    """The ratings in a text as Rasa entities, in the order in which they stand.

    Args:
        text: What the client wrote.
        asked: The running step asks for a rating, so that a bare number is one.
        feelings: Where words for feelings stand; a number right behind one weighs it.
        taken: Where times stand; their numbers are no ratings.
    """
    found = [
        _entity(match)
        for match in MARKED.finditer(text)
        if _value(match["n"]) <= 10 and not OF_ANOTHER.search(_before(text, match))
    ]
    if found or MARKED.search(text):
        return found
    taken = [*taken, *(match.span() for match in SCALE.finditer(text))]
    free: list[re.Match[str]] = []
    barred: re.Match[str] | None = None
    for match in BARE.finditer(text):
        # "They're 8 and 10": what is joined to an age is one too.
        joined = barred is not None and JOINED.fullmatch(text, barred.end(), match.start())
        if joined or not _stands_alone(text, match, taken):
            barred = match
            after = text[match.end() :].lstrip().lower()
            if (
                free
                and UNIT.match(text, match.end())
                and not after.startswith("for")
                and JOINED.fullmatch(text, free[-1].end(), match.start())
            ):
                free.pop()  # "between 6 and 7 in the evening"
        else:
            free.append(match)
    short = len(text.split()) <= SHORT
    kept: list[re.Match[str]] = []
    for match in free:
        if _is_age(text, match):
            weighs = asked
        else:
            weighs = _weighs(text, match, feelings, kept[-1] if kept else None)
        alone = short and len(free) == 1 and match["n"].lower() != "one"
        if asked or weighs or alone:
            kept.append(match)
    low_high = free if len(free) == 2 and FILLERS.fullmatch(text, 0, free[0].start()) else kept
    if len(low_high) == 2 and (asked or kept or short) and _is_range(text, *low_high):
        return [_between(text, *low_high)]
    if len(kept) == 2 and _is_range(text, kept[0], kept[1]):
        return [_between(text, kept[0], kept[1])]
    return [_entity(match) for match in kept]


def _stands_alone(text: str, match: re.Match[str], taken: Sequence[Span]) -> bool:
    if any(match.start() < end and start < match.end() for start, end in taken):
        return False
    before = _before(text, match)
    if OF_ANOTHER.search(before):
        return False
    if UNIT.match(text, match.end()) or not ALONE.match(text, match.end()):
        return False
    # "This one", "a good one": a word, not a number.
    if match["n"].lower() == "one" and not ONE_IS_A_NUMBER.search(before):
        return False
    return not NAMES_A_THING.search(before) or _is_age(text, match)


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - NEAR) : match.start()]


def _is_age(text: str, match: re.Match[str]) -> bool:
    """ "I'm 6" is an age unless a rating was asked for; "I'm a 6" is a rating."""
    return bool(re.search(r"\b(?:i'?m|i am)\s+$", _before(text, match), re.IGNORECASE))


def _weighs(
    text: str, match: re.Match[str], feelings: Sequence[Span], last: re.Match[str] | None
) -> bool:
    before = _before(text, match)
    if WEIGHS.search(before):
        return True
    if any(A_FEELING.fullmatch(text, end, match.start()) for _, end in feelings):
        return True
    if last is not None and AND_ANOTHER.fullmatch(text, last.end(), match.start()):
        return True
    if match.start() == len(before) and FILLERS.fullmatch(before) and THEN.match(text, match.end()):
        return match["n"].lower() != "one" or not text[match.end() :].strip(" .!?")[:1].isalpha()
    if re.search(r"\bis\s+$", before) and ALLOWED.match(text, match.end()):
        return True
    if _ends_a_short_line(text, match):
        return True
    return bool(COUNTS_NEXT.match(text, match.end()))


def _ends_a_short_line(text: str, match: re.Match[str]) -> bool:
    """ "If I'm honest, 3": all that was to be said stands behind a pause."""
    before = _before(text, match)
    return (
        not text[match.end() :].strip(" .!?)")
        and bool(PAUSE.search(before))
        and len(text.split()) <= SHORT_LINE
        and not COUNTED.search(before)
        and not re.search(r"\d", before)
    )


def _is_range(text: str, low: re.Match[str], high: re.Match[str]) -> bool:
    between = text[low.end() : high.start()]
    moved = re.search(r"\bfrom\s+(?:an?\s+)?$", text[: low.start()], re.IGNORECASE)
    return bool(RANGE.fullmatch(between)) and not (moved and "to" in between.lower())


def _value(spoken: str) -> float:
    low = spoken.lower().replace(",", ".")
    half = 0.5 if low.endswith(("half", "½")) else 0.0
    head = re.match(rf"{SPOKEN}|[\d.]+", low)
    assert head is not None
    number = WORDS.get(head[0])
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
