"""What a channel is: verify the sender, translate in, deliver out, say what it can show.

Website and terminal pull their replies (an event stream, a waiting call) and need no more than
the gateway. Channels that push (Telegram, Slack) are a `Channel`: the courier hands them what
waits in the outbox, one reply at a time and in order for each conversation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from fastapi import APIRouter

from belay.domain.reply import Reply


@dataclass(frozen=True)
class Capabilities:
    """What a channel can show; what it cannot falls back to text (`belay.gateway.render`)."""

    buttons: bool
    pictures: bool = False
    files: bool = False
    longest_text: int = 4000
    longest_title: int = 60


@dataclass(frozen=True)
class Delivery:
    """One reply on its way to one person. `key` is the same over all tries of this reply."""

    conversation_id: str
    address: str
    reply: Reply
    key: str
    serial: int = 0
    author: str = "bot"
    name: str | None = None


class Undeliverable(Exception):
    """A reply did not go out.

    `reason` is a code for logs and the console ("blocked", "rate_limited", "http_502"), never
    words of a client. `retry_after` is what the provider asked for, in seconds; the courier
    lets the whole channel rest that long. `gone` means that this person cannot be written to
    any more (the bot was blocked, the account is gone): nothing is tried again and reminders
    stop until they write again. `final` means that this one reply can never be sent.
    """

    def __init__(
        self,
        reason: str,
        *,
        retry_after: float | None = None,
        gone: bool = False,
        final: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after
        self.gone = gone
        self.final = final


class ChannelDown(Exception):
    """A channel cannot start. The message is one sentence for the operator, with the remedy."""


@runtime_checkable
class HidesView(Protocol):
    """A channel that can take what stands on a client's screen away."""

    async def hide(self, address: str) -> None:
        """Somebody may be looking: remove what can be removed. Never raises."""
        ...


class Channel(Protocol):
    """One way for clients to write and read."""

    @property
    def name(self) -> str:
        """The channel's name in settings, tables and logs: "telegram"."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What can be shown here."""
        ...

    async def start(self) -> None:
        """Connect and begin to listen. A network that is away is tried again in the background.

        Raises:
            ChannelDown: the settings cannot work (a wrong token). Belay runs on without it.
        """
        ...

    async def stop(self) -> None:
        """Listen no more. May be called whatever `start` did."""
        ...

    def router(self) -> APIRouter | None:
        """Routes for a provider that calls us, or None. Each verifies its sender."""
        ...

    async def deliver(self, delivery: Delivery) -> None:
        """Send one reply; returns once the provider has it.

        Raises:
            Undeliverable: see there. Any other error counts as one that may pass.
        """
        ...

    async def typing(self, address: str) -> None:
        """Show that an answer is being written, where the provider can. Never raises."""
        ...
