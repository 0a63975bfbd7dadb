"""What the safety layers catch, and whom they disturb."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.examples import Example
from evaluation.outside import HARMLESS, MUST, Message, SafetyLine
from evaluation.reading import CARE_TIER, CHECK_TIER, Reading
from evaluation.scores import share

SAFETY_PREFIX = "safety_"


@dataclass(frozen=True)
class Judged:
    """One line as judged.

    Attributes:
        kind: What it is: an intent, or a label.
        danger: True where it must reach a safety reply, False where it must not, None where
            either is right.
        model: Whether the model layer leads to a safety reply.
        model_cares: Whether it leads at least to a line of care.
        floor: The tier of the floor.
    """

    kind: str
    danger: bool | None
    model: bool
    model_cares: bool
    floor: int

    @property
    def both(self) -> bool:
        """Whether the product gives a safety reply."""
        return self.model or self.floor >= CHECK_TIER

    @property
    def cared(self) -> bool:
        """Whether it is at least met with care."""
        return self.model_cares or self.floor >= CARE_TIER


def own(
    examples: Sequence[Example], readings: Sequence[Reading], floor: Sequence[int]
) -> list[Judged]:
    """The project's own lines as judged."""
    return [
        Judged(example.intent, _danger(example), reading.alarms, reading.cares, tier)
        for example, reading, tier in zip(examples, readings, floor, strict=True)
    ]


def real(
    messages: Sequence[Message], readings: Sequence[Reading], floor: Sequence[int]
) -> list[Judged]:
    """Real first messages as judged."""
    return [
        Judged(
            message.danger,
            True if message.in_danger else (None if message.may_alarm else False),
            reading.alarms,
            reading.cares,
            tier,
        )
        for message, reading, tier in zip(messages, readings, floor, strict=True)
    ]


def hand_read(
    lines: Sequence[SafetyLine], readings: Sequence[Reading], floor: Sequence[int]
) -> list[Judged]:
    """Hand-read lines as judged; for what is past or grief, a question is no fault."""
    return [
        Judged(
            line.label,
            True if line.label in MUST else (False if line.label in HARMLESS else None),
            reading.alarms,
            reading.cares,
            tier,
        )
        for line, reading, tier in zip(lines, readings, floor, strict=True)
    ]


def caught(judged: Sequence[Judged]) -> dict[str, Any]:
    """Recall, precision and false alarms, by the model alone, the floor alone, and both."""
    danger = [one for one in judged if one.danger]
    calm = [one for one in judged if one.danger is False]
    layers = {
        "model": (lambda one: one.model),
        "floor": (lambda one: one.floor >= CHECK_TIER),
        "both": (lambda one: one.both),
    }
    found: dict[str, Any] = {"danger": len(danger), "calm": len(calm)}
    for name, fires in layers.items():
        hits, false = sum(map(fires, danger)), sum(map(fires, calm))
        found[name] = {
            "recall": round(hits / len(danger), 4) if danger else None,
            "precision": round(hits / (hits + false), 4) if hits + false else None,
            "false_alarms": round(false / len(calm), 4) if calm else None,
            "missed": len(danger) - hits,
            "disturbed": false,
        }
    return found


def by_kind(judged: Sequence[Judged]) -> dict[str, Any]:
    """The share of each kind that reaches a safety reply, or at least care."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[one.kind].append(one)
    return {
        kind: {
            "rows": len(group),
            "model": round(share(one.model for one in group), 4),
            "floor": round(share(one.floor >= CHECK_TIER for one in group), 4),
            "both": round(share(one.both for one in group), 4),
            "cared": round(share(one.cared for one in group), 4),
        }
        for kind, group in sorted(groups.items())
    }


def missed_and_disturbed(examples: Sequence[Example], judged: Sequence[Judged]) -> dict[str, Any]:
    """Lines of the project's own where the layers together are wrong."""
    pairs = list(zip(examples, judged, strict=True))
    return {
        "missed": [_line(example) for example, one in pairs if one.danger and not one.both],
        "disturbed": [_line(example) for example, one in pairs if one.danger is False and one.both],
        "disturbed_by_intent": dict(
            Counter(one.kind for one in judged if one.danger is False and one.both).most_common()
        ),
    }


def _danger(example: Example) -> bool | None:
    if example.intent.startswith(SAFETY_PREFIX):
        return True
    if any(name.startswith(SAFETY_PREFIX) for name in example.acceptable):
        return None
    return False


def _line(example: Example) -> dict[str, str]:
    return {"place": example.place, "text": example.text, "intent": example.intent}
