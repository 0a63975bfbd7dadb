"""What the probabilities of danger in the pieces of a message make of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa_ext.safety_head_windows import Window

CHECK_TIER = 2
CARE_TIER = 1
CHILD = "safety_child"


@dataclass(frozen=True)
class Finding:
    """The verdict of the model layer.

    Attributes:
        tier: 2 a direct question with help lines, 1 one line of care, 0 nothing.
        route: The safety intent whose reply fits, or None.
        danger: How likely danger of any kind is in the piece that counts.
    """

    tier: int = 0
    route: str | None = None
    danger: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The four published fields."""
        if not self.tier:
            return {"tier": 0, "route": None, "layer": None, "rule": None}
        rule = f"model.{self.route}"
        return {"tier": self.tier, "route": self.route, "layer": "model", "rule": rule}


def judge(
    pieces: Iterable[tuple[Window, Mapping[str, float]]],
    *,
    check: float,
    care: float,
    eased_from: float,
    eased: Sequence[str] = (),
    child_from: float = 0.0,
) -> Finding:
    """The worst of the pieces counts.

    Args:
        pieces: Each piece of the message with the probability of each kind of danger.
        check: How likely danger of any kind must be for a direct question (tier 2).
        care: How likely for one line of care while the message is answered (tier 1).
        eased_from: The same as ``check`` for pieces that hold words of ``eased``.
        eased: Words that the floor found denied, long past or from a story. Such a piece stays
            at tier 1 unless it is danger almost surely; other pieces are judged as ever.
        child_from: How likely danger must be for a question where a child is what it is about;
            below it stays at one line of care, never at silence. Raised inside an exercise: who
            is there has said to be of age, and "school" is in many plain answers.
    """
    worst = Finding()
    for window, dangers in pieces:
        danger = sum(dangers.values())
        if danger < care or not dangers:
            continue
        route = max(dangers, key=lambda kind: dangers[kind])
        softened = any(words in window.text for words in eased)
        asked_from = eased_from if softened else check
        asks = danger >= asked_from
        if asks and route == CHILD and danger < child_from:
            # Less sure than it takes here: the other dangers are judged without it.
            others = {kind: share for kind, share in dangers.items() if kind != CHILD}
            asks = sum(others.values()) >= asked_from
            route = max(others, key=lambda kind: others[kind]) if asks else route
        tier = CHECK_TIER if asks else CARE_TIER
        if (tier, danger) > (worst.tier, worst.danger):
            worst = Finding(tier, route, danger)
    return worst
