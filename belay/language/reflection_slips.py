"""Slips of the keyboard and of dictation, mended where only one thing can be meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_SHORTEST, _LONG, _LONGEST = 4, 7, 20
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Said aloud into a phone that writes the signs out.
_STOP = re.compile(r"\s+(?:full stop|new line|exclamation mark)\b\.?", re.IGNORECASE)
_COMMA = re.compile(r"\s+comma\b,?", re.IGNORECASE)
_ASKED = re.compile(r"\s+question mark\b\??", re.IGNORECASE)
# "My daughter she rang", at the start of a sentence: the person is named twice.
_TWICE = re.compile(
    r"(?i)((?:^|[.!?,;\n]\s*)(?:(?:um|uh|so|and|but|okay|ok|right|well|hi|yeah)\s+){0,2}"
    r"my (?:\w+[ -])?)"
    r"(?:(daughter|wife|mum|mom|mother|sister|girlfriend|gran|nan) she"
    r"|(son|husband|dad|father|brother|boyfriend|grandad) he"
    r"|(boss|friend|partner|ex|neighbour|flatmate) (?:she|he))(?= |')"
)
_OWNED = re.compile(
    r"(?i)\b(mum|mom|dad|nan|gran|grandad|grandma)s (?=(?:old )?(?:house|place|funeral|birthday"
    r"|things|jewellery|car|phone|scan|operation|voice|ashes|flat|room|side|will|wedding|new|friend)\b)"
)
_SPANS = re.compile(r"(?i)\b(\d+) ?(hrs|yrs|mins|wks|mths)\b")
_UNITS = {"hrs": "hours", "yrs": "years", "mins": "minutes", "wks": "weeks", "mths": "months"}
_MONEY = re.compile(r"([\u00a3$\u20ac])(\d+)")
_COINS = {"\u00a3": "pounds", "$": "dollars", "\u20ac": "euros"}


def dictated(text: str) -> str:
    """The text with dictated signs as signs, "my son he" as "my son", "mums car" as "mum's car"."""
    text = _ASKED.sub("?", _COMMA.sub(",", _STOP.sub(".", text)))
    text = _SPANS.sub(lambda found: f"{found[1]} {_UNITS[found[2].lower()]}", text)
    text = _OWNED.sub(r"\1's ", text)
    text = _MONEY.sub(lambda found: f"{found[2]} {_COINS[found[1]]}", text)
    return _TWICE.sub(lambda found: found[1] + next(filter(None, found.groups()[1:])), text)


class Slips:
    """Mends an unknown word to the one everyday word that a single slip away from it.

    Args:
        common: Everyday words.
        known: Whether a word is one; those are never changed.
    """

    def __init__(self, common: frozenset[str], known: Callable[[str], bool]) -> None:
        self._common = common
        self._known = known

    def mended(self, low: str) -> tuple[str, ...] | None:
        """The word that was meant, or None where it is a word or could be two."""
        if not _SHORTEST <= len(low) <= _LONGEST or not low.isalpha() or self._known(low):
            return None
        swapped = {word for word in _swapped(low) if self._known(word)}
        found = swapped & self._common
        if not found and len(low) > _SHORTEST:
            found = {word for word in _one_off(low) if word in self._common}
            if found and len(low) < _LONG:
                found = swapped | {word for word in _one_off(low) if self._known(word)}
        found = found or swapped
        return (found.pop(),) if len(found) == 1 else None


def _swapped(low: str) -> Iterator[str]:
    for place in range(len(low) - 1):
        yield low[:place] + low[place + 1] + low[place] + low[place + 2 :]


def _one_off(low: str) -> Iterator[str]:
    """Every word with one letter less, more or other. The first letter is rarely the slip."""
    for place in range(1, len(low) + 1):
        yield low[:place] + low[place + 1 :]
        for letter in _LETTERS:
            yield low[:place] + letter + low[place:]
            yield low[:place] + letter + low[place + 1 :]
