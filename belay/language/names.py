"""Loads the names for what whole drafts have, from content/language/feedback/named/*.yml.

A name is what `belay feedback` prints: an issue (always_never) or a strength (own_feeling). It
counts the features it lists and patterns of its own:

    features       hits of these features count
    patterns       and hits of these (notation: belay/language/notation.py)
    supported      patterns that count only beside one of `by` in the same sentence
    unless         explains away hits, those of features as well
    kinds          the kinds of drafts in which it is read
    counts         how many hits it takes, where a kind needs more than its features do
    not_beside     does not count beside one of these names in the same sentence
    not_after      does not count after one of these names in the same sentence
    not_with       does not count in a draft with one of these names
    covered_by     does not count where it overlaps one of these names
    without        counts when none of these names and features is in the draft
    in_steps       in a step of an exercise these features count as well
    when_lacking   in a step, counts when one of these is needed and not there, and no issue is
    counts_as      hits go to that other name
    helper         is only there for other names and never printed
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from belay.language.features import FeedbackContent, FeedbackContentError, Rule, parsed, rule_from

Sort = Literal["issue", "strength"]
SUPPORTED = " supported"


@dataclass(frozen=True)
class Name:
    """One name; the module says what its fields mean."""

    name: str
    sort: Sort
    kinds: tuple[str, ...]
    features: tuple[str, ...]
    rule: Rule
    supported: Rule | None
    supported_by: tuple[str, ...]
    counts: Mapping[str, int]
    not_beside: tuple[str, ...]
    not_after: tuple[str, ...]
    not_with: tuple[str, ...]
    covered_by: tuple[str, ...]
    without: tuple[str, ...]
    in_steps: tuple[str, ...]
    when_lacking: tuple[str, ...]
    counts_as: str
    helper: bool
    positive: Mapping[str, tuple[str, ...]]
    negative: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Kind:
    """A kind of draft that can be read without an exercise, and its checks."""

    kind: str
    need: tuple[str, ...]
    need_any: tuple[str, ...]
    ban: tuple[str, ...]


@dataclass(frozen=True)
class NamedContent:
    """All names in the order in which they are read, and the kinds."""

    names: tuple[Name, ...]
    kinds: Mapping[str, Kind]

    def rules(self) -> list[Rule]:
        """Everything the names look for themselves."""
        own = [name.rule for name in self.names]
        return own + [name.supported for name in self.names if name.supported]


def load_names(folder: Path, feedback: FeedbackContent) -> NamedContent:
    """Read issues.yml, strengths.yml and kinds.yml of the folder.

    Raises:
        FeedbackContentError: Something in a file is wrong or missing.
    """
    kinds = {
        entry["kind"]: Kind(
            entry["kind"],
            tuple(entry.get("need", ())),
            tuple(entry.get("need_any", ())),
            tuple(entry.get("ban", ())),
        )
        for entry in _entries(folder / "kinds.yml", "kinds")
    }
    files: tuple[tuple[str, Sort], ...] = (("issues.yml", "issue"), ("strengths.yml", "strength"))
    names: list[Name] = []
    for file, sort in files:
        for entry in _entries(folder / file, "names"):
            try:
                names.append(_name(entry, sort, feedback))
            except (KeyError, TypeError, ValueError) as wrong:
                told = f"lacks {wrong}" if isinstance(wrong, KeyError) else str(wrong)
                raise FeedbackContentError(f"{file}, {entry.get('name', '?')}: {told}") from wrong
    _check(names, kinds, feedback)
    return NamedContent(tuple(names), kinds)


def _entries(file: Path, key: str) -> list[dict[str, Any]]:
    if not file.is_file():
        raise FeedbackContentError(f"{file.name}: not there; restore content/language/feedback")
    entries = parsed(file).get(key)
    if not isinstance(entries, list):
        raise FeedbackContentError(f"{file.name}: has to hold {key}")
    return entries


def _name(entry: Mapping[str, Any], sort: Sort, feedback: FeedbackContent) -> Name:
    name = entry["name"]
    support = entry.get("supported")
    supported = None
    if support is not None:
        supported = rule_from(name + SUPPORTED, support, feedback.sets, quotable=False)
    return Name(
        name=name,
        sort=sort,
        kinds=tuple(entry["kinds"]),
        features=tuple(entry.get("features", ())),
        rule=rule_from(name, entry, feedback.sets, quotable=sort == "strength"),
        supported=supported,
        supported_by=tuple(support["by"]) if support else (),
        counts=dict(entry.get("counts", {})),
        not_beside=tuple(entry.get("not_beside", ())),
        not_after=tuple(entry.get("not_after", ())),
        not_with=tuple(entry.get("not_with", ())),
        covered_by=tuple(entry.get("covered_by", ())),
        without=tuple(entry.get("without", ())),
        in_steps=tuple(entry.get("in_steps", ())),
        when_lacking=tuple(entry.get("when_lacking", ())),
        counts_as=entry.get("counts_as", name),
        helper=entry.get("helper", False),
        positive=_lines(entry, "positive"),
        negative=_lines(entry, "negative"),
    )


def _lines(entry: Mapping[str, Any], key: str) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(lines) for kind, lines in entry.get(key, {}).items()}


def _check(names: list[Name], kinds: Mapping[str, Kind], feedback: FeedbackContent) -> None:
    known = {name.name for name in names}
    for name in names:
        asked = {
            *name.not_beside,
            *name.not_after,
            *name.not_with,
            *name.covered_by,
            name.counts_as,
        }
        wrong = [one for one in asked if one not in known]
        wrong += [one for one in name.kinds if one not in kinds]
        features = (*name.features, *name.in_steps, *name.when_lacking)
        wrong += [one for one in features if one not in feedback.features]
        wrong += [one for one in name.without if one not in known | set(feedback.features)]
        if wrong:
            raise FeedbackContentError(f"{name.name}: nothing is called {', '.join(wrong)}")
