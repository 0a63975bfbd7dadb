"""Entities found against entities marked by a reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evaluation.scores import Score

KINDS = ("person_role", "feeling", "time", "rating")

Mark = tuple[str, str, str]


def entity_scores(
    marked: Sequence[Sequence[Mark]], found: Sequence[Sequence[Mark]], *, values: bool
) -> dict[str, Score]:
    """The score of each kind; an entity is right when its words are exactly those marked.

    Args:
        marked: For each line, kind, words and value of what is there.
        found: For each line, the same of what the product found.
        values: Whether the value must be right too.
    """
    scores = {}
    for kind in KINDS:
        right = rows = hits = 0
        for there, here in zip(marked, found, strict=True):
            wanted, got = _counted(there, kind, values), _counted(here, kind, values)
            right += sum((wanted & got).values())
            rows += sum(wanted.values())
            hits += sum(got.values())
        scores[kind] = Score(right, hits, rows)
    return scores


def _counted(marks: Sequence[Mark], kind: str, values: bool) -> Counter[tuple[str, str]]:
    return Counter(
        (words.lower(), value.lower() if values else "")
        for name, words, value in marks
        if name == kind
    )
