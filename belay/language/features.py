"""Loads the features of drafts from content/language/feedback/*.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from re import IGNORECASE, Pattern, error
from re import compile as compile_regex
from typing import Any, get_args

import yaml

from belay.domain.feedback import Level, Opens
from belay.language.notation import TokenPattern, compile_pattern

_WORDINGS = ("tips", "missing", "praise")
_VARIANTS = 3


class FeedbackContentError(ValueError):
    """A feedback file is wrong; the message names the file, the feature and the remedy."""


@dataclass(frozen=True)
class Rule:
    """Something to look for. `quotable`: also inside quotations and reported speech."""

    id: str
    patterns: tuple[TokenPattern, ...]
    unless: tuple[TokenPattern, ...]
    regex: tuple[Pattern[str], ...]
    quotable: bool


@dataclass(frozen=True)
class Feature:
    """One thing that a draft can have.

    Attributes:
        id: As exercises name it (F01).
        name: A field word for it (always_never).
        title: What it is called towards a client, on a marked draft.
        rule: What it is found by.
        count: It takes this many hits to fire.
        most_words: It fires on drafts of at most so many words; patterns are not used.
        least_words: It fires on drafts of at least so many words.
        tips: What to say when it fires; `{words}` are the client's.
        missing: What to say when a step needs it and it is not there.
        praise: What to say when it is there and works.
        positive: Lines in which it has to fire.
        negative: Lines in which it must not.
    """

    id: str
    name: str
    title: str
    level: Level
    opens: Opens | None
    rule: Rule
    count: int
    most_words: int | None
    least_words: int | None
    tips: tuple[str, ...]
    missing: tuple[str, ...]
    praise: tuple[str, ...]
    positive: tuple[str, ...]
    negative: tuple[str, ...]


@dataclass(frozen=True)
class FeedbackContent:
    """All features by id, in the order of the files, and how words are read."""

    features: Mapping[str, Feature]
    reported: tuple[TokenPattern, ...]
    spelling: Mapping[str, str]
    lemmas: Mapping[str, str]
    sets: Mapping[str, list[str]]


def load_feedback(folder: Path) -> FeedbackContent:
    """Read every file of the folder.

    Raises:
        FeedbackContentError: Something in a file is wrong or missing.
    """
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise FeedbackContentError(f"{folder}: no feedback files; restore content/language")
    data = {file.name: parsed(file) for file in files}
    sets: dict[str, list[str]] = {}
    spelling: dict[str, str] = {}
    lemmas: dict[str, str] = {}
    for entries in data.values():
        sets.update({name: _words(words) for name, words in entries.get("sets", {}).items()})
        spelling.update(entries.get("spelling", {}))
        lemmas.update(entries.get("lemmas", {}))
    features: dict[str, Feature] = {}
    reported: list[TokenPattern] = []
    for name, entries in data.items():
        for source in entries.get("reported", ()):
            reported.append(compile_pattern(source, sets))
        for entry in entries.get("features", ()):
            try:
                feature = _feature(entry, sets)
            except (KeyError, TypeError, ValueError) as wrong:
                told = f"lacks {wrong}" if isinstance(wrong, KeyError) else str(wrong)
                raise FeedbackContentError(f"{name}, {entry.get('id', '?')}: {told}") from wrong
            if feature.id in features:
                raise FeedbackContentError(f"{name}, {feature.id}: the id is used twice")
            features[feature.id] = feature
    return FeedbackContent(features, tuple(reported), spelling, lemmas, sets)


def parsed(file: Path) -> dict[str, Any]:
    """A file of the folder, read.

    Raises:
        FeedbackContentError: It is not valid YAML, or no mapping.
    """
    try:
        found = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
    except yaml.YAMLError as wrong:
        raise FeedbackContentError(f"{file.name}: not valid YAML: {wrong}") from wrong
    if not isinstance(found, dict):
        raise FeedbackContentError(f"{file.name}: has to hold features, sets or spelling")
    return found


# The compiled loader is safe as well and ten times as fast; it is not built everywhere.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _feature(entry: Mapping[str, Any], sets: Mapping[str, list[str]]) -> Feature:
    level = entry["level"]
    if level not in get_args(Level):
        raise ValueError(f"level has to be S, R, N or P, found {level!r}")
    opens = entry.get("opens")
    if (level == "S") != (opens in get_args(Opens)):
        raise ValueError("level S, and only S, opens a safety_check or a respectful_turn")
    feature = Feature(
        id=entry["id"],
        name=entry["name"],
        title=entry["title"],
        level=level,
        opens=opens,
        rule=rule_from(entry["id"], entry, sets, quotable=level in ("S", "P")),
        count=entry.get("count", 1),
        most_words=entry.get("most_words"),
        least_words=entry.get("least_words"),
        tips=tuple(entry.get("tips", ())),
        missing=tuple(entry.get("missing", ())),
        praise=tuple(entry.get("praise", ())),
        positive=tuple(entry["positive"]),
        negative=tuple(entry["negative"]),
    )
    wanted = {"R": ("tips",), "N": ("tips",), "P": ("missing", "praise"), "S": ()}[level]
    for wording in _WORDINGS:
        found = len(getattr(feature, wording))
        if found != (_VARIANTS if wording in wanted else 0):
            many = _VARIANTS if wording in wanted else "no"
            raise ValueError(f"level {level} needs {many} wordings in {wording}, found {found}")
    return feature


def rule_from(
    rule_id: str, entry: Mapping[str, Any], sets: Mapping[str, list[str]], *, quotable: bool
) -> Rule:
    """The patterns of an entry.

    Raises:
        ValueError: A pattern or a regular expression cannot be read.
    """
    return Rule(
        rule_id,
        tuple(compile_pattern(source, sets) for source in entry.get("patterns", ())),
        tuple(compile_pattern(source, sets) for source in entry.get("unless", ())),
        tuple(_regex(source) for source in entry.get("regex", ())),
        entry.get("quotable", quotable),
    )


def _regex(source: str) -> Pattern[str]:
    try:
        return compile_regex(source, IGNORECASE)
    except error as wrong:
        raise ValueError(f"not a regular expression: {source} ({wrong})") from wrong


def _words(words: Any) -> list[str]:
    return words.split() if isinstance(words, str) else [str(word) for word in words]
