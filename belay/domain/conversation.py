"""A conversation: one client in one channel, with what the last bot message left open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from belay.domain.pending import Pending
from belay.domain.reply import Button
from belay.domain.safety import SafetyState

NOTICE_EVERY = timedelta(hours=3)


@dataclass
class Conversation:
    """The state that outlives a turn. `serial` grows with each set of buttons shown.

    `version` is the storage's: a turn that was planned on an older one is planned again.
    `recent` is what `variety` remembers of the last turns: fingerprints, no words.
    `pending` is a question outside of exercises that takes the next message.
    """

    id: str
    client_id: str
    channel: str
    address: str
    started_at: datetime
    version: int = 0
    serial: int = 0
    buttons: list[Button] = field(default_factory=list)
    safety: SafetyState = field(default_factory=SafetyState)
    noticed_at: datetime | None = None
    last_at: datetime | None = None
    misses: int = 0
    topic_role: str | None = None
    topic_words: str | None = None
    topic_intent: str | None = None
    recent: list[str] = field(default_factory=list)
    pending: Pending | None = None

    def notice_due(self, now: datetime) -> bool:
        """True when "a program, not a person" is to be said: first of a day, and each 3 hours."""
        last = self.noticed_at
        return last is None or now.date() != last.date() or now - last >= NOTICE_EVERY
