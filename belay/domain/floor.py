"""The safety floor: what a message says by itself, read on receipt and before any write.

A pure function over rules that are data (content/safety/floor.yml). It needs no database,
no model and no other process, so it still answers when everything else is down.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from belay.domain.floor_context import standing
from belay.domain.floor_rules import FloorRules, Rule, rules_from
from belay.domain.floor_telling import fiction_about_others
from belay.domain.floor_words import Standing
from belay.domain.normalise import Plain, plain

__all__ = ["FloorRules", "Layer", "Verdict", "judge", "rules_from"]

Layer = Literal["floor", "model", "context"]

CRISIS = 3
CHECK = 2
CARE = 1
# The rule that asks for the help page, at tier 1.
HELP_RULE = "HELP"
THIRD_PARTY = "safety_third_party_worry"
_DIED_BEFORE = 14
_DIED_AFTER = 45


@dataclass(frozen=True)
class Verdict:
    """What one layer, or all of them together, made of a message.

    Attributes:
        tier: 3 full crisis reply, 2 direct question with lines, 1 care and an offer, 0 nothing.
        route: The safety intent whose reply fits, or None.
        layer: Who said so, or None at tier 0.
        rule: The rule that fired, for the record.
        span: Where in the original text, or None.
        eased: Where hits stand that are denied, long past, grieved for or from a story.
    """

    tier: int = 0
    route: str | None = None
    layer: Layer | None = None
    rule: str | None = None
    span: tuple[int, int] | None = None
    eased: tuple[tuple[int, int], ...] = ()

    def worse(self, other: Verdict) -> Verdict:
        """The verdict with the higher tier; this one when they are equal."""
        return other if other.tier > self.tier else self

    def as_dict(self) -> dict[str, int | str | None]:
        """The four published fields."""
        return {"tier": self.tier, "route": self.route, "layer": self.layer, "rule": self.rule}


def judge(text: str, rules: FloorRules) -> Verdict:
    """Judge one message.

    The worst hit counts; among equals, the rule that stands first in the file (the typed words
    for the help page do). A hit that is denied, long past or from a story is never dropped
    to silence: it comes out at tier 1.
    """
    view = _masked(plain(text, rules.spelling), rules)
    worst = Verdict()
    eased: list[tuple[int, int]] = []
    for number, match in rules.patterns.matches(view.text):
        rule = rules.owners[number]
        # Hits come in the order of the rules, so an equal one later changes no tier.
        known = rule.tier < worst.tier or (rule.tier == worst.tier and not rule.grief)
        if known or _taken_back(view.text, rule, match.span(), rules):
            continue
        found = _weigh(view, rule, match, rules)
        if found.tier == CARE and found.span is not None and (rule.tier > CARE or rule.grief):
            # Also the model layer then needs more than a doubt.
            eased.append(found.span)
        worst = worst.worse(found)
        if worst.tier == CRISIS:
            break
    return replace(worst, eased=_joined(eased)) if worst.tier == CARE else worst


def _joined(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans that overlap, from several rules, as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def _taken_back(text: str, rule: Rule, span: tuple[int, int], rules: FloorRules) -> bool:
    """Whether a phrase that explains the hit away overlaps it; elsewhere it says nothing."""
    if rule.unless is None:
        return False
    opens, closes = rules.context.sentence(text, *span)
    return any(
        found.start() < span[1] and found.end() > span[0]
        for found in rule.unless.finditer(text, opens, closes)
    )


def _masked(view: Plain, rules: FloorRules) -> Plain:
    """Blank the idioms, and only them, so that the rest of the message is still read."""
    letters = list(view.text)
    for _, match in rules.masks.matches(view.text):
        letters[match.start() : match.end()] = "~" * (match.end() - match.start())
    return Plain("".join(letters), view.starts, view.ends)


def _mourned(text: str, start: int, end: int, rules: FloorRules) -> bool:
    """Whether the one it is about has died of it."""
    return bool(rules.context.lost.search(text, max(0, start - _DIED_BEFORE), end + _DIED_AFTER))


def _weigh(view: Plain, rule: Rule, match: re.Match[str], rules: FloorRules) -> Verdict:
    start, end = match.span()
    span = view.source(start, end)
    if rule.tier <= CARE:
        return Verdict(rule.tier, rule.route, "floor", rule.id, span)
    denied = bool(match.groupdict().get("neg"))
    found = standing(view.text, start, end, rules.context, rule.speaker, denied=denied)
    route, tier = rule.route, rule.tier
    if found is Standing.OTHERS:
        told = fiction_about_others(view.text, start, end, rules.context)
        told = told or _mourned(view.text, start, end, rules)
        route, tier = THIRD_PARTY, CARE if told else min(tier, CHECK)
    elif found is Standing.DOUBTFUL:
        tier = min(tier, CHECK)
    elif found in (Standing.DENIED, Standing.PAST, Standing.STORY):
        tier = CARE
    return Verdict(tier, route, "floor", rule.id, span)
