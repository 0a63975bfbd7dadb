"""Safety outside of detection: states of a conversation, events, gates of exercises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from belay.domain.client import Risk

CRISIS_ROUTES = frozenset({"safety_suicide", "safety_self_harm"})
ABUSE_ROUTES = frozenset({"safety_abuse_now", "safety_coercive_control"})
ROUTES = (
    "safety_suicide",
    "safety_self_harm",
    "safety_abuse_now",
    "safety_coercive_control",
    "safety_harm_others",
    "safety_child",
    "safety_third_party_worry",
)


class Phase(StrEnum):
    """Where a conversation stands: normal, check (tier 2), crisis (tier 3), aftercare."""

    NORMAL = "normal"
    CHECK = "check"
    CRISIS = "crisis"
    AFTERCARE = "aftercare"


@dataclass
class SafetyState:
    """The phase with what led to it. `asked` is true once the direct question was put."""

    phase: Phase = Phase.NORMAL
    route: str | None = None
    tier: int = 0
    since: datetime | None = None
    asked: bool = False
    event_id: str | None = None

    @property
    def open(self) -> bool:
        """True while coaching waits: a check or a crisis is going on."""
        return self.phase in (Phase.CHECK, Phase.CRISIS)


@dataclass(frozen=True)
class SafetyEvent:
    """One firing of a layer. Holds no text of the client."""

    id: str
    client_id: str
    conversation_id: str
    at: datetime
    tier: int
    route: str | None
    layer: str | None
    rule: str | None
    reply: str
    choice: str | None = None


def gate_allows(gate: str, risk: Risk) -> bool:
    """Whether an exercise behind `gate` (G0, G1 or G2) is open with a person of this risk.

    G0 is private thinking and always open. G1 is words for another person: open for none and
    watch. G2 is done together: open for none only.
    """
    if gate == "G0":
        return True
    if gate == "G1":
        return risk in (Risk.NONE, Risk.WATCH)
    return risk is Risk.NONE


def risk_from(answers: dict[str, str]) -> Risk:
    """The risk that three answers (yes, no, not_sure or skip each) give: any yes is red."""
    given = list(answers.values())
    if "yes" in given:
        return Risk.RED
    if len(given) < 3 or any(answer != "no" for answer in given):
        return Risk.WATCH
    return Risk.NONE
