"""Joins the common list of how people write with the spellings that only the floor knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_GROUPS = ("typed", "heard", "spoken")
_APOSTROPHES = str.maketrans("", "", "'\u2019")


def with_common_spellings(
    floor: Mapping[str, Any], common: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """Floor data whose spelling table also holds ``content/language/spelling.yml``.

    The floor reads a plain form: lower case, no apostrophes, "was not" as "wasnt". Where both
    have a word, the floor's own entry stays.

    Args:
        floor: What is in ``content/safety/floor.yml``.
        common: The groups of ``content/language/spelling.yml``.
    """
    own: Mapping[str, str] = floor.get("spelling", {})
    table = {
        _plain(typed): _joined(_plain(meant), own)
        for group in _GROUPS
        for typed, meant in common[group].items()
    }
    kept = {typed: meant for typed, meant in table.items() if typed != meant}
    return {**floor, "spelling": {**kept, **own}}


def _plain(text: str) -> str:
    return text.casefold().translate(_APOSTROPHES)


def _joined(text: str, own: Mapping[str, str]) -> str:
    """Two words become the one that the floor writes for them ("was not" to "wasnt")."""
    words = text.split()
    out: list[str] = []
    at = 0
    while at < len(words):
        pair = " ".join(words[at : at + 2])
        if at + 1 < len(words) and pair in own:
            out.append(own[pair])
            at += 2
        else:
            out.append(words[at])
            at += 1
    return " ".join(out)
