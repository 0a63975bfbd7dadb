"""What a coach gets to see, as plain values. Texts in here are masked already.

No value holds a client's id: a coach knows clients by pseudonym and by conversation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from belay.domain.client import Consents, Risk
from belay.domain.run import RunState


@dataclass(frozen=True)
class ConversationRow:
    """One line of the queue. The exercise is the client's latest, if there is one."""

    id: str
    client: str
    last_at: datetime
    invented: bool
    exercise_id: str | None
    state: RunState | None
    before: int | None
    after: int | None
    unsure: int
    unseen: int


@dataclass(frozen=True)
class SafetyFlag:
    """One safety event of a client who allows review.

    `choices` are the buttons that the client pressed under the reply, in order.
    """

    id: str
    conversation_id: str
    client: str
    at: datetime
    tier: int
    route: str | None
    layer: str | None
    rule: str | None
    choices: tuple[str, ...] = ()
    seen_by: str | None = None
    seen_at: datetime | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class ClosedFlag:
    """A safety event of anybody else: time, tier and route, and nothing to follow."""

    at: datetime
    tier: int
    route: str | None


@dataclass(frozen=True)
class CardSeen:
    """A card under a bot message."""

    title: str
    text: str


@dataclass(frozen=True)
class Line:
    """One message. `text` is None when it was not kept. `rule` is there when a layer fired.

    `pressed` is true for the words of a button that was on offer.
    """

    id: int
    author: str
    at: datetime
    text: str | None
    pressed: bool
    line: str | None
    buttons: tuple[str, ...]
    card: CardSeen | None
    intent: str | None
    confidence: float | None
    unsure: bool
    tier: int
    layer: str | None
    rule: str | None
    exercise_id: str | None
    position: str | None


@dataclass(frozen=True)
class AnswerSeen:
    """One step of a run: the first words, the words in the end, what was remarked."""

    step: str
    first: str | None
    final: str | None
    features: tuple[str, ...]
    tip: str | None
    choice: str | None


@dataclass(frozen=True)
class RunSeen:
    """One way through an exercise. `counterpart` is a role, never a name."""

    exercise_id: str
    state: RunState
    started_at: datetime
    ended_at: datetime | None
    position: str
    before: int | None
    after: int | None
    counterpart: str | None
    risk: Risk | None
    ruler: str | None
    artefact: str | None
    plan: str | None
    opening: str | None
    answers: tuple[AnswerSeen, ...]

    @property
    def rated(self) -> bool:
        """Whether confidence was given at least once."""
        return self.before is not None or self.after is not None


@dataclass(frozen=True)
class PracticeSeen:
    """What a client reported of trying something in life."""

    at: datetime
    exercise_id: str | None
    said: str | None


@dataclass(frozen=True)
class Person:
    """What is known of the client beside their words."""

    client: str
    invented: bool
    adult: bool | None
    consents: Consents
    country: str | None


@dataclass(frozen=True)
class GoalSeen:
    """A goal, masked, with the levels it was rated at (-2 to 2), oldest first."""

    text: str | None
    levels: tuple[int, ...]
    ending: str | None


@dataclass(frozen=True)
class Transcript:
    """One conversation with everything beside it. `earlier` is the id to page on from."""

    id: str
    person: Person
    channel: str
    started_at: datetime
    lines: tuple[Line, ...]
    earlier: int | None
    flags: tuple[SafetyFlag, ...]
    runs: tuple[RunSeen, ...]
    practices: tuple[PracticeSeen, ...]
    goals: tuple[GoalSeen, ...]
    attainment: float | None
    unsure: int
    pushed_back: int
