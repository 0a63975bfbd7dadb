"""What the model layer noticed."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.belay_action import BelayAction
from belay.domain.floor import Verdict
from belay.domain.turn import Turn

CHECK = 2


class MeetDanger(BelayAction):
    """One of the seven safety intents: a direct check with the lines, in this turn."""

    coaching = False
    in_crisis = True

    def name(self) -> str:
        return "action_safety"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        found = turn.understood
        if found is None:
            return []
        self.use_cases.safety.meet(
            turn, Verdict(CHECK, found.intent, "model", f"model.{found.intent}")
        )
        return []
