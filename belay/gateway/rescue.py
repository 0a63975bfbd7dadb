"""What still works when the database does not: help lines from memory, events to the spool."""

from __future__ import annotations

from uuid import uuid4

from belay.domain.client import Client
from belay.domain.conversation import Conversation
from belay.domain.floor import Verdict
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

    def without_database(
        self, message: InboundMessage, verdict: Verdict, *, stored: bool = False
    ) -> Accepted:
        """Reply directly; a safety event goes to the spool without any text.

        A message that is `stored` is recorded by its own turn, as soon as that can be written.
        """
        turn = _blank_turn(message)
        if verdict.tier >= 2:
            self._safety.meet(turn, verdict)
            for event in [] if stored else turn.safety_events:
                self._spool.keep(event)
        elif verdict.rule == "HELP":
            self._safety.show_help(turn)
        else:
            self._voice.say(turn, "db.away")
        return Accepted(None, None, direct=tuple(turn.replies))

    def forget(self, conversation_id: str) -> None:
        """Erasure reaches the spool too."""
        self._spool.forget(conversation_id)


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
