"""The rehearsal room: how a scripted counterpart reacts to what a client says.

Nothing is left to chance: the reaction follows from what the client's line does, so that a
client can try the same thing twice and see what changes it. The three levels go from an easy
"why" to a mild push; nothing here threatens or belittles.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from belay.domain.client import Risk

POSITION = "rehearse"
LEVELS = 3
MOST_LINES = 7
SHARED_WORDS = 0.4

# What the client's line does, by the features of content/language/feedback.
STINGS = frozenset({"F01", "F05", "F06", "F07", "F08", "F10", "F20", "F22", "F31"})
SHRINKS = frozenset({"F15", "F17"})
EXPLAINS = frozenset({"F16"})
SAYS_IT = frozenset({"F11", "F32", "F41", "F37", "F36", "F40"})
SEES_THE_HURT = frozenset({"F26", "F40", "F15"})

_WORD = re.compile(r"[a-z']+")
_SMALL_WORDS = """
    a an and are as at be but by can could do for from have i i'd i'll i'm if in is it it's me my
    not of on or please so that the then this to was we what when will with would you your
"""
_EMPTY = frozenset(_SMALL_WORDS.split())
_KIND = re.compile(
    r"\b(?:sorry|hurt|upset|hard for you|hear (?:you|that)|understand|see that|didn't mean|"
    r"don't mean|matter to me|love you|care about)\b",
    re.IGNORECASE,
)


class Reaction(StrEnum):
    """What the counterpart does with a line."""

    ACCEPTS = "accepts"
    ASKS_WHY = "asks_why"
    GUILT = "guilt"
    HURRY = "hurry"
    CHANGES_TOPIC = "changes_topic"
    GETS_HURT = "gets_hurt"


CALM_WAY = (Reaction.ASKS_WHY, Reaction.GUILT, Reaction.ACCEPTS)
"""What a clear line meets at each level."""


class Remark(StrEnum):
    """What the coach says about a line, before the counterpart answers."""

    CLEAR = "clear"
    SAID_AGAIN = "said_again"
    SAY_AGAIN = "say_again"
    REPAIRED = "repaired"
    REPAIR_FIRST = "repair_first"
    STINGS = "stings"
    SHRINKS = "shrinks"
    EXPLAINS = "explains"
    SAY_IT = "say_it"


@dataclass(frozen=True)
class Place:
    """Where a rehearsal stands: lines said so far, the level, and what the counterpart did."""

    lines: int = 0
    level: int = 1
    last: Reaction | None = None

    def written(self) -> str:
        """As a run's position."""
        return f"{POSITION}.{self.lines}.{self.level}.{self.last or 'none'}"

    @classmethod
    def read(cls, position: str) -> Place:
        """A run's position. Anything unreadable begins anew."""
        parts = position.split(".")
        if len(parts) != 4 or not (parts[1].isdigit() and parts[2].isdigit()):
            return cls()
        last = Reaction(parts[3]) if parts[3] in set(Reaction) else None
        return cls(int(parts[1]), min(max(int(parts[2]), 1), LEVELS), last)


@dataclass(frozen=True)
class Exchange:
    """One line and what came of it. `following` is None once the counterpart accepted."""

    remark: Remark
    reaction: Reaction
    level: int
    following: Place | None


def may_rehearse(gate: str, risk: Risk, artefact: str | None) -> bool:
    """Only words for another person, and only one of whom nothing speaks against."""
    return gate != "G0" and risk is Risk.NONE and bool(artefact)


def exchange(place: Place, line: str, features: Collection[str], sentence: str) -> Exchange:
    """React to a line.

    Args:
        place: Where the rehearsal stands.
        line: What the client said.
        features: Ids of the features found in the line (F01 to F46).
        sentence: The client's own sentence, to which the broken record comes back.
    """
    remark = _remark(place, line, set(features), sentence)
    calm = remark in (Remark.CLEAR, Remark.SAID_AGAIN, Remark.REPAIRED)
    level = min(place.level + 1, LEVELS) if calm and place.lines > 0 else place.level
    reaction = CALM_WAY[level - 1] if calm else _AFTER[remark]
    if place.lines + 1 >= MOST_LINES:
        reaction = Reaction.ACCEPTS
    if reaction is Reaction.ACCEPTS:
        return Exchange(remark, reaction, level, None)
    return Exchange(remark, reaction, level, Place(place.lines + 1, level, reaction))


_AFTER = {
    Remark.STINGS: Reaction.GETS_HURT,
    Remark.SHRINKS: Reaction.HURRY,
    Remark.EXPLAINS: Reaction.ASKS_WHY,
    Remark.SAY_IT: Reaction.CHANGES_TOPIC,
    Remark.SAY_AGAIN: Reaction.CHANGES_TOPIC,
    Remark.REPAIR_FIRST: Reaction.GETS_HURT,
}


def _remark(place: Place, line: str, features: set[str], sentence: str) -> Remark:
    if features & STINGS:
        return Remark.STINGS
    if place.last is Reaction.GETS_HURT:
        seen = bool(features & SEES_THE_HURT) or bool(_KIND.search(line))
        return Remark.REPAIRED if seen else Remark.REPAIR_FIRST
    if features & SHRINKS:
        return Remark.SHRINKS
    if features & EXPLAINS:
        return Remark.EXPLAINS
    again = says_again(line, sentence)
    if place.last is not None:
        return Remark.SAID_AGAIN if again else Remark.SAY_AGAIN
    return Remark.CLEAR if again or features & SAYS_IT else Remark.SAY_IT


def says_again(line: str, sentence: str) -> bool:
    """The broken record: enough of the sentence's own words are in the line."""
    wanted = _core(sentence)
    return bool(wanted) and len(wanted & _core(line)) >= SHARED_WORDS * min(len(wanted), 6)


def _core(text: str) -> set[str]:
    return set(_WORD.findall(text.lower().replace("’", "'"))) - _EMPTY
