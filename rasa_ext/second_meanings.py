"""Words of the entity lists that usually mean something else, kept only where they are meant.

A "date" is a person behind "my"; for feelings see rasa_ext.feeling_frames.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rasa_ext.feeling_frames import is_felt

_ANYWHERE = re.compile("")
_A_PERSON = re.compile(r"(?!\s+(?:of|night|nights|for|is set|was set)\b)")
_POSSESSIVE = re.compile(r"(?:my|our)\s+", re.IGNORECASE)
_GUARDS: Mapping[tuple[str, str], tuple[re.Pattern[str], re.Pattern[str]]] = {
    ("person_role", "my date"): (_ANYWHERE, _A_PERSON),
}


def is_meant(text: str, entity: Mapping[str, Any]) -> bool:
    """Whether the words around an entity allow the meaning that its list gives it."""
    start, end = int(entity["start"]), int(entity["end"])
    if entity["entity"] == "feeling":
        return is_felt(text, start, end)
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
