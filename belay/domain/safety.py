"""Safety outside of detection: states of a conversation, events, gates of exercises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from belay.domain.client import Risk

ABUSE_ROUTES = frozenset({"safety_abuse_now", "safety_coercive_control"})
# A pause of this length makes the next message a new visit.
NEW_VISIT = timedelta(hours=3)


class Phase(StrEnum):
    """Where a conversation stands: normal, check (tier 2), crisis (tier 3), aftercare."""

    NORMAL = "normal"
    CHECK = "check"
    CRISIS = "crisis"
    AFTERCARE = "aftercare"


@dataclass
class SafetyState:
    """The phase with what led to it. `asked` is true once the direct question was put.

    Attributes:
        recent: Kinds of signs in the last turns, oldest first (see `context`); never words.
        away: Someone is looking: small talk until the client comes back.
        awaits: What the next message is taken for ("pin:delete", "look_word"), or None.
    """

    phase: Phase = Phase.NORMAL
    route: str | None = None
    tier: int = 0
    since: datetime | None = None
    asked: bool = False
    event_id: str | None = None
    recent: list[list[str]] = field(default_factory=list)
    away: bool = False
    awaits: str | None = None

    @property
    def open(self) -> bool:
        """True while coaching waits: a check or a crisis is going on."""
        return self.phase in (Phase.CHECK, Phase.CRISIS)


@dataclass(frozen=True)
class SafetyEvent:
    """One firing of a layer. Holds no text of the client, only a salted hash of where it hit."""

    id: str
    client_id: str
    conversation_id: str
    at: datetime
    tier: int
    route: str | None
    layer: str | None
    rule: str | None
    reply: str
    span_hash: str | None = None


@dataclass(frozen=True)
class SafetyChoice:
    """What the client chose under a safety reply (a button's name, never words)."""

    event_id: str
    choice: str
    at: datetime


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


def risk_from(answers: Mapping[str, str], *, flagged: bool = False) -> Risk:
    """The risk that three answers (yes, no, not_sure or skip each) give: any yes is red.

    With `flagged` (danger with this person was told or suspected since the last answers) three
    noes give watch: a no does not take back what was told.
    """
    given = list(answers.values())
    if "yes" in given:
        return Risk.RED
    if flagged or len(given) < 3 or any(answer != "no" for answer in given):
        return Risk.WATCH
    return Risk.NONE
