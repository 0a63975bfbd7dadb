"""Scores the reading of whole drafts against labels written by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from belay.language.drafts import DraftReader


@dataclass
class Counts:
    """Right, added and missed labels, over all drafts."""

    right: int = 0
    added: int = 0
    missed: int = 0

    def count(self, wanted: set[str], given: set[str]) -> None:
        self.right += len(wanted & given)
        self.added += len(given - wanted)
        self.missed += len(wanted - given)

    @property
    def f1(self) -> float:
        """Micro-averaged F1."""
        of = 2 * self.right + self.added + self.missed
        return 2 * self.right / of if of else 1.0


@dataclass
class Score:
    """What was counted, and what went wrong, by the id of the draft."""

    drafts: int = 0
    issues: Counts = field(default_factory=Counts)
    strengths: Counts = field(default_factory=Counts)
    agreed: int = 0
    safety_missed: list[str] = field(default_factory=list)

    @property
    def overall(self) -> float:
        """How often the overall verdict is the same."""
        return self.agreed / self.drafts


def load(file: Path) -> list[dict[str, Any]]:
    """The drafts of a file, one JSON object a line."""
    lines = file.read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def score(reader: DraftReader, drafts: Iterable[dict[str, Any]]) -> Score:
    """Read all drafts and compare."""
    total = Score()
    for draft in drafts:
        reading = reader.read_kind(draft["text"], draft["kind"], draft["text"])
        total.drafts += 1
        total.issues.count(set(draft["issues"]), set(reading.issues))
        total.strengths.count(set(draft["strengths"]), set(reading.strengths))
        total.agreed += reading.overall == draft["overall"]
        if draft["overall"] == "safety" and reading.overall != "safety":
            total.safety_missed.append(draft["text"])
    return total
