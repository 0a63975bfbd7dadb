"""A client's data: taken away or handed over, by chat, in at most three turns."""

from __future__ import annotations

import secrets

from belay.domain.reply import Card
from belay.domain.turn import Turn
from belay.services.memory import Memory
from belay.services.pins import Pins
from belay.services.voice import Voice


class Rights:
    """Delete and export."""

    def __init__(self, voice: Voice, memory: Memory, pins: Pins) -> None:
        self._voice = voice
        self._memory = memory
        self._pins = pins
        pins.guards(delete=self._delete, export=self._export)

    def ask_delete(self, turn: Turn) -> None:
        """Say what will go and ask once; where there is a PIN, it is the answer."""
        if self._pins.must_ask(turn, "delete"):
            return
        self._voice.say(turn, "delete.confirm")
        turn.asked = True

    def delete(self, turn: Turn) -> None:
        """Delete everything, after the PIN where there is one."""
        if not self._pins.must_ask(turn, "delete"):
            self._delete(turn)

    def _delete(self, turn: Turn) -> None:
        """Mark the client for erasure at the commit; the receipt is the last thing said."""
        turn.erase = True
        self._memory.forget(turn.client.id)
        receipt = turn.id[:8].upper()
        self._voice.say(turn, "delete.done", receipt=receipt)

    def keep(self, turn: Turn) -> None:
        """They changed their mind."""
        self._voice.say(turn, "delete.kept")

    def export(self, turn: Turn) -> None:
        """Hand over everything stored, after the PIN where there is one."""
        if not self._pins.must_ask(turn, "export"):
            self._export(turn)

    def _export(self, turn: Turn) -> None:
        """A private link to everything stored, as a readable page and as JSON."""
        turn.download_token = secrets.token_urlsafe(32)
        url = f"/chat/export/{turn.download_token}"
        turn.note("data_export")
        title = self._voice.text(turn, "export.card_title")
        text = self._voice.text(turn, "export.card_text")
        self._voice.say(turn, "export.ready", card=Card("download", title, text, url=url))
