"""Erasing a client everywhere: rows, spool, what memory holds, and the open page."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from belay.gateway.live import Live, News
from belay.gateway.spool import Spool
from belay.storage.erasure import Erasure


class Forgets(Protocol):
    """Holds something of clients in memory."""

    def forget(self, client_id: str) -> None:
        """Drop what is held of a client."""
        ...


class Forgetting:
    """Erasure from outside of a turn: by the operator, in the running process or without one."""

    def __init__(
        self,
        erasure: Erasure,
        spool: Spool,
        memory: Forgets | None = None,
        live: Live | None = None,
    ) -> None:
        self._erasure = erasure
        self._spool = spool
        self._memory = memory
        self._live = live

    def erase(self, client_id: str, now: datetime) -> list[str] | None:
        """Erase a client; gives the ids of their conversations, None when there is no such client.

        The turn that is being planned meanwhile finds its conversation gone and is dropped.
        """
        talks = self._erasure.conversations(client_id)
        if not self._erasure.erase(client_id, now):
            return None
        for conversation_id in talks:
            self._spool.forget(conversation_id)
        if self._memory is not None:
            self._memory.forget(client_id)
        return talks

    def tell(self, conversation_ids: list[str]) -> None:
        """Clear the pages that show these conversations; only the event loop may call this."""
        if self._live is not None:
            for conversation_id in conversation_ids:
                self._live.tell(conversation_id, News("gone"))
