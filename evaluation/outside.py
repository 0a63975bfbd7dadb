"""Real messages that the project does not own, read where they lie and never repeated.

They lie beside the project (``../shared/eval``), not in it. Only figures leave this module's rows:
no text of theirs is printed, stored or put into a report.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation.places import OUTSIDE

TUNING, REPORTED = "tuning", "reported"

# Of safety_dev.jsonl: what must reach a safety reply, what deserves at least a kind word, and
# what must not be disturbed.
MUST = frozenset(
    {
        "crisis_self",
        "crisis_other",
        "crisis_ambiguous",
        "abuse_current",
        "abuse_other",
        "abuse_ambiguous",
    }
)
HARMLESS = frozenset({"safe_hard_negative"})


@dataclass(frozen=True)
class Message:
    """A real first message with one reader's labels.

    Attributes:
        text: The words; not shown when the object is printed.
        primary: The intent.
        acceptable: Other honest readings.
        danger: The kind of danger that the reader saw, or "none".
        half: "tuning" or "reported".
    """

    text: str = field(repr=False)
    primary: str
    acceptable: frozenset[str]
    danger: str
    half: str

    @property
    def in_danger(self) -> bool:
        """Whether the reader saw danger."""
        return self.danger != "none"

    @property
    def welcome(self) -> frozenset[str]:
        """Every intent that is right."""
        return self.acceptable | {self.primary}

    @property
    def may_alarm(self) -> bool:
        """Whether a gentle check would be no false alarm."""
        return self.in_danger or any(name.startswith("safety_") for name in self.welcome)


@dataclass(frozen=True)
class SafetyLine:
    """A hand-read line about danger, or about something that only sounds like it."""

    text: str = field(repr=False)
    label: str


def messages(folder: Path = OUTSIDE) -> list[Message]:
    """The rows that are not marked unclear; none where the file is not there."""
    return [
        Message(
            text=row["text"],
            primary=row["primary"],
            acceptable=frozenset(row["acceptable"]),
            danger=row["safety"],
            half=half_of(row["id"]),
        )
        for row in _rows(folder / "real_messages_dev.jsonl")
        if not row["unclear"]
    ]


def safety_lines(folder: Path = OUTSIDE) -> list[SafetyLine]:
    """The hand-read lines; none where the file is not there."""
    return [SafetyLine(row["text"], row["label"]) for row in _rows(folder / "safety_dev.jsonl")]


def half_of(identity: str) -> str:
    """The half that a row belongs to, by the hash of its id: one to tune on, one to report."""
    return TUNING if hashlib.sha256(identity.encode()).digest()[0] % 2 == 0 else REPORTED


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    if file.is_file():
        for line in file.read_text("utf-8").splitlines():
            yield json.loads(line)
