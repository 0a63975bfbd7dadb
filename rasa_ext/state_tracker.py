"""A tracker store that keeps nothing: the tracker of a turn is built from the turn's own state."""

from __future__ import annotations

from collections.abc import Iterable

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_ext.turn import (
    EXERCISE_FORM,
    EXERCISE_SLOT,
    ActionFailed,
    ConversationState,
    turn_in_progress,
)


def events_of(state: ConversationState) -> list[Event]:
    """The shortest history after which Rasa's rules see the conversation as it is."""
    events: list[Event] = [SessionStarted()]
    if state.exercise:
        events += [
            ActionExecuted(EXERCISE_FORM),
            ActiveLoop(EXERCISE_FORM),
            SlotSet(REQUESTED_SLOT, EXERCISE_SLOT),
        ]
    events.append(ActionExecuted(ACTION_LISTEN_NAME))
    return events


class RulesAstray(Exception):
    """The rules went round in circles until Rasa stopped them: a fault in data/rules."""


class StateTrackerStore(TrackerStore):
    """Hands out the tracker of the current turn and forgets it when the turn ends."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        """Build the tracker of the current turn."""
        state = turn_in_progress().state
        return DialogueStateTracker.from_events(
            sender_id, events_of(state), slots=self.domain.slots, domain=self.domain
        )

    async def save(self, tracker: DialogueStateTracker) -> None:
        """End the turn: hand the tracker to the channel and keep nothing.

        Raises:
            ActionFailed: An action of this turn failed, so its outcome must not be used.
            RulesAstray: The rules found no end.
        """
        turn = turn_in_progress()
        if turn.failed:
            raise ActionFailed(f"turn {turn.id}: an action failed")
        if turn.circuit_broke:
            raise RulesAstray(f"turn {turn.id}: the rules called action after action")
        turn.tracker = tracker

    async def keys(self) -> Iterable[str]:
        """There is nobody here."""
        return []
