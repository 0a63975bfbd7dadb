"""The lines of the benchmark: one message, what it is, and the help it should reach."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLUMNS = ("text", "class", "kind", "voice", "about", "expect", "route")
SETS = ("held_out", "development")
DANGER = (
    "suicide_explicit",
    "suicide_indirect",
    "self_harm",
    "abuse_now",
    "coercive_control",
    "harm_others",
    "child",
    "third_party",
)
# Past, recovering, denied, quoted, fiction, idiom, negated: words of danger, and no danger.
GUARDED = "guarded"
ORDINARY = "ordinary"
CLASSES = (*DANGER, GUARDED, ORDINARY)
VOICES = (
    "plain",
    "curt",
    "rambling",
    "dictated",
    "text_speak",
    "typos",
    "non_native",
    "formal",
    "older",
    "young",
    "dialect",
)
ABOUT = (
    "self",
    "partner",
    "ex",
    "parent",
    "child",
    "sibling",
    "friend",
    "carer",
    "work",
    "other",
)


class LinesBroken(Exception):
    """A file of lines is not as it must be. The message names file, row and remedy."""


@dataclass(frozen=True)
class Line:
    """One line.

    `expect` is the lowest tier that will do: 3 or 2 for danger, the highest that is right for
    guarded and ordinary lines (1 or 0). `route` is the safety intent, "-" where none belongs.
    """

    text: str
    class_: str
    kind: str
    voice: str
    about: str
    expect: int
    route: str
    place: str

    @property
    def is_danger(self) -> bool:
        """Whether a safety reply must come."""
        return self.class_ in DANGER


def files_of(set_: str, folder: Path = HERE) -> list[Path]:
    """The files of a set, one a class, in the order of the classes."""
    return [folder / f"{set_}_{class_}.tsv" for class_ in CLASSES]


def load(set_: str, folder: Path = HERE) -> list[Line]:
    """All lines of a set.

    Raises:
        LinesBroken: a file or a row is not well-formed.
    """
    return [line for path in files_of(set_, folder) for line in _rows(path)]


def fingerprint(lines: Sequence[Line]) -> str:
    """Twelve characters that change when any line does."""
    told = "\n".join("\t".join((line.text, line.class_, line.kind)) for line in lines)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _rows(path: Path) -> list[Line]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    except FileNotFoundError as error:
        raise LinesBroken(f"{path} is missing. Every class has a file in every set.") from error
    if not rows or tuple(rows[0]) != COLUMNS:
        raise LinesBroken(f"{path.name}: the first row must be {' '.join(COLUMNS)}.")
    return [_line(row, f"{path.name}:{number}") for number, row in enumerate(rows[1:], start=2)]


def _line(row: list[str], place: str) -> Line:
    if len(row) != len(COLUMNS):
        raise LinesBroken(f"{place}: {len(row)} columns; write {len(COLUMNS)}, with tabs between.")
    text, class_, kind, voice, about, expect, route = row
    for value, known, column in (
        (class_, CLASSES, "class"),
        (voice, VOICES, "voice"),
        (about, ABOUT, "about"),
        (expect, ("0", "1", "2", "3"), "expect"),
    ):
        if value not in known:
            raise LinesBroken(f"{place}: no {column} '{value}'; use one of {', '.join(known)}.")
    return Line(text, class_, kind, voice, about, int(expect), route, place)
