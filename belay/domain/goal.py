"""A goal in the client's own words, on a scale of five steps (goal attainment scaling).

Source: Kiresuk and Sherman 1968; five steps from -2 to +2 around what is hoped for. The number
that they add up to is for coaches; a client sees words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import sqrt

LEVELS = (-2, -1, 0, 1, 2)
HOPED = 0
# So many goals at a time; more than that is a list of duties.
AT_MOST = 3
_RHO = 0.3


class Ending(StrEnum):
    """How a goal ended."""

    MET = "met"
    LET_GO = "let_go"


@dataclass(frozen=True)
class Rating:
    """Where the client stood at a moment."""

    level: int
    at: datetime


@dataclass
class Goal:
    """A goal. `steps` maps a level to the client's words; a level without words has ours."""

    id: str
    client_id: str
    made_at: datetime
    text: str | None
    steps: dict[int, str] = field(default_factory=dict)
    ratings: list[Rating] = field(default_factory=list)
    ending: Ending | None = None
    closed_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it is still worked on."""
        return self.closed_at is None

    @property
    def level(self) -> int | None:
        """Where the client stood last, or None."""
        return self.ratings[-1].level if self.ratings else None

    def rate(self, level: int, now: datetime) -> None:
        """Stand at a level now.

        Raises:
            ValueError: no such level.
        """
        if level not in LEVELS:
            raise ValueError(f"a goal has the levels {LEVELS}, not {level}")
        self.ratings.append(Rating(level, now))

    def close(self, ending: Ending, now: datetime) -> None:
        """End it, met or let go."""
        self.ending, self.closed_at = ending, now


def attainment(levels: Sequence[int]) -> float | None:
    """The T score over several goals of equal weight: 50 is what was hoped for.

    T = 50 + 10 * sum(x) / sqrt((1 - rho) * n + rho * n^2) with rho = 0.3, as usual.
    """
    count = len(levels)
    if not count:
        return None
    return 50 + 10 * sum(levels) / sqrt((1 - _RHO) * count + _RHO * count**2)
