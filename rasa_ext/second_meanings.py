"""Words of the entity lists that usually mean something else, kept only where they are meant.

"Low" is a feeling behind "I feel", and a price elsewhere; a "date" is a person behind "my".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_BEING = re.compile(
    r"\b(?:feel|feels|feeling|felt|am|i'?m|i\u2019m|(?:he|she|they|my \w+) (?:is|are)|he'?s|she'?s|"
    r"was|were|been|being|so|really|very|bit|pretty|quite|too|and|or|got|get|getting)\s+$",
    re.IGNORECASE,
)
_BEING_ONLY = re.compile(
    r"\b(?:feel|feels|feeling|felt|am|i'?m|i\u2019m|was|were|been|so|very|really|quite)\s+$",
    re.IGNORECASE,
)
_ANYWHERE = re.compile("")
_NOT_A_THING = re.compile(r"(?!\s+(?:out|in|to|on|away|house|jobs?|flat|back|the|it|by \d)\b)")
_NOT_AT = re.compile(r"(?!\s+(?:at|with) (?!(?:the moment|night|times|home|him|her|them|us|me)\b))")
_A_PERSON = re.compile(r"(?!\s+(?:of|night|nights|for|is set|was set)\b)")
_POSSESSIVE = re.compile(r"(?:my|our)\s+", re.IGNORECASE)
_GUARDS: Mapping[tuple[str, str], tuple[re.Pattern[str], re.Pattern[str]]] = {
    ("feeling", "down"): (_BEING, re.compile(r"(?!\s+(?:the|to|there|here|at|on the|in)\b)")),
    ("feeling", "low"): (_BEING, re.compile(r"(?!\s+(?:on|in|price|cost|budget)\b)")),
    ("feeling", "blue"): (_BEING_ONLY, _NOT_A_THING),
    ("feeling", "moved"): (_BEING_ONLY, _NOT_A_THING),
    ("feeling", "strong"): (_BEING_ONLY, _ANYWHERE),
    ("feeling", "hopeless"): (_ANYWHERE, _NOT_AT),
    ("person_role", "my date"): (_ANYWHERE, _A_PERSON),
}


def is_meant(text: str, entity: Mapping[str, Any]) -> bool:
    """Whether the words around an entity allow the meaning that its list gives it."""
    start, end = int(entity["start"]), int(entity["end"])
    word = text[start:end].lower()
    guard = _GUARDS.get((str(entity["entity"]), word))
    if guard is None:
        return True
    before, after = guard
    return bool(before.search(text[:start]) and after.match(text, end))


def without_my(entity: dict[str, Any]) -> dict[str, Any]:
    """The role alone: a reply that says "your man" must not say "your my man"."""
    possessive = _POSSESSIVE.match(str(entity["text"]))
    if entity["entity"] != "person_role" or possessive is None:
        return entity
    shown = str(entity["text"])[possessive.end() :]
    return {**entity, "start": int(entity["start"]) + possessive.end(), "text": shown}
