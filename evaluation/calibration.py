"""Whether "80 % sure" is right four times out of five."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Answers of about the same confidence.

    Attributes:
        rows: How many there are.
        confidence: Their mean confidence.
        accuracy: The share that is right.
    """

    rows: int
    confidence: float
    accuracy: float


def bins(confidences: Sequence[float], right: Sequence[bool], count: int = BINS) -> list[Bin]:
    """Sort answers into bins of equal width; empty ones are left out."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, mark in zip(confidences, right, strict=True):
        groups.setdefault(min(int(confidence * count), count - 1), []).append((confidence, mark))
    return [
        Bin(
            rows=len(group),
            confidence=sum(confidence for confidence, _ in group) / len(group),
            accuracy=sum(mark for _, mark in group) / len(group),
        )
        for _, group in sorted(groups.items())
    ]


def expected_error(found: Sequence[Bin]) -> float:
    """Expected calibration error: the mean gap between confidence and accuracy."""
    rows = sum(one.rows for one in found)
    if not rows:
        return 0.0
    return sum(one.rows * abs(one.confidence - one.accuracy) for one in found) / rows
