"""One message and everything it causes, gathered in memory until one commit writes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from belay.domain.client import Client, Counterpart
from belay.domain.conversation import Conversation
from belay.domain.floor import Verdict
from belay.domain.life import Life
from belay.domain.linking import LinkEffect
from belay.domain.reply import Reply
from belay.domain.run import Run, RunState
from belay.domain.safety import SafetyChoice, SafetyEvent


@dataclass(frozen=True)
class Press:
    """A button that was pressed, typed by number or typed by title. Stale: not the latest set."""

    value: str
    title: str
    stale: bool = False
    serial: int = -1


@dataclass(frozen=True)
class Entity:
    """One thing named in the message, as the pipeline found it."""

    entity: str
    value: str
    text: str


@dataclass(frozen=True)
class Understood:
    """What the pipeline made of the message. `intent` has the sub-answer ("faq/what_is")."""

    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...] = ()
    entities: tuple[Entity, ...] = ()

    def first(self, entity: str) -> Entity | None:
        """The first entity of a kind, or None."""
        return next((found for found in self.entities if found.entity == entity), None)


@dataclass(frozen=True)
class Happening:
    """A measured event (docs/measures): a kind, numbers and ids, never a client's text."""

    kind: str
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)


@dataclass
class Turn:
    """The open turn: what was loaded, what was understood, and the effects so far.

    Services change `client`, `conversation`, `counterparts` and `runs` in place and add to
    `replies`, `happenings` and `safety_events`. Nothing is stored before the commit. What an
    `unsaid` turn was told (a PIN, a word against onlookers) enters no transcript at all; a
    `hidden` one clears what is on the client's screen. `elsewhere` holds replies for other
    conversations of the same client, by conversation id.
    """

    id: str
    now: datetime
    text: str
    press: Press | None
    client: Client
    conversation: Conversation
    counterparts: list[Counterpart] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    life: Life = field(default_factory=Life)
    last_done: str | None = None
    verdict: Verdict = field(default_factory=Verdict)
    understood: Understood | None = None
    replies: list[Reply] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    safety_events: list[SafetyEvent] = field(default_factory=list)
    safety_choices: list[SafetyChoice] = field(default_factory=list)
    unsaid: bool = False
    hidden: bool = False
    forget_runs: list[str] = field(default_factory=list)
    erase: bool = False
    download_token: str | None = None
    asked: bool = False
    link: LinkEffect | None = None
    elsewhere: list[tuple[str, Reply]] = field(default_factory=list)
    stood_at: str | None = None

    def __post_init__(self) -> None:
        """Remember which step the message answers, before anything moves."""
        if self.stood_at is None and self.run is not None:
            self.stood_at = f"{self.run.exercise_id}/{self.run.position}"

    @property
    def run(self) -> Run | None:
        """The run that takes the next message, or None."""
        return next((run for run in self.runs if run.state is RunState.ACTIVE), None)

    @property
    def paused(self) -> Run | None:
        """The run that was paused last, or None."""
        waiting = [run for run in self.runs if run.state is RunState.PAUSED]
        return max(waiting, key=lambda run: run.changed_at or run.started_at, default=None)

    def latest_touched(self) -> Run | None:
        """The run that this turn changed but left inactive, or None."""
        return next((run for run in self.runs if run.changed_at == self.now), None)

    def say(self, *replies: Reply) -> None:
        """Add replies, in order."""
        self.replies.extend(replies)

    def note(self, kind: str, **data: Any) -> None:
        """Record a measured event of this moment."""
        self.happenings.append(Happening(kind, self.now, data))

    def counterpart(self, counterpart_id: str | None) -> Counterpart | None:
        """The counterpart with this id, or None."""
        return next((one for one in self.counterparts if one.id == counterpart_id), None)
