"""The lines that the project owns: training examples, and what they are tested with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.marked_yaml import LINE, DataFileWrong, load
from evaluation.places import HELD_OUT, TRAINING, shown

# The rules were mended while looking at the first; whoever mends rules does not open the second.
ENTITY_FILES = ("entities", "entities_second")


@dataclass(frozen=True)
class Example:
    """One line with what a careful reader makes of it.

    Attributes:
        text: The words.
        intent: Its intent, with the sub-answer where it has one (``faq/what_is``).
        file: The file, from the project's root.
        line: The line in the file.
        acceptable: Other intents that are an honest reading.
        voice: How it is written (curt, rambling ...), or "".
        relation: Who it is about, or "".
        asks: Whether it asks for something; None where nobody said.
    """

    text: str
    intent: str
    file: str
    line: int
    acceptable: tuple[str, ...] = ()
    voice: str = ""
    relation: str = ""
    asks: bool | None = None

    @property
    def place(self) -> str:
        """File and line, as editors understand it."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class EntityLine:
    """A line with the entities that a reader marked in it.

    Attributes:
        text: The words.
        entities: Kind, words as typed, and value.
        file: The file, from the project's root.
        line: The line in the file.
    """

    text: str
    entities: tuple[tuple[str, str, str], ...]
    file: str
    line: int


def training_examples(folder: Path = TRAINING) -> list[Example]:
    """All training examples, in the order of files and lines.

    Raises:
        DataFileWrong: A file does not have the form of Rasa's training data.
    """
    files = sorted(folder.rglob("*.yml"))
    if not files:
        raise DataFileWrong(f"There are no examples in {shown(folder)}: restore them from git.")
    return [example for file in files for example in _trained_in(file)]


def held_out(name: str, folder: Path = HELD_OUT) -> list[Example]:
    """The test lines of ``tests/nlu/<name>.yml``.

    Raises:
        DataFileWrong: The file does not have the form of test lines.
    """
    file = folder / f"{name}.yml"
    return [
        Example(
            text=_text(entry, file),
            intent=_named(entry, "intent", file),
            file=shown(file),
            line=entry[LINE],
            acceptable=tuple(entry.get("acceptable") or ()),
            voice=str(entry.get("voice") or ""),
            relation=str(entry.get("relation") or ""),
        )
        for entry in _entries(load(file), "lines", file)
    ]


def entity_lines(name: str, folder: Path = HELD_OUT) -> list[EntityLine]:
    """The test lines of ``tests/nlu/<name>.yml``, one of ``ENTITY_FILES``.

    Raises:
        DataFileWrong: The file does not have the form of entity lines.
    """
    file = folder / f"{name}.yml"
    return [
        EntityLine(
            text=_text(entry, file),
            entities=tuple(
                (_named(mark, "entity", file), _text(mark, file), str(mark.get("value")))
                for mark in entry.get("entities") or ()
            ),
            file=shown(file),
            line=entry[LINE],
        )
        for entry in _entries(load(file), "lines", file)
    ]


def _trained_in(file: Path) -> Iterator[Example]:
    for block in _entries(load(file), "nlu", file):
        if "intent" not in block:
            continue  # synonyms and lookup tables hold no lines
        for entry in _entries(block, "examples", file):
            about = entry.get("metadata") or {}
            yield Example(
                text=_text(entry, file),
                intent=str(block["intent"]),
                file=shown(file),
                line=entry[LINE],
                voice=str(about.get("voice") or ""),
                relation=str(about.get("relation") or ""),
                asks=about.get("asks"),
            )


def _entries(data: Mapping[str, Any], key: str, file: Path) -> list[dict[str, Any]]:
    entries = data.get(key)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise DataFileWrong(f"{shown(file)}: `{key}:` must be a list of mappings.")
    return entries


def _text(entry: Mapping[str, Any], file: Path) -> str:
    return _named(entry, "text", file)


def _named(entry: Mapping[str, Any], key: str, file: Path) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DataFileWrong(f"{shown(file)}:{entry.get(LINE)}: `{key}` must be a text.")
    return value
