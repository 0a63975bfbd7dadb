"""Reads the lines with marked entities and counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evaluation.entity_scores import KINDS, Mark, entity_scores
from evaluation.examples import EntityLine, entity_lines
from evaluation.reading import Reader, Tell

# Ratings are read more boldly where a step has just asked for one, so both are measured.
STATES: dict[str, dict[str, Any]] = {
    "unasked": {"exercise": False, "expects": None},
    "rating_asked": {"exercise": True, "expects": "rating"},
}


def entity_figures(product: Reader, name: str, tell: Tell) -> dict[str, Any]:
    """Precision, recall and F1 of each kind, by words alone and by words and value.

    Args:
        product: Reads the lines.
        name: One of ``ENTITY_FILES``.
        tell: Told how far it is.
    """
    lines = entity_lines(name)
    texts = [line.text for line in lines]
    figures: dict[str, Any] = {"lines": len(lines)}
    for asked, state in STATES.items():
        readings = product.read(texts, [state] * len(texts), f"{name}, {asked}", tell)
        found = [reading.entities for reading in readings]
        figures[asked] = {
            "words": _scores(lines, found, values=False),
            "words_and_value": _scores(lines, found, values=True),
            "wrong": list(map(_wrong, *_differing(lines, found))),
        }
    return figures


def _scores(
    lines: Sequence[EntityLine], found: Sequence[Sequence[Mark]], *, values: bool
) -> dict[str, Any]:
    scores = entity_scores([line.entities for line in lines], found, values=values)
    return {kind: score.as_dict() for kind, score in scores.items()}


def _differing(
    lines: Sequence[EntityLine], found: Sequence[Sequence[Mark]]
) -> tuple[list[EntityLine], list[Sequence[Mark]]]:
    pairs = [
        (line, marks)
        for line, marks in zip(lines, found, strict=True)
        if _plain(line.entities) != _plain(marks)
    ]
    return [line for line, _ in pairs], [marks for _, marks in pairs]


def _wrong(line: EntityLine, found: Sequence[Mark]) -> dict[str, Any]:
    return {
        "place": f"{line.file}:{line.line}",
        "text": line.text,
        "marked": _plain(line.entities),
        "found": _plain(found),
    }


def _plain(marks: Sequence[Mark]) -> list[tuple[str, str]]:
    return sorted((kind, words.lower()) for kind, words, _ in marks if kind in KINDS)
