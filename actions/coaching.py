"""Needs and feelings: offers, the menu, fallback."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.belay_action import BelayAction
from belay.domain.turn import Turn


class OfferExercises(BelayAction):
    """A coaching need was named."""

    may_report = True

    def name(self) -> str:
        return "action_offer"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        intent = turn.understood.intent if turn.understood else "express_feeling"
        self.use_cases.coaching.offer(turn, intent)
        return []


class MeetFeeling(BelayAction):
    """Somebody told what happened."""

    may_report = True

    def name(self) -> str:
        return "action_meet_feeling"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.coaching.meet_feeling(turn)
        return []


class Fallback(BelayAction):
    """The pipeline is not sure."""

    may_report = True

    def name(self) -> str:
        return "action_fallback"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.coaching.fallback(turn)
        return []
