"""The context layer: what single messages do not say, and five in a row do.

A pure function over signs that are data (content/safety/context.yml). What is remembered of a
message is which kinds of signs it held, for five turns, never a word of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from belay.domain.floor import CHECK, Verdict
from belay.domain.normalise import plain

TURNS = 5
DESPAIR = ("hopeless", "no_future", "goodbye")
KINDS = (*DESPAIR, "turned_bad", "unease")
DIFFERENT = 2


@dataclass(frozen=True)
class ContextRules:
    """Signs by kind, compiled, and the spelling they are read in."""

    signs: Mapping[str, re.Pattern[str]]
    calm: re.Pattern[str] | None
    spelling: Any


NO_CONTEXT = ContextRules({}, None, None)


def context_rules(data: Mapping[str, Any], spelling: Any) -> ContextRules:
    """Rules from the file's data.

    Raises:
        ValueError: a kind is missing or unknown, or a pattern is none.
    """
    given = data.get("signs") or {}
    if set(given) != set(KINDS):
        raise ValueError(f"signs have to be exactly {', '.join(KINDS)}")
    calm = data.get("calm") or ()
    try:
        signs = {kind: _any(patterns) for kind, patterns in given.items()}
        return ContextRules(signs, _any(calm) if calm else None, spelling)
    except re.error as error:
        raise ValueError(f"a pattern is broken: {error}") from error


def signs_in(text: str, rules: ContextRules) -> frozenset[str]:
    """The kinds of signs in one message."""
    view = plain(text, rules.spelling).text
    if rules.calm is not None:
        view = rules.calm.sub("~", view)
    return frozenset(kind for kind, pattern in rules.signs.items() if pattern.search(view))


def remembered(recent: Sequence[Sequence[str]], signs: Iterable[str]) -> list[list[str]]:
    """The memory after one more message: at most five turns, kinds only."""
    return [*map(list, recent), sorted(signs)][-TURNS:]


def judge_signs(recent: Sequence[Sequence[str]]) -> Verdict:
    """What the last turns say together: two different signs of despair ask for a check."""
    seen = {kind for signs in recent for kind in signs if kind in DESPAIR}
    if len(seen) < DIFFERENT:
        return Verdict()
    return Verdict(CHECK, "safety_suicide", "context", "turns." + "+".join(sorted(seen)))


def judge_flagged(signs: Iterable[str]) -> Verdict:
    """Unease about a person whose risk is red asks for a check."""
    if not {"unease", "turned_bad"} & set(signs):
        return Verdict()
    return Verdict(CHECK, "safety_abuse_now", "context", "flagged_person")


def judge_practice(signs: Iterable[str]) -> Verdict:
    """A report of a practice that turned dangerous asks for a check."""
    if "turned_bad" not in set(signs):
        return Verdict()
    return Verdict(CHECK, "safety_abuse_now", "context", "practice_turned")


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
