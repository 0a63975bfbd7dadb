"""Reads a content folder, once, at start."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from belay.content.broken import ContentBroken
from belay.content.catalogue import AuthoredCatalogue
from belay.content.exercise_shape import ExerciseShape
from belay.content.helplines import AuthoredHelplines
from belay.content.shapes import (
    ButtonShape,
    CountryShape,
    LineShape,
    LinesShape,
    OnlookerShape,
    RolesShape,
)
from belay.content.sign_off import SignOffs, read_sign_offs
from belay.content.spelling import with_common_spellings
from belay.content.times import AuthoredTimes, TimesShape
from belay.content.words import AuthoredWords
from belay.content.yaml_file import YamlFile
from belay.domain.exercise import Exercise

_NO_LINES = ("buttons.yml", "roles.yml", "times.yml")


@dataclass(frozen=True)
class Content:
    """Everything authored. `version` changes when any content file does."""

    words: AuthoredWords
    catalogue: AuthoredCatalogue
    helplines: AuthoredHelplines
    floor_data: Mapping[str, Any]
    context_data: Mapping[str, Any]
    onlooker_words: Mapping[str, Sequence[str]]
    sign_offs: SignOffs
    names: frozenset[str]
    names_also_words: frozenset[str]
    widget_labels: Mapping[str, str]
    widget_problems: Mapping[str, str]
    version: str

    def notices(self, today: date) -> list[str]:
        """What waits for a person: safety texts to be signed, help lines to be checked."""
        return [*self.sign_offs.report(), *self.helplines.report(today)]


def load_content(folder: Path) -> Content:
    """Load and check a content folder.

    Raises:
        ContentBroken: One sentence with file, line and remedy for the first thing found.
    """
    if not folder.is_dir():
        raise ContentBroken(str(folder), None, "there is no such folder. Set BELAY_CONTENT.")
    buttons = _buttons(folder)
    return Content(
        words=_words(folder, buttons),
        catalogue=AuthoredCatalogue(_exercises(folder)),
        helplines=_helplines(folder),
        floor_data=with_common_spellings(
            YamlFile(folder / "safety" / "floor.yml", folder).mapping(),
            YamlFile(folder / "language" / "spelling.yml", folder).mapping(),
        ),
        context_data=YamlFile(folder / "safety" / "context.yml", folder).mapping(),
        onlooker_words=_onlooker_words(folder),
        sign_offs=read_sign_offs(folder),
        names=_names(folder, "names.txt"),
        names_also_words=_names(folder, "names_also_words.txt"),
        widget_labels=_labels(folder, "labels.yml"),
        widget_problems=_labels(folder, "problems.yml"),
        version=_version(folder),
    )


def line_files(folder: Path) -> list[Path]:
    """The files that hold lines, in order."""
    replies = [
        path for path in sorted((folder / "replies").glob("*.yml")) if path.name not in _NO_LINES
    ]
    return [*replies, *sorted((folder / "faq").glob("*.yml")), folder / "safety" / "replies.yml"]


def _words(folder: Path, buttons: Mapping[str, ButtonShape]) -> AuthoredWords:
    lines: dict[str, LineShape] = {}
    for path in line_files(folder):
        file = YamlFile(path, folder)
        for place, line in enumerate(file.shaped(LinesShape).lines):
            at = ("lines", place)
            if not line.variants:
                raise file.broken(
                    f"the line '{line.id}' has no variants. Add at least one under `variants:`.",
                    (*at, "variants"),
                )
            if line.id in lines:
                raise file.broken(f"the line '{line.id}' exists already. Rename or remove it.", at)
            for number, name in enumerate(line.buttons):
                if name not in buttons:
                    raise file.broken(
                        f"the line '{line.id}' names the button '{name}', which there is not. "
                        "Add it to replies/buttons.yml.",
                        (*at, "buttons", number),
                    )
            lines[line.id] = line
    people = YamlFile(folder / "replies" / "roles.yml", folder).shaped(RolesShape)
    times = YamlFile(folder / "replies" / "times.yml", folder).shaped(TimesShape)
    return AuthoredWords(lines, buttons, people, AuthoredTimes(times))


def _buttons(folder: Path) -> dict[str, ButtonShape]:
    file = YamlFile(folder / "replies" / "buttons.yml", folder)
    return {name: file.shaped(ButtonShape, one, (name,)) for name, one in file.mapping().items()}


def _exercises(folder: Path) -> list[Exercise]:
    found: list[tuple[int, Exercise]] = []
    for path in sorted((folder / "exercises").glob("*.yml")):
        file = YamlFile(path, folder)
        shape = file.shaped(ExerciseShape)
        if shape.id != path.stem:
            raise file.broken(f"the id '{shape.id}' has to be '{path.stem}' as the file.", ("id",))
        version = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        found.append((shape.place, shape.built(version)))
    if not found:
        raise ContentBroken(
            f"{folder.name}/exercises", None, "there is no exercise here. Add one (docs tell how)."
        )
    return [exercise for _, exercise in sorted(found, key=lambda pair: (pair[0], pair[1].id))]


def _helplines(folder: Path) -> AuthoredHelplines:
    countries: dict[str, CountryShape] = {}
    world: CountryShape | None = None
    for path in sorted((folder / "helplines").glob("*.yml")):
        file = YamlFile(path, folder)
        shape = file.shaped(CountryShape)
        if (shape.country or "world") != path.stem:
            raise file.broken(
                f"the file of {shape.country or 'the world'} has to be called "
                f"{shape.country or 'world'}.yml. Rename it.",
                ("country",),
            )
        if shape.country is None:
            world = shape
        else:
            countries[shape.country] = shape
    if world is None:
        raise ContentBroken(
            f"{folder.name}/helplines/world.yml", None, "the file is missing. Restore it."
        )
    return AuthoredHelplines(world, countries)


def _onlooker_words(folder: Path) -> Mapping[str, Sequence[str]]:
    shape = YamlFile(folder / "safety" / "onlooker.yml", folder).shaped(OnlookerShape)
    return {"look": shape.look, "back": shape.back}


def _names(folder: Path, file: str) -> frozenset[str]:
    path = folder / "language" / file
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise ContentBroken(
            f"{folder.name}/language/{file}", None, "the file cannot be read. Restore it."
        ) from error
    words = (word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset(word.lower() for word in words)


def _labels(folder: Path, name: str) -> dict[str, str]:
    file = YamlFile(folder / "widget" / name, folder)
    labels = file.mapping()
    for name, text in labels.items():
        if not isinstance(text, str):
            raise file.broken(f"the label '{name}' has to be text. Put it in quotes.", (name,))
    return labels


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
