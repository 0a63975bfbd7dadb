"""What a channel is: verify the sender, translate in, deliver out, say what it can show.

Web and terminal pull their replies (an event stream, a waiting call). Channels that push
(Telegram, Slack) implement `deliver`, which the outbox's courier calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from belay.domain.reply import Reply


@dataclass(frozen=True)
class Capabilities:
    """What a channel can show; what it cannot falls back to text."""

    buttons: bool
    cards: bool
    marks: bool
    longest_text: int


class Channel(Protocol):
    """One way for clients to write and read."""

    name: str
    capabilities: Capabilities

    async def deliver(self, address: str, reply: Reply, key: str) -> None:
        """Send one reply. `key` is stable over retries."""
        ...
