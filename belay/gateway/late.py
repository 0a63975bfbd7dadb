"""The one line for a client whose answer takes longer than it should."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from belay.gateway.live import Live, News
from belay.gateway.planner import Planner
from belay.storage.inbox import Waiting
from belay.storage.turns import StaleTurn, Turns

log = structlog.get_logger("belay.gateway")


class LateLine:
    """Tells once that a message is kept and not answered yet; the message stays in the inbox."""

    def __init__(
        self,
        *,
        turns: Turns,
        planner: Planner,
        live: Live,
        clock: Callable[[], datetime],
        seconds: float,
    ) -> None:
        self._turns = turns
        self._planner = planner
        self._live = live
        self._clock = clock
        self._seconds = seconds

    async def tell(self, waiting: Waiting) -> None:
        """Wait until the answer is late, then say so. Cancelled when the answer is there."""
        waited = (self._clock() - waiting.received_at).total_seconds()
        await asyncio.sleep(max(0.0, self._seconds - waited))
        if waiting.late_told:
            return
        try:
            turn = await asyncio.to_thread(self._turns.open, waiting, self._clock())
            if turn.conversation.safety.away:
                return
            self._planner.say_late(turn)
            await asyncio.to_thread(self._turns.tell_late, turn, self._clock())
        except StaleTurn:
            return
        except Exception as error:  # noqa: BLE001 - the answer itself goes on being tried
            log.error("late.unavailable", error=type(error).__name__)
            return
        self._live.tell(waiting.conversation_id, News("posted"))
