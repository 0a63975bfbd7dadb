"""Privacy, data, people: open before consent and in a crisis."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.belay_action import BelayAction
from belay.domain.turn import Turn


class RightsAction(BelayAction):
    """An action that nothing may stand in the way of."""

    coaching = False
    in_crisis = True


class ShowPrivacy(RightsAction):
    """Who reads this, what is kept, and the switches."""

    def name(self) -> str:
        return "action_privacy"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.privacy.show(turn)
        return []


class DeleteData(RightsAction):
    """Erase everything, after one question."""

    def name(self) -> str:
        return "action_delete_data"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.rights.ask_delete(turn)
        return []


class ExportData(RightsAction):
    """Hand everything over."""

    def name(self) -> str:
        return "action_export_data"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.rights.export(turn)
        return []


class TalkToHuman(RightsAction):
    """Somebody wants a person."""

    def name(self) -> str:
        return "action_talk_to_human"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.people.ask_for_human(turn)
        return []


class AreYouHuman(RightsAction):
    """The truth about what this is."""

    def name(self) -> str:
        return "action_are_you_human"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.people.are_you_human(turn)
        return []
