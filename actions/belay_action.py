"""What all actions share: the open turn, the understanding, the guard."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from belay.domain.turn import Entity, Turn, Understood
from belay.gateway.open_turns import OpenTurns
from belay.services.use_cases import UseCases

FORM = "exercise_form"


class NoOpenTurn(Exception):
    """The call names no turn that is being planned: forged, repeated or too late."""


class BelayAction(Action):
    """An action on an open turn.

    `coaching`: only for adults who agreed to use. `in_crisis`: may speak while a safety check
    is open. `guarded`: False for the form's own two, which run beside another action.
    `may_report`: the words may tell how an open plan went; where they do, that is what is heard.
    """

    coaching = True
    in_crisis = False
    guarded = True
    may_report = False

    def __init__(self, use_cases: UseCases, open_turns: OpenTurns) -> None:
        self.use_cases = use_cases
        self._open_turns = open_turns

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Find the turn, let the guard settle, hear a report, perform."""
        turn = self._open_turns.get(turn_key(tracker))
        if turn is None:
            raise NoOpenTurn(self.name())
        turn.understood = understood(tracker)
        if self.guarded and self.use_cases.guard.settles(
            turn, coaching=self.coaching, in_crisis=self.in_crisis
        ):
            return []
        if self.may_report and self.use_cases.loop.practices.hears_report(turn):
            return []
        return self.perform(turn, tracker)

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        """What this action does. Returns events for Rasa."""
        raise NotImplementedError

    def into_form(self, waits: bool) -> list[EventType]:
        """The form asks next when an exercise waits to be asked."""
        return [FollowupAction(FORM)] if waits else []


def turn_key(tracker: Tracker) -> str:
    """The key of the open turn that a tracker's message belongs to."""
    metadata = tracker.latest_message.get("metadata") or {}
    return str(metadata.get("turn", ""))


def understood(tracker: Tracker) -> Understood:
    """The pipeline's reading of the latest message."""
    message = tracker.latest_message
    intent = message.get("intent") or {}
    name = intent.get("full_retrieval_intent_name") or intent.get("name") or "nlu_fallback"
    return Understood(
        intent=str(name),
        confidence=float(intent.get("confidence") or 0.0),
        ranking=tuple(
            (str(one["name"]), float(one["confidence"]))
            for one in message.get("intent_ranking") or ()
        ),
        entities=tuple(
            Entity(str(one["entity"]), str(one.get("value")), _surface(one, message))
            for one in message.get("entities") or ()
        ),
    )


def _surface(entity: dict[str, Any], message: dict[str, Any]) -> str:
    start, end = entity.get("start"), entity.get("end")
    text = message.get("text") or ""
    if isinstance(start, int) and isinstance(end, int) and text[start:end]:
        return str(text[start:end])
    return str(entity.get("text") or entity.get("value"))
