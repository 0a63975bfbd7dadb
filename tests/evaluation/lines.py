"""Lines and readings for tests, said in few words."""

from __future__ import annotations

from typing import Any

from evaluation.examples import Example
from evaluation.reading import Reading


def example(text: str, intent: str = "say_no", line: int = 1, **more: Any) -> Example:
    """A line of data/nlu/some.yml."""
    return Example(text, intent, more.pop("file", "data/nlu/some.yml"), line, **more)


def reading(intent: str, confidence: float = 0.9, **more: Any) -> Reading:
    """A reading; the ranking is the intent alone unless another is given."""
    ranking = more.pop("ranking", ((intent, confidence),))
    return Reading(intent, confidence, ranking, **more)
