"""Loads the word lists of reflections from content/language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_STEM_KINDS = ("own", "loss", "feeling", "told", "contested")
_FEWEST_STEMS = 3
# Not `spoken`: who speaks dialect is not put into other words.
_COMMON = ("typed", "heard")
# Every scalar is text, so that "no" and "on" are words.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class ReflectionContentError(ValueError):
    """A word list is wrong; the message names the file and the remedy."""


@dataclass(frozen=True)
class Weight:
    """What a clause is about and how much that weighs in a message."""

    kind: str
    weight: int
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class ReflectionWords:
    """Everything authored that reflections are read and built with.

    Attributes:
        sets: Closed-class words and small word lists by name.
        spelling: What is typed to the words that it stands for.
        openers: Word sequences left out at the start of a sentence, longest first.
        closers: The same at the end.
        fillers: Words left out anywhere.
        lead_in: One phrase of time or place before a subject.
        roles: Words for people, one word each; the last word of longer ones.
        feelings: Feeling words that may be said back, as word sequences.
        around: What may stand around a feeling word in a message of feeling words only.
        glad: Good feelings.
        unsaid: Feeling words that are never said back.
        weights: Heaviest first.
        background: Scene-setting.
        ages: Clauses that only say how old somebody is; never joined to another.
        it_may: Clauses that may begin with "it".
        never_message: What keeps a whole message from being mirrored.
        never_clause: What keeps a clause from being mirrored.
        contested: What is one side's account.
        confessed: What the client did wrong by their own account.
        charges: The same where no lead-in makes it gentle.
        illness: What is serious and is never led in with "so".
        neutral: What somebody else did that is news and no reproach.
        bids: What the client said or did to be answered; the answer belongs to it.
        denials: Sentences that take back the one before them.
        unmasked: Sentences that show what was said before to be half of it, or untrue.
        together: What shows that "you" stands for two or more.
        flat: What would sound like a reproach or a shrug after "so".
        common: Everyday words that slips of the keyboard are mended to.
        turned: Each word of the client's side to the word of Belay's.
        agrees: Verbs that change with their subject.
        stems: What leads into a clause, by kind.
        bare_feeling: The clause for a message of feeling words only.
    """

    sets: Mapping[str, frozenset[str]]
    spelling: Mapping[str, tuple[str, ...]]
    openers: tuple[tuple[str, ...], ...]
    closers: tuple[tuple[str, ...], ...]
    fillers: frozenset[str]
    lead_in: re.Pattern[str]
    roles: frozenset[str]
    feelings: tuple[tuple[str, ...], ...]
    around: tuple[tuple[str, ...], ...]
    glad: frozenset[str]
    unsaid: frozenset[str]
    weights: tuple[Weight, ...]
    background: re.Pattern[str]
    ages: re.Pattern[str]
    it_may: re.Pattern[str]
    never_message: re.Pattern[str]
    never_clause: re.Pattern[str]
    contested: re.Pattern[str]
    confessed: re.Pattern[str]
    charges: re.Pattern[str]
    illness: re.Pattern[str]
    neutral: re.Pattern[str]
    bids: re.Pattern[str]
    denials: re.Pattern[str]
    unmasked: re.Pattern[str]
    together: re.Pattern[str]
    flat: re.Pattern[str]
    common: frozenset[str]
    turned: Mapping[str, str]
    agrees: Mapping[str, str]
    stems: Mapping[str, tuple[str, ...]]
    bare_feeling: str


def load_words(content: Path) -> ReflectionWords:
    """Read the lists of a content folder.

    Raises:
        ReflectionContentError: A file is missing or something in it is wrong.
    """
    folder = content / "language" / "reflection"
    words = _mapping(folder / "words.yml")
    common = _mapping(content / "language" / "spelling.yml")
    spelling = _mapping(folder / "spelling.yml")
    left_out = _mapping(folder / "openers.yml")
    events = _mapping(folder / "events.yml")
    feelings = _mapping(folder / "feelings.yml")
    limits = _mapping(folder / "limits.yml")
    turning = _mapping(folder / "turning.yml")
    stems = _mapping(folder / "stems.yml")
    sides = _mapping(folder / "sides.yml")
    try:
        return ReflectionWords(
            sets={name: frozenset(listed) for name, listed in words["sets"].items()}
            | {name: frozenset(listed) for name, listed in sides["sets"].items()}
            | {"time_for": frozenset(turning["time_for"])},
            spelling={
                typed: tuple(to.split())
                for listed in (*(common[group] for group in _COMMON), spelling["spelling"])
                for typed, to in listed.items()
            },
            openers=_sequences(
                [*left_out["openers"], *(f"{one} ," for one in left_out["openers_before_comma"])]
            ),
            closers=_sequences(left_out["closers"]),
            fillers=frozenset(left_out["fillers"]),
            lead_in=_any(words["lead_ins"], "words.yml, lead_ins"),
            roles=_roles(content / "language" / "entities" / "person_role.yml"),
            feelings=_sequences(feelings["said_back"]["adjectives"]),
            around=_sequences(feelings["said_back"]["around"]),
            glad=frozenset(feelings["said_back"]["glad"]),
            unsaid=frozenset(feelings["unsaid"]),
            weights=_weights(events["weights"]),
            background=_any(events["background"], "events.yml, background"),
            ages=_any(events["ages"], "events.yml, ages"),
            it_may=_any(events["it_may"], "events.yml, it_may"),
            never_message=_any(limits["message"], "limits.yml, message"),
            never_clause=_any(limits["clause"], "limits.yml, clause"),
            contested=_any(limits["contested"], "limits.yml, contested"),
            confessed=_any(sides["confessed"], "sides.yml, confessed"),
            charges=_any(sides["charges"], "sides.yml, charges"),
            illness=_any(sides["illness"], "sides.yml, illness"),
            neutral=_any(sides["neutral"], "sides.yml, neutral"),
            bids=_any(sides["bids"], "sides.yml, bids"),
            denials=_any(sides["denials"], "sides.yml, denials"),
            unmasked=_any(sides["unmasked"], "sides.yml, unmasked"),
            together=_any(sides["together"], "sides.yml, together"),
            flat=_any(sides["flat"], "sides.yml, flat"),
            common=frozenset(" ".join(_mapping(folder / "common.yml")["common"]).split()),
            turned=turning["turned"],
            agrees=turning["agrees"],
            stems=_stems(stems["stems"]),
            bare_feeling=stems["bare_feeling"],
        )
    except KeyError as missing:
        raise ReflectionContentError(f"{folder}: {missing} is missing. Restore it.") from missing


def _mapping(file: Path) -> Mapping[str, Any]:
    try:
        parsed = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
    except OSError as error:
        raise ReflectionContentError(f"{file}: cannot be read. Restore it.") from error
    except yaml.YAMLError as wrong:
        raise ReflectionContentError(f"{file}: not valid YAML: {wrong}") from wrong
    if not isinstance(parsed, dict):
        raise ReflectionContentError(f"{file}: has to hold `name: list` pairs. Write them so.")
    return parsed


def _sequences(phrases: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    found = {tuple(phrase.split()) for phrase in phrases}
    return tuple(sorted(found, key=lambda words: (-len(words), words)))


def _any(patterns: Iterable[str], where: str) -> re.Pattern[str]:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    try:
        return re.compile(joined)
    except re.error as wrong:
        raise ReflectionContentError(f"{where}: not a regular expression ({wrong})") from wrong


def _weights(entries: Iterable[Mapping[str, Any]]) -> tuple[Weight, ...]:
    found = [
        Weight(
            kind=entry["kind"],
            weight=int(entry["weight"]),
            pattern=_any(entry["patterns"], f"events.yml, {entry['kind']}"),
        )
        for entry in entries
    ]
    return tuple(sorted(found, key=lambda weight: -weight.weight))


def _roles(file: Path) -> frozenset[str]:
    listed = _mapping(file)["values"].values()
    return frozenset(phrase.split()[-1] for phrases in listed for phrase in phrases) - {"i", "self"}


def _stems(given: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    for kind in _STEM_KINDS:
        if len(given.get(kind, ())) < _FEWEST_STEMS:
            raise ReflectionContentError(
                f"stems.yml: {kind} needs {_FEWEST_STEMS} stems. Add some."
            )
    for kind, stems in given.items():
        if any(stem.lower().count("{clause}") != 1 for stem in stems):
            raise ReflectionContentError(f"stems.yml: a stem of {kind} has no {{clause}}. Add it.")
    return {kind: tuple(stems) for kind, stems in given.items()}
