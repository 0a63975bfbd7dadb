"""Labelled lines out of a table, in the form that Rasa trains on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# How data sets mark a line that belongs to none of their intents.
OUTSIDE = frozenset({"NO_NODES_DETECTED", "oos"})


class DataWrong(Exception):
    """A table cannot be used; the message names file, line and remedy."""


@dataclass(frozen=True)
class Lines:
    """Texts and their labels, in the order of the table."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def inside(self) -> list[bool]:
        """Whether each line belongs to an intent at all."""
        return [label not in OUTSIDE for label in self.labels]


def read_lines(file: Path) -> Lines:
    """Read a table of ``text<TAB>label``.

    Raises:
        DataWrong: It is missing, empty, or a line has another form.
    """
    if not file.is_file():
        raise DataWrong(f"There is no {file}: give a folder with train_10.tsv and test.tsv.")
    texts, labels = [], []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        text, tab, label = line.rpartition("\t")
        if not tab or not text.strip() or not label.strip():
            raise DataWrong(f"{file}:{number}: needs a text, a tab and a label.")
        texts.append(text.strip())
        labels.append(label.strip())
    if not texts:
        raise DataWrong(f"{file} is empty: it needs lines of text, tab and label.")
    return Lines(tuple(texts), tuple(labels))


def intent_name(label: str) -> str:
    """A label as the name of an intent; Rasa reads a slash as a sub-answer."""
    return re.sub(r"[^\w.+-]+", "_", label)


def training_blocks(lines: Lines) -> dict[str, Any]:
    """Rasa's training data of these lines; those outside every intent are left out.

    Raises:
        DataWrong: Two labels would become one intent.
    """
    by_intent: dict[str, list[str]] = {}
    spelt: dict[str, str] = {}
    for text, label, inside in zip(lines.texts, lines.labels, lines.inside, strict=True):
        if not inside:
            continue
        name = intent_name(label)
        if spelt.setdefault(name, label) != label:
            raise DataWrong(f"The labels {label!r} and {spelt[name]!r} would be one intent.")
        by_intent.setdefault(name, []).append(plain(text))
    blocks = [
        {"intent": name, "examples": [{"text": text} for text in texts]}
        for name, texts in by_intent.items()
    ]
    return {"version": "3.1", "nlu": blocks}


def plain(text: str) -> str:
    """The text without what Rasa would read as the mark of an entity."""
    return text.replace("](", "] (").replace("]{", "] {")


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which that part of all values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
