"""From measured turns to figures and verdicts. Nothing here measures anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

WINDOW = 50
FULL = 1000
SAME_SPEED = 1.0
SAME_AT_THE_END = 1.10


class TooFewTurns(Exception):
    """Two windows do not fit into the series."""


@dataclass(frozen=True)
class Bar:
    """One figure that was promised not to be larger than `at_most`."""

    name: str
    value: float
    at_most: float

    @property
    def met(self) -> bool:
        """Whether the figure keeps the promise. Rounding never helps."""
        return self.value <= self.at_most

    def sentence(self) -> str:
        """The verdict as one line."""
        verdict = "met" if self.met else "missed"
        return f"{verdict}: {self.name} is {self.value:.3f} (bar: at most {self.at_most:.2f})"

    def as_dict(self) -> dict[str, object]:
        """The verdict for the report."""
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "at_most": self.at_most,
            "met": self.met,
        }


def window_length(turns: int) -> int:
    """How many turns the first and the last window have: 50, or half of a shorter try.

    Raises:
        TooFewTurns: there is no turn for each window.
    """
    if turns < 2:
        raise TooFewTurns(f"{turns} turns have no first and last window: use --turns 2 or more.")
    return min(WINDOW, turns // 2)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie, between neighbours by line."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and mean of some turns, in the unit of the values."""
    return {
        "p50": round(percentile(values, 0.50), 2),
        "p95": round(percentile(values, 0.95), 2),
        "mean": round(fmean(values), 2),
    }


def by_hundred(values: Sequence[float]) -> list[float]:
    """The median of each hundred turns, to see a growth."""
    return [
        round(percentile(values[start : start + 100], 0.5), 2)
        for start in range(0, len(values), 100)
    ]


def bars(belay: Sequence[float], stock: Sequence[float]) -> tuple[Bar, Bar]:
    """The two promises: as fast as stock at the start, and as fast at the end as at the start.

    Raises:
        TooFewTurns: see `window_length`.
    """
    length = window_length(len(belay))
    early = percentile(belay[:length], 0.5)
    late = percentile(belay[-length:], 0.5)
    return (
        Bar(
            f"p50 of the first {length} turns, Belay to stock",
            early / percentile(stock[:length], 0.5),
            SAME_SPEED,
        ),
        Bar(
            f"Belay's p50 of the last {length} turns to its first {length}",
            late / early,
            SAME_AT_THE_END,
        ),
    )
