"""The words and phrases by which the floor reads what stands around a hit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Literal

Speaker = Literal["first", "other", "any"]
"""Whose act or state a rule is about: the client's own, someone else's, or either."""

_STOPS = ".!?;"
_SENTENCE_REACH = 240


class Standing(Enum):
    """What the words around a hit make of it."""

    MEANT = "meant"
    DOUBTFUL = "doubtful"
    DENIED = "denied"
    PAST = "past"
    STORY = "story"
    OTHERS = "others"


@dataclass(frozen=True)
class Context:
    """The words that change how a hit stands. All lists come from the rules file."""

    negators: frozenset[str]
    joiners: frozenset[str]
    first: frozenset[str]
    own: frozenset[str]
    bridges: frozenset[str]
    third: frozenset[str]
    others: frozenset[str]
    owners: frozenset[str]
    double: re.Pattern[str]
    raising: re.Pattern[str]
    turning: re.Pattern[str]
    secret: re.Pattern[str]
    disclaimed: re.Pattern[str]
    asked: re.Pattern[str]
    answered: re.Pattern[str]
    unsaid: re.Pattern[str]
    affirmed: re.Pattern[str]
    ceased: re.Pattern[str]
    gone: re.Pattern[str]
    past: re.Pattern[str]
    past_after: re.Pattern[str]
    long_past: re.Pattern[str]
    present: re.Pattern[str]
    present_other: re.Pattern[str]
    now: re.Pattern[str]
    now_back: re.Pattern[str]
    now_well: re.Pattern[str]
    story: re.Pattern[str]
    source: re.Pattern[str]
    told: re.Pattern[str]
    dreamt: re.Pattern[str]
    same: re.Pattern[str]
    reporting: re.Pattern[str]
    lost: re.Pattern[str]

    def is_subject(self, word: str) -> bool:
        """Whether the word is a pronoun that begins a new statement."""
        return word in self.first or word in self.third

    def sentence(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The bounds of the sentence around a span; of a very long one, the part near it."""
        low, high = max(0, start - _SENTENCE_REACH), min(len(text), end + _SENTENCE_REACH)
        opens = max(text.rfind(stop, low, start) for stop in _STOPS) + 1
        stops = [at for at in (text.find(stop, end, high) for stop in _STOPS) if at >= 0]
        return max(opens, low), min(stops, default=high)
