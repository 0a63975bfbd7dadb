"""Progress, goals, reminders, reports of practice."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.belay_action import BelayAction
from belay.domain.turn import Turn


class ShowProgress(BelayAction):
    """The client's own words and numbers."""

    def name(self) -> str:
        return "action_progress"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.progress.show(turn)
        return []


class Goal(BelayAction):
    """A goal was named."""

    def name(self) -> str:
        return "action_goal"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.loop.goals.asked_for(turn)
        return []


class Reminder(BelayAction):
    """A reminder was asked for."""

    def name(self) -> str:
        return "action_reminder"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.loop.reminders.asked_for(turn)
        return []


class Practice(BelayAction):
    """Somebody tells how it went in life."""

    def name(self) -> str:
        return "action_practice"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.loop.practices.told(turn)
        return []
