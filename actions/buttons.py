"""Buttons that are no answers of an exercise."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.belay_action import BelayAction
from belay.domain.turn import Turn


class PressButton(BelayAction):
    """Does what the button says; who may press what is the presses' own rule."""

    guarded = False

    def name(self) -> str:
        return "action_press"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        if turn.press is None:
            return []
        return self.into_form(self.use_cases.presses.handle(turn, turn.press.value))
