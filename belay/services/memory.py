"""What use cases hold in memory only: forgotten at erasure, swept when its time is over."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Holder(Protocol):
    """Holds words of clients for a while, and nowhere but in memory."""

    def forget(self, client_id: str) -> None:
        """Drop what is held of a client."""
        ...

    def sweep(self, now: datetime) -> None:
        """Drop what was held too long."""
        ...


class Memory:
    """All holders together."""

    def __init__(self, *holders: Holder) -> None:
        self._holders = holders

    def forget(self, client_id: str) -> None:
        """Drop what is held of a client."""
        for holder in self._holders:
            holder.forget(client_id)

    def sweep(self, now: datetime) -> None:
        """Drop what was held too long."""
        for holder in self._holders:
            holder.sweep(now)
