"""One person's words in the order of their time stamps, also where Slack delivers them otherwise.

Slack promises no order (https://docs.slack.dev/apis/events-api): two messages written in one
breath may arrive the wrong way round. Each therefore waits a moment for an earlier one. What
comes later than that moment, a redelivery after seconds for example, is taken as it comes.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from heapq import heapify, heappop, heappush

Stamp = tuple[int, int]


def stamp_of(text: object) -> Stamp | None:
    """A time stamp of Slack's ("1355517523.000005") as something to compare, or None."""
    seconds, _, rest = str(text).partition(".")
    if not (seconds.isascii() and seconds.isdigit() and rest.isascii() and rest.isdigit()):
        return None
    return int(seconds), int(rest.ljust(6, "0"))


class ArrivalOrder:
    """A waiting room with one queue a person."""

    def __init__(self) -> None:
        self._rooms: dict[str, list[tuple[Stamp, int]]] = {}
        self._left = asyncio.Condition()
        self._numbers = itertools.count()

    @asynccontextmanager
    async def turn(self, person: str, stamp: Stamp, seconds: float) -> AsyncIterator[None]:
        """Wait for one's turn, and keep it until the block ends.

        Args:
            person: Whose queue it is.
            stamp: What decides; of two that wait, the smaller goes first.
            seconds: How long an earlier one is waited for.
        """
        room = self._rooms.setdefault(person, [])
        entry = (stamp, next(self._numbers))
        heappush(room, entry)
        try:
            await asyncio.sleep(seconds)
            async with self._left:
                await self._left.wait_for(lambda: room[0] == entry)
            yield
        finally:
            if room[0] == entry:
                heappop(room)
            else:  # it was given up while it waited
                room.remove(entry)
                heapify(room)
            if not room and self._rooms.get(person) is room:
                del self._rooms[person]
            async with self._left:
                self._left.notify_all()
