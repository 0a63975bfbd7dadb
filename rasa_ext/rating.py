"""Ratings from 0 to 10 in a sentence: "about a six", "7/10", "stress 8, before it was a 5".

A number is a rating when it is said to be one ("7/10"), or when it stands by itself and the words
before it weigh something. Ages, counts, prices, addresses and clock times are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_WORDS = {
    "zero": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_SPOKEN = "|".join(_WORDS)
_NUMBER = rf"(?:10(?:\.0)?|\d(?:[.,]\d)?|{_SPOKEN})(?:(?:\s+and\s+a\s+half)|½)?"
_BEFORE = r"(?<![\w.,/$€£%+#-])(?<!\d:)"
_AFTER = r"(?![\w/%€£$]|:\d|[.,]\d)"

# Said to be a rating, wherever it stands.
_MARKED = re.compile(
    rf"{_BEFORE}(?P<n>{_NUMBER})\s*(?:/\s*(?:10|ten)|(?:out\s+)?of\s+(?:10|ten))(?!\w|[.,]\d)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"{_BEFORE}(?P<n>{_NUMBER}){_AFTER}", re.IGNORECASE)
# What may follow a number that counts nothing: the end, a pause, or a small word.
_ALONE = re.compile(
    r"\s*(?:$|[.!?,;:)\u2026\u2014-]|(?:and|or|but|so|then|to|before|after|during|now|today|tonight|"
    r"yesterday|this|right|at|i|i'?d|maybe|probably|for|on|in|when|because|please|overall|though|"
    r"if|honestly|lol|tbh|tops|max|ish|again|still|out|from|with|since|about|perhaps|already|by|"
    r"compared|ever|just|not|instead|actually|is|was|thanks|i'm|im|my|we|he|she|it|the)\b)",
    re.IGNORECASE,
)
# What turns a number into an age, a date, a time or a count.
_UNIT = re.compile(
    r"\s*-?\s*(?:y(?:ea)?rs?\b|yo\b|months?\b|weeks?\b|days?\b|hours?\b|hrs?\b|min(?:ute)?s?\b|"
    r"times?\b|x\b|am\b|pm\b|o'?clock|kids?\b|children\b|people\b|of (?:us|them|my|the|our)\b|"
    r"(?:th|st|nd|rd)\b|(?:at|in|on) (?:the|a|our) (?:table|room|team|group|row|car|house)\b|"
    r"for (?:the|a|my|two) |(?:before|past|to) (?:noon|midnight|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve)\b(?! (?:today|now|on)))",
    re.IGNORECASE,
)
# Before a number: it names or counts a thing.
_NAMES_A_THING = re.compile(
    r"(?:\b(?:age|aged|turned|turning|step|number|no\.?|nr\.?|chapter|covid|grade|year|room|by|"
    r"until|till|page|paragraph|bus|stop|platform|flight|gate|seat|row|line|table|track|channel|"
    r"floor|flat|apartment|apt\.?|house|unit|size|option|question|item|exit|route|week|day|month|"
    r"season|episode|part|version|paid|pay|bought|counted|count|counting|costs?|eat|ate|drank|won|"
    r"lost|had|have|has|got|get|need|take|took|dog|cat|son|daughter|of|the|in|my|his|her|these|"
    r"those|other|first|last|next|every|all|with|number of|between us|we (?:are|were)|us)\s+"
    r"(?:to\s+|off at\s+)?|\b(?:dog|cat|son|daughter|kid|he|she|they|who) (?:is|was)\s+(?:only\s+)?"
    r"|\bi'?m\s+|\bi am\s+)$",
    re.IGNORECASE,
)
# Before a number: something is being weighed.
_WEIGHS = re.compile(
    r"(?:\b(?:an?|about|around|roughly|maybe|probably|perhaps|say|said|like|rate|rated|score|give|"
    r"gave|call|make|made|note|level|scale|between|only|just|solid|strong|weak|good|high|low|so|"
    r"now|then|hovering|from|near|nearly|almost|feels?|felt|feeling|it'?s|its|it is|it was|that'?s|"
    r"put|at|more like|closer to|stress|mood|energy|anxiety|anger|calm|trust|closeness|worry|"
    r"before|after|during|today|tonight|yesterday|overall|currently)\b"
    r"(?:\s+(?:it|that|this|them|me|us|myself|be|is|was|a|an|at|the|talk|call|chat|about|around|"
    r"like|level|maybe|today|now))*"
    r"\s*[:,=-]?\s*|[:=]\s*)$",
    re.IGNORECASE,
)
_A_WORD = re.compile(
    r"\b(?:the|this|that|which|each|every|any|no|some|another|other|only|good|bad|big|last|first|"
    r"right|wrong|loved|not)\s+$",
    re.IGNORECASE,
)
_AND_ANOTHER = re.compile(
    r"(?:\s*(?:,|;|and|or|then|to|now|,\s*then)\s*)(?:an?\s+)?", re.IGNORECASE
)
_RANGE = re.compile(r"\s*(?:-|–|to|or)\s*", re.IGNORECASE)
_A_FEELING = re.compile(
    r"(?:\s+(?:is|was|at|about|around|maybe|like))*\s*[:,=-]?\s*", re.IGNORECASE
)
_COUNTS_NEXT = re.compile(r"\s*(?:before|after|during)\b", re.IGNORECASE)
SHORT = 3

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
    found = [_entity(match) for match in _MARKED.finditer(text) if _value(match["n"]) <= 10]
    if found:
        return found
    free = [match for match in _BARE.finditer(text) if _stands_alone(text, match, taken)]
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
    if len(kept) == 2 and _is_range(text, kept[0], kept[1]):
        return [_between(text, kept[0], kept[1])]
    return [_entity(match) for match in kept]


def _stands_alone(text: str, match: re.Match[str], taken: Sequence[Span]) -> bool:
    if any(match.start() < end and start < match.end() for start, end in taken):
        return False
    before = text[: match.start()]
    if _UNIT.match(text, match.end()) or not _ALONE.match(text, match.end()):
        return False
    # "This one", "a good one": a word, not a number.
    if match["n"].lower() == "one" and _A_WORD.search(before):
        return False
    return not _NAMES_A_THING.search(before) or _is_age(text, match)


def _is_age(text: str, match: re.Match[str]) -> bool:
    """ "I'm 6" is an age unless a rating was asked for; "I'm a 6" is a rating."""
    return bool(re.search(r"\b(?:i'?m|i am)\s+$", text[: match.start()], re.IGNORECASE))


def _weighs(
    text: str, match: re.Match[str], feelings: Sequence[Span], last: re.Match[str] | None
) -> bool:
    before = text[: match.start()]
    if _WEIGHS.search(before):
        return True
    if any(_A_FEELING.fullmatch(text, end, match.start()) for _, end in feelings):
        return True
    if last is not None and _AND_ANOTHER.fullmatch(text, last.end(), match.start()):
        return True
    if not before.strip(" \"'(") and not text[match.end() :].lstrip()[:1].isalpha():
        return True
    return bool(_COUNTS_NEXT.match(text, match.end()))


def _is_range(text: str, low: re.Match[str], high: re.Match[str]) -> bool:
    return bool(_RANGE.fullmatch(text[low.end() : high.start()]))


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
