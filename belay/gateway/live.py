"""Wakes those who wait for news of a conversation: open event streams, waiting terminals."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class News:
    """What happened: "posted" (look in the outbox), "typing", "direct", "hidden" or "gone".

    After "hidden" (someone is looking) and "gone" (everything was deleted) the view is cleared.
    """

    kind: str
    data: Any = None


class Live:
    """Subscriptions by conversation, in this process."""

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue[News]]] = defaultdict(set)
        self._followers: set[asyncio.Queue[tuple[str, News]]] = set()

    def tell(self, conversation_id: str, news: News) -> None:
        """Hand news to every subscriber; nobody is waited for."""
        for queue in self._queues.get(conversation_id, ()):
            queue.put_nowait(news)
        for follower in self._followers:
            follower.put_nowait((conversation_id, news))

    def listens(self, conversation_id: str) -> bool:
        """Whether anybody listens to a conversation."""
        return bool(self._queues.get(conversation_id))

    @asynccontextmanager
    async def subscribe(self, conversation_id: str) -> AsyncIterator[asyncio.Queue[News]]:
        """A queue of news for as long as the block runs."""
        queue: asyncio.Queue[News] = asyncio.Queue()
        self._queues[conversation_id].add(queue)
        try:
            yield queue
        finally:
            self._queues[conversation_id].discard(queue)
            if not self._queues[conversation_id]:
                del self._queues[conversation_id]

    @asynccontextmanager
    async def follow(self) -> AsyncIterator[asyncio.Queue[tuple[str, News]]]:
        """A queue of the news of every conversation, for whoever delivers to many."""
        queue: asyncio.Queue[tuple[str, News]] = asyncio.Queue()
        self._followers.add(queue)
        try:
            yield queue
        finally:
            self._followers.discard(queue)
