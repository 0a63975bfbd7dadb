"""Which patterns can match a sentence at all, by the words that each of them has to have.

Most of two thousand patterns cannot match a given sentence. A pattern is tried only where the
words that it requires are there, in order and no farther apart than its gaps allow. That makes
reading some thirty times as fast and changes nothing in what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

_Use = TypeVar("_Use")
_ENDLESS = 10_000
_COMMON = frozenset(
    {
        *("i", "you", "he", "she", "they", "we", "it", "me", "us", "my", "your", "the", "a", "an"),
        *("to", "be", "do", "have", "not", "can", "will", "would", "of", "in", "on", "at"),
        *("and", "or", "but", "so", "that", "this"),
    }
)
_COMMON_WEIGHT = 200

Places = Mapping[str, Mapping[str, Sequence[int]]]
"""By NORM and LEMMA: where in a sentence each word stands."""


class _Link(NamedTuple):
    """One required token: its words, and how many tokens may stand between it and the last."""

    attribute: str
    words: frozenset[str]
    least: int
    most: int


@dataclass(frozen=True)
class _Variant:
    use: int
    links: tuple[_Link, ...]


class Anchors(Generic[_Use]):
    """Uses of patterns, by the words that call for them."""

    def __init__(self) -> None:
        self._by_word: dict[tuple[str, str], list[int]] = {}
        self._everywhere: list[int] = []
        self._variants: list[_Variant] = []
        self._uses: list[_Use] = []

    def add(self, use: _Use, variants: Iterable[list[dict[str, Any]]]) -> None:
        """Keep a use under the rarest required word of each of its variants."""
        self._uses.append(use)
        for specs in variants:
            number = len(self._variants)
            links = _links(specs)
            self._variants.append(_Variant(len(self._uses) - 1, links))
            if not links:
                self._everywhere.append(number)
                continue
            rarest = min(links, key=_weight)
            for word in rarest.words:
                self._by_word.setdefault((rarest.attribute, word), []).append(number)

    def possible(self, places: Places) -> list[_Use]:
        """The uses that a sentence can match, in the order in which they were added."""
        numbers = set(self._everywhere)
        for attribute, words in places.items():
            for word in words:
                numbers.update(self._by_word.get((attribute, word), ()))
        uses: set[int] = set()
        for number in numbers:
            variant = self._variants[number]
            if variant.use not in uses and _reachable(variant.links, places):
                uses.add(variant.use)
        return [self._uses[use] for use in sorted(uses)]


def _links(specs: list[dict[str, Any]]) -> tuple[_Link, ...]:
    links: list[_Link] = []
    least = most = 0
    for spec in specs:
        wanted = _required(spec)
        operator = spec.get("OP", "1")
        if wanted is not None:
            links.append(_Link(*wanted, least, most))
            least = 0
            most = _ENDLESS if operator == "+" else 0
        elif operator in ("1", "+"):
            least += 1
            most += 1 if operator == "1" else _ENDLESS
        else:
            most += 1 if operator == "?" else int(operator[3:-1])
    return tuple(links)


def _required(spec: dict[str, Any]) -> tuple[str, frozenset[str]] | None:
    """The words of which a token has to be one, or None when that is not known."""
    if spec.get("OP", "+") != "+":
        return None
    for attribute in ("NORM", "LEMMA"):
        wanted = spec.get(attribute)
        if isinstance(wanted, str):
            return attribute, frozenset((wanted,))
        if isinstance(wanted, dict) and "IN" in wanted:
            return attribute, frozenset(wanted["IN"])
    return None


def _reachable(links: Sequence[_Link], places: Places) -> bool:
    """Whether the required words can be walked through, one after the other."""
    for link in links:
        if link.words.isdisjoint(places[link.attribute]):
            return False
    ends: list[int] = []
    for step, link in enumerate(links):
        known = places[link.attribute]
        here = [at for word in known if word in link.words for at in known[word]]
        if step:
            here = [
                at for at in here if any(link.least < at - end <= link.most + 1 for end in ends)
            ]
            if not here:
                return False
        ends = here
    return True


def _weight(link: _Link) -> int:
    return sum(_COMMON_WEIGHT if word in _COMMON else 1 for word in link.words)
