"""What the use cases need from storage, content and language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from belay.domain.exercise import Exercise, Step
from belay.domain.feedback import Feedback, Finding
from belay.domain.reply import Button, Card, Reply


class Times(Protocol):
    """Times in words."""

    def clock(self, hour: int, minute: int = 0) -> str:
        """A time of day: "9 pm", "7:30 pm", "noon"."""
        ...

    def moment(self, due: datetime, zone: ZoneInfo, now: datetime) -> str:
        """When it will be, on the clock of a zone: "tomorrow at 7 pm", "Friday at 9 am"."""
        ...


class Words(Protocol):
    """Every sentence the bot can say, by line id, with variants chosen by a seed."""

    @property
    def times(self) -> Times:
        """The words for times that stand inside a line."""
        ...

    def reply(
        self,
        line: str,
        seed: str,
        *,
        buttons: Sequence[Button] | None = None,
        card: Card | None = None,
        tier: int = 0,
        **values: object,
    ) -> Reply:
        """The line with its values filled in. `buttons` replace those the line declares.

        Raises:
            KeyError: no such line, or a value that the line needs is missing.
        """
        ...

    def has(self, line: str) -> bool:
        """Whether the line exists."""
        ...

    def text(self, line: str, seed: str, **values: object) -> str:
        """Only the words of a line."""
        ...

    def button(self, name: str, **values: object) -> Button:
        """A button by its name in content/replies/buttons.yml."""
        ...

    def person(self, role: str | None, words: str | None) -> str:
        """How to speak of a counterpart: "your mum", "your partner", "this person"."""
        ...

    def roles(self) -> Sequence[str]:
        """The roles that are offered as choices, in order."""
        ...


class Catalogue(Protocol):
    """The exercises there are."""

    def get(self, exercise_id: str) -> Exercise | None:
        """The exercise, or None."""
        ...

    def all(self) -> Sequence[Exercise]:
        """Every exercise, in the order of the menu."""
        ...

    def offered_for(self, intent: str) -> Sequence[Exercise]:
        """First and second choices for an intent, best first."""
        ...


class Drafts(Protocol):
    """Reads a client's draft sentence."""

    def find(self, text: str) -> tuple[Finding, ...]:
        """Every feature of a text, whatever a step asks for."""
        ...

    def read_step(self, text: str, step: Step, seed: str) -> Feedback:
        """What is good, what is missing and at most one tip, for the step's checks."""
        ...


class Mirror(Protocol):
    """Says a disclosure back in the person's own words."""

    def __call__(self, text: str, seed: str) -> str | None:
        """One short reflection with the pronouns turned, or None where none is safe."""
        ...

    def clause(self, text: str) -> str | None:
        """The turned clause alone, as it stands after "that", or None where none is safe."""
        ...


class NoMirror:
    """Reflects nothing: the authored open lines are used."""

    def __call__(self, text: str, seed: str) -> str | None:
        """Nothing."""
        return None

    def clause(self, text: str) -> str | None:
        """Nothing."""
        return None


@dataclass(frozen=True)
class Helpline:
    """One line of help as content/helplines has it."""

    name: str
    topic: str
    call: str | None = None
    text: str | None = None
    chat: str | None = None
    hours: str | None = None
    note: str | None = None
    source_url: str | None = None
    verified_on: str | None = None


@dataclass(frozen=True)
class Help:
    """Where to turn in one country: the emergency number and the enabled lines."""

    country: str | None
    emergency: str
    lines: tuple[Helpline, ...]


class Helplines(Protocol):
    """Help lines by country."""

    def find(self, country: str | None, topic: str) -> Help:
        """Lines for a topic (crisis, abuse, child, own_behaviour). Unknown country: world's."""
        ...

    def countries(self) -> Sequence[tuple[str, str]]:
        """Code and name of each country that has a file."""
        ...


@dataclass(frozen=True)
class FinishedExercise:
    """One finished exercise in a client's history."""

    run_id: str
    exercise_id: str
    title: str
    finished_at: datetime
    before: int | None
    after: int | None
    artefact_id: str | None
    artefact: str | None
    plan: str | None
    opening: str | None = None


@dataclass(frozen=True)
class Progress:
    """What a client's history holds, oldest first. `tried_at`: when something was tried."""

    finished: tuple[FinishedExercise, ...] = ()
    started: int = 0
    tried_at: tuple[datetime, ...] = ()


class Records(Protocol):
    """Reads about one client that reach past the open turn."""

    def progress(self, client_id: str) -> Progress:
        """What was finished and tried so far."""
        ...

    def export(self, client_id: str) -> dict[str, Any]:
        """Everything stored about a client, JSON-ready."""
        ...

    def artefact(self, client_id: str, artefact_id: str) -> tuple[str, str] | None:
        """Title and text of a kept statement, or None."""
        ...


@dataclass(frozen=True)
class HeldWords:
    """A first message that waits, in memory only, for the answer to the consent card.

    `calm` is true when it may be said back: a feeling told, no sign of danger.
    """

    text: str
    intent: str
    role: str | None
    role_words: str | None
    at: datetime = field(compare=False)
    calm: bool = False
