"""What the product made of a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from evaluation.data_rules import NEEDS, SAFETY

Tell = Callable[[str, int, int], None]

FALLBACK = "nlu_fallback"
MAYBE_CONTROL = "maybe_control"
# A short answer that could also be one of these is asked about; everything else is taken as an
# answer (belay/services/steps.py).
ASKED_ABOUT = frozenset({"stop_exercise", "pause_exercise", "change_topic"})
ASKED_WORDS = 8
CHECK_TIER, CARE_TIER = 2, 1
# Said while an exercise is open; there the product reads a text in another way.
SAID_IN_EXERCISE = frozenset(
    {
        "answer_free",
        "skip_step",
        "dont_know",
        "ask_help_step",
        "go_back_edit",
        "pause_exercise",
        "stop_exercise",
        "change_topic",
        "push_back",
    }
)
# The needs that an exercise is offered for. A feeling is met, not worked on.
OFFERED = frozenset(NEEDS) - {"express_feeling"}


@dataclass(frozen=True)
class Reading:
    """One line as understood.

    Attributes:
        intent: What the product acts on; ``nlu_fallback`` where it asks instead.
        confidence: How sure it says it is.
        ranking: Names and probabilities from the likeliest on.
        entities: Kind, words as typed and value of each entity.
        doubted: The control that an answer could also be, so that the product asks; or None.
        tier: Verdict of the model layer of safety, 0 to 3.
        route: The safety intent that the verdict names, or None.
    """

    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    entities: tuple[tuple[str, str, str], ...] = ()
    doubted: str | None = None
    tier: int = 0
    route: str | None = None

    @classmethod
    def of(cls, text: str, understood: Mapping[str, Any]) -> Reading:
        """Read an answer of ``/webhooks/belay/parse``.

        Args:
            text: The line.
            understood: What the answer says of it.
        """
        safety, entities = understood["safety"], understood["entities"]
        short = len(text.split()) <= ASKED_WORDS
        return cls(
            intent=understood["intent"],
            confidence=understood["confidence"],
            ranking=tuple((entry["name"], entry["confidence"]) for entry in understood["ranking"]),
            entities=tuple(
                (str(found["entity"]), str(found["text"]), str(found["value"]))
                for found in entities
            ),
            doubted=next(
                (
                    str(found["value"])
                    for found in entities
                    if short and found["entity"] == MAYBE_CONTROL and found["value"] in ASKED_ABOUT
                ),
                None,
            ),
            tier=int(safety["tier"]),
            route=safety["route"],
        )

    @property
    def asks(self) -> bool:
        """Whether the product is not sure enough to act."""
        return self.intent == FALLBACK or self.doubted is not None

    @property
    def best(self) -> str:
        """The likeliest intent, also where the product only asks."""
        if self.doubted is not None:
            return self.doubted
        return self.ranking[0][0] if self.asks and self.ranking else self.intent

    @property
    def offers(self) -> bool:
        """Whether an exercise would be offered for it."""
        return self.intent in OFFERED

    @property
    def cares(self) -> bool:
        """Whether it is met with care, or with more."""
        return self.alarms or self.tier >= CARE_TIER

    @property
    def alarms(self) -> bool:
        """Whether it leads to a safety reply."""
        return self.tier >= CHECK_TIER or self.intent in SAFETY

    def among_first(self, names: frozenset[str], places: int = 3) -> bool:
        """Whether one of the intents is what it acts on, or stands high in the ranking."""
        first = {whole(name) for name, _ in self.ranking[:places]}
        return bool(names & (first | {whole(self.intent)}))


class Reader(Protocol):
    """Whatever reads lines: the product, or a stand-in for it."""

    def read(
        self,
        texts: Sequence[str],
        states: Sequence[Mapping[str, Any]],
        what: str,
        tell: Tell | None = None,
    ) -> list[Reading]:
        """Read lines, each in the state of the conversation in which it is said."""
        ...


def whole(intent: str) -> str:
    """The intent without its sub-answer."""
    return intent.partition("/")[0]


def state_for(intent: str) -> dict[str, Any]:
    """The state in which people say such a thing."""
    return {"exercise": whole(intent) in SAID_IN_EXERCISE, "expects": None}
