"""One turn: what Belay sent, and what became of it. Lives only while Rasa works on it."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rasa.shared.core.trackers import DialogueStateTracker

EXERCISE_FORM = "exercise_form"
EXERCISE_SLOT = "exercise_answer"


@dataclass(frozen=True)
class ConversationState:
    """What Rasa must know of the conversation so far; Belay derives it from its database.

    Attributes:
        exercise: An exercise is running, so its form is active.
        expects: What the running step waits for: "text", "rating", "choice" or None.
        eased: Words of the message that the safety floor found denied, long past or from a story.
    """

    exercise: bool = False
    expects: str | None = None
    eased: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The state as it travels in the metadata of a message."""
        return {"exercise": self.exercise, "expects": self.expects, "eased": list(self.eased)}


@dataclass(frozen=True)
class Press:
    """A pressed button, already resolved by the gateway: nothing is left to understand."""

    intent: str
    entities: tuple[dict[str, Any], ...] = ()


@dataclass
class Turn:
    """A message of a client and what Rasa did with it."""

    id: str
    sender: str
    text: str
    press: Press | None
    state: ConversationState
    action_url: str
    action_token: str = field(repr=False)
    actions: list[str] = field(default_factory=list)
    failed: bool = False
    circuit_broke: bool = False
    tracker: DialogueStateTracker | None = field(default=None, repr=False)


current_turn: ContextVar[Turn | None] = ContextVar("current_turn", default=None)


class NoTurn(Exception):
    """Something asked for the current turn outside one."""


class ActionFailed(Exception):
    """An action raised, was not reached or took too long: nothing of this turn may count."""


def turn_in_progress() -> Turn:
    """The turn that this task works on.

    Raises:
        NoTurn: There is none; trackers and actions exist only inside a turn.
    """
    turn = current_turn.get()
    if turn is None:
        raise NoTurn("Rasa was called without a turn: talk to it through /webhooks/belay/turn.")
    return turn
