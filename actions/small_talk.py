"""Greetings, yes and no, questions, asides, refusals."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.belay_action import BelayAction
from belay.domain.turn import Turn


class Welcome(BelayAction):
    """Hello."""

    def name(self) -> str:
        return "action_welcome"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        if not self.use_cases.loop.practices.at_visit(turn):
            self.use_cases.small_talk.greet(turn)
        return []


class Goodbye(BelayAction):
    """Bye; a running exercise is kept."""

    coaching = False

    def name(self) -> str:
        return "action_goodbye"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        if turn.run is not None:
            self.use_cases.exercises.pause(turn)
        else:
            self.use_cases.small_talk.goodbye(turn)
        return []


class Affirm(BelayAction):
    """A typed yes stands for the button that means yes."""

    coaching = False

    def name(self) -> str:
        return "action_affirm"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        return self.into_form(self.use_cases.yes_no.answer(turn, "affirm"))


class Deny(BelayAction):
    """A typed no stands for the button that means no."""

    coaching = False

    def name(self) -> str:
        return "action_deny"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        return self.into_form(self.use_cases.yes_no.answer(turn, "deny"))


class Faq(BelayAction):
    """A question about interdependence; open before any consent."""

    coaching = False

    def name(self) -> str:
        return "action_faq"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.small_talk.faq(turn)
        return []


class Aside(BelayAction):
    """Thanks, jokes, off-topic and the like."""

    coaching = False

    def name(self) -> str:
        return "action_aside"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.small_talk.aside(turn)
        return []


class Refuse(BelayAction):
    """Diagnosis, medicine, control over somebody."""

    coaching = False

    def name(self) -> str:
        return "action_refuse"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.small_talk.refuse(turn)
        return []
