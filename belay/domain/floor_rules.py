"""Compiles the rules of the safety floor from parsed data, and finds their hits quickly.

A pattern is a regular expression with two additions. `{name}` stands for a list of words from
the file. `[[a|b|c*]]` marks its anchor: words of which one has to be in the text (`*` stands
for any ending). A message is searched only around anchors, so that a long message costs
little and no pattern runs over all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from belay.domain.floor_words import Context, Speaker
from belay.domain.normalise import Spelling

_REACH = 160
_STEM = 3
_NAME = re.compile(r"\{([a-z_]+)\}")
_ANCHOR = re.compile(r"\[\[([a-z0-9|* ]+)\]\]")
_TOKEN = re.compile(r"[0-9]+|[a-z]+")
_LITERAL = re.compile(r"[a-z]{3,}")
_NOTHING = r"(?!)"
_WORD_LISTS = ("negators", "joiners", "first", "own", "bridges", "third", "others", "owners")
_DENIALS = (
    "double",
    "raising",
    "turning",
    "secret",
    "disclaimed",
    "asked",
    "answered",
    "unsaid",
    "affirmed",
)
_PASTS = ("past", "past_after", "long_past", "present", "present_other", "ceased", "gone")
_TODAYS = ("now", "now_back", "now_well")
_TELLINGS = ("story", "source", "told", "dreamt", "same", "reporting", "lost")
_PHRASE_LISTS = _DENIALS + _PASTS + _TODAYS + _TELLINGS


@dataclass(frozen=True)
class Rule:
    """One rule: its patterns share a tier and a route.

    Attributes:
        grief: The rule is about a loss that has happened, so its hit is no danger by itself.
    """

    id: str
    tier: int
    route: str | None
    speaker: Speaker
    unless: re.Pattern[str] | None
    grief: bool
    hits: tuple[str, ...]
    misses: tuple[str, ...]


class Anchored:
    """Patterns that are only tried near their anchor words."""

    def __init__(self, patterns: Sequence[tuple[re.Pattern[str], Sequence[str]]]) -> None:
        self.patterns = [pattern for pattern, _ in patterns]
        self._words: dict[str, list[int]] = {}
        self._stems: dict[str, list[tuple[str, int]]] = {}
        for number, (_, anchors) in enumerate(patterns):
            for anchor in anchors:
                if anchor.endswith("*"):
                    stem = anchor[:-1]
                    self._stems.setdefault(stem[:_STEM], []).append((stem, number))
                else:
                    self._words.setdefault(anchor, []).append(number)

    def matches(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Give every match with the number of its pattern."""
        windows: dict[int, list[list[int]]] = {}
        for token in _TOKEN.finditer(text):
            word = token.group()
            numbers = self._words.get(word, ())
            stems = self._stems.get(word[:_STEM], ())
            if numbers or stems:
                near = _around(text, token.start(), token.end())
                for number in numbers:
                    _widen(windows, number, near)
                for stem, number in stems:
                    if word.startswith(stem):
                        _widen(windows, number, near)
        for number in sorted(windows):
            for low, high in windows[number]:
                for match in self.patterns[number].finditer(text, low, high):
                    yield number, match


@dataclass(frozen=True)
class FloorRules:
    """Everything the floor judges by, compiled."""

    version: str
    rules: tuple[Rule, ...]
    owners: tuple[Rule, ...]
    patterns: Anchored
    masks: Anchored
    context: Context
    spelling: Spelling

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with this id, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


def rules_from(data: Mapping[str, Any]) -> FloorRules:
    """Compile parsed rules data.

    Raises:
        ValueError: Naming the entry that is wrong and what it needs.
    """
    words = _words(data)
    sources = [p for entry in _list(data, "rules") for p in _list(entry, "patterns")]
    literals = {w for source in sources for w in _LITERAL.findall(_expanded(source, words))}
    rules: list[Rule] = []
    owners: list[Rule] = []
    compiled: list[tuple[re.Pattern[str], Sequence[str]]] = []
    for entry in _list(data, "rules"):
        rule = _rule(entry, words)
        if any(rule.id == earlier.id for earlier in rules):
            raise ValueError(f"rule {rule.id}: the id is used twice; give it another")
        rules.append(rule)
        for source in _list(entry, "patterns"):
            compiled.append(_pattern(source, words, f"rule {rule.id}"))
            owners.append(rule)
    masks = [_pattern(source, words, "masks") for source in _list(data, "masks")]
    spelling = Spelling(_mapping(data, "spelling"), literals, _list(data, "close_spelling"))
    return FloorRules(
        version=str(data.get("version", "")),
        rules=tuple(rules),
        owners=tuple(owners),
        patterns=Anchored(compiled),
        masks=Anchored(masks),
        context=_context(_mapping(data, "context"), words),
        spelling=spelling,
    )


def _rule(entry: Mapping[str, Any], words: Mapping[str, str]) -> Rule:
    rule_id = str(entry.get("id", "")) if isinstance(entry, Mapping) else ""
    if not rule_id:
        raise ValueError(f"rules: each rule needs an id; found {entry!r}")
    tier = entry.get("tier")
    if tier not in (1, 2, 3):
        raise ValueError(f"rule {rule_id}: tier has to be 1, 2 or 3, found {tier!r}")
    speaker = entry.get("speaker", "any")
    if speaker not in ("first", "other", "any"):
        raise ValueError(f"rule {rule_id}: speaker has to be first, other or any")
    unless = [_expanded(source, words) for source in entry.get("unless", ())]
    return Rule(
        id=rule_id,
        tier=tier,
        route=entry.get("route"),
        speaker=speaker,
        unless=_compiled("|".join(unless), f"rule {rule_id}, unless") if unless else None,
        grief=bool(entry.get("grief", False)),
        hits=tuple(entry.get("hits", ())),
        misses=tuple(entry.get("misses", ())),
    )


def _pattern(
    source: str, words: Mapping[str, str], where: str
) -> tuple[re.Pattern[str], Sequence[str]]:
    anchors = _ANCHOR.findall(source)
    if not anchors:
        raise ValueError(f"{where}: a pattern needs an [[anchor]]: {source}")
    choices = [choice for anchor in anchors for choice in anchor.split("|")]
    for choice in choices:
        if not _TOKEN.fullmatch(choice.removesuffix("*")) or (
            choice.endswith("*") and len(choice) <= _STEM
        ):
            raise ValueError(f"{where}: the anchor {choice!r} has to be one word of letters")
    with_anchor = _ANCHOR.sub(lambda a: "(?:" + a[1].replace("*", r"\w*") + ")", source)
    return _compiled(rf"\b(?:{_expanded(with_anchor, words)})", f"{where}: {source}"), choices


def _context(data: Mapping[str, Any], words: Mapping[str, str]) -> Context:
    fields: dict[str, Any] = {name: frozenset(_list(data, name)) for name in _WORD_LISTS}
    for name in _PHRASE_LISTS:
        phrases = [_expanded(source, words) for source in _list(data, name)]
        fields[name] = _compiled("|".join(phrases) or _NOTHING, f"context {name}")
    return Context(**fields)


def _words(data: Mapping[str, Any]) -> dict[str, str]:
    words: dict[str, str] = {}
    for name, source in _mapping(data, "words").items():
        words[name] = _expanded(str(source), words)
    return words


def _expanded(source: str, words: Mapping[str, str]) -> str:
    def put(found: re.Match[str]) -> str:
        if found[1] not in words:
            raise ValueError(f"unknown word list {{{found[1]}}} in {source!r}; add it to words")
        return f"(?:{words[found[1]]})"

    return _NAME.sub(put, source)


def _compiled(source: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(source)
    except re.error as error:
        raise ValueError(f"{where}: not a regular expression ({error})") from error


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    low = text.rfind(" ", 0, max(0, start - _REACH)) + 1
    high = text.find(" ", end + _REACH)
    return low, len(text) if high < 0 else high


def _widen(windows: dict[int, list[list[int]]], number: int, near: tuple[int, int]) -> None:
    found = windows.setdefault(number, [])
    if found and near[0] <= found[-1][1]:
        found[-1][1] = max(found[-1][1], near[1])
    else:
        found.append(list(near))


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    found = data.get(name, [])
    if not isinstance(found, list):
        raise ValueError(f"{name}: has to be a list")
    return found


def _mapping(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name, {})
    if not isinstance(found, Mapping):
        raise ValueError(f"{name}: has to be a mapping")
    return found
