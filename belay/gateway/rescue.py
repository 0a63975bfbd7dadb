"""What still works when the database does not: help lines from memory, events to the spool."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from belay.domain.client import Client
from belay.domain.conversation import Conversation
from belay.domain.floor import CHECK, HELP_RULE, Verdict
from belay.domain.reply import Reply
from belay.domain.turn import Turn
from belay.gateway.identity import conversation_key
from belay.gateway.inbound import Accepted, InboundMessage
from belay.gateway.spool import Spool
from belay.services.safety import Safety
from belay.services.voice import Voice


class Rescue:
    """Answers without reading or writing a row."""

    def __init__(self, safety: Safety, voice: Voice, spool: Spool) -> None:
        self._safety = safety
        self._voice = voice
        self._spool = spool

    def answer(self, message: InboundMessage, verdict: Verdict) -> tuple[Accepted, list[str]]:
        """Reply directly and spool the event; gives the ids of what was spooled as well."""
        turn = self._answered(message, verdict)
        for event in turn.safety_events:
            self._spool.keep(event)
        ids = [event.id for event in turn.safety_events]
        return Accepted(None, None, direct=tuple(turn.replies)), ids

    def without_database(
        self, message: InboundMessage, verdict: Verdict, *, stored: bool = False
    ) -> Accepted:
        """Reply directly; a safety event goes to the spool without any text.

        A message that is `stored` is recorded by its own turn, as soon as that can be written.
        """
        if stored:
            return Accepted(None, None, direct=tuple(self._answered(message, verdict).replies))
        return self.answer(message, verdict)[0]

    def small_talk(self, message: InboundMessage) -> tuple[Reply, ...]:
        """What is said while someone is looking."""
        turn = _blank_turn(message)
        self._voice.say(turn, "onlooker.talk")
        return tuple(turn.replies)

    def hold_back(self, event_ids: Sequence[str]) -> None:
        """Spooled events that their own turn may record yet."""
        self._spool.hold_back(event_ids)

    def drop(self, event_ids: Sequence[str]) -> None:
        """Spooled events that are recorded elsewhere after all."""
        self._spool.drop(event_ids)

    def release(self, event_ids: Sequence[str]) -> None:
        """Spooled events that nobody else records."""
        self._spool.release(event_ids)

    def forget(self, conversation_id: str) -> None:
        """Erasure reaches the spool too."""
        self._spool.forget(conversation_id)

    def _answered(self, message: InboundMessage, verdict: Verdict) -> Turn:
        turn = _blank_turn(message)
        if verdict.tier >= CHECK:
            self._safety.meet(turn, verdict)
        elif verdict.rule == HELP_RULE:
            self._safety.show_help(turn)
        else:
            self._voice.say(turn, "db.away")
        return turn


def _blank_turn(message: InboundMessage) -> Turn:
    client = Client(id="", created_at=message.at)
    talk = Conversation(
        id=conversation_key(message.channel, message.address),
        client_id="",
        channel=message.channel,
        address=message.address,
        started_at=message.at,
    )
    return Turn(
        id=uuid4().hex, now=message.at, text="", press=None, client=client, conversation=talk
    )
