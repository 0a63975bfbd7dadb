"""Accuracy, precision, recall and F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEWEST_ROWS = 10


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 of one class.

    Attributes:
        right: Rows of the class that were found.
        found: Rows that were taken for the class.
        rows: Rows of the class.
    """

    right: int
    found: int
    rows: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the rows that was found."""
        return self.right / self.rows if self.rows else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.found + self.rows
        return 2 * self.right / both if both else 0.0

    def as_dict(self) -> dict[str, float | int]:
        """For the report."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "rows": self.rows,
            "found": self.found,
        }


def share(hits: Iterable[bool]) -> float:
    """Share of what is true; 0 where there is nothing."""
    marks = list(hits)
    return sum(marks) / len(marks) if marks else 0.0


def by_class(gold: Sequence[str], answered: Sequence[str]) -> dict[str, Score]:
    """The score of every class that occurs, on either side."""
    right = Counter(g for g, a in zip(gold, answered, strict=True) if g == a)
    rows, found = Counter(gold), Counter(answered)
    return {name: Score(right[name], found[name], rows[name]) for name in sorted({*rows, *found})}


def macro_f1(scores: dict[str, Score], fewest: int = FEWEST_ROWS) -> float:
    """Mean F1 of the classes with at least so many rows."""
    counted = [score.f1 for score in scores.values() if score.rows >= fewest]
    return sum(counted) / len(counted) if counted else 0.0


def confusion(gold: Sequence[str], answered: Sequence[str]) -> dict[tuple[str, str], int]:
    """How often each class was taken for each other."""
    return dict(Counter(zip(gold, answered, strict=True)))
