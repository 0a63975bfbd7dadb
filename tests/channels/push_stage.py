"""A small Belay that talks to a provider on this machine; what all providers have in common."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from belay.gateway.courier import CourierPace
from tests.fakes import RunningClock
from tests.gateway.stage import Stage

QUICK = CourierPace(first=0.01, at_most=0.05, look=0.05, patience=5.0, tries=6)
AGREE = "I'm 18 or over, go on"


class PushStage(Stage):
    """The stage with one provider switched on. `server` is the provider."""

    server: Any

    def __init__(self, home: Path, **settings: Any) -> None:
        super().__init__(home, RunningClock(), **settings)  # type: ignore[arg-type]
        self.told: list[str] = []

    async def open(self) -> Any:
        await super().open()
        self.belay.push.courier.pace = QUICK
        self.hasten()
        await self.belay.push.start(self.told.append)
        return self

    async def close(self) -> None:
        await self.belay.push.stop()
        await super().close()

    def hasten(self) -> None:
        """Make the channel's own pauses short."""

    @property
    def channel(self) -> Any:
        """The channel itself."""
        return self.belay.push.channels[0]

    @property
    def is_written_to(self) -> bool:
        """Whether the only client's reminders have somewhere to go."""
        (client,) = self.sql("SELECT id FROM client")
        return self.belay.links.reminder_talk(client) is not None

    async def quiet(self, seconds: float = 20.0) -> None:
        """Wait until everything is taken, answered and delivered."""
        await self.server.drained(seconds)
        async with asyncio.timeout(seconds):
            while (
                self.sql("SELECT count(*) FROM inbox WHERE status = 'accepted'")[0]
                or self.sql("SELECT count(*) FROM outbox WHERE status = 'waiting'")[0]
                or any(one.get_name() == "direct" for one in self.belay.push.courier._tasks)
            ):
                await asyncio.sleep(0.01)

    async def agrees(self, person: Any) -> None:
        """Past first contact: an adult who agreed to use."""
        self.server.says(person, "hello")
        await self.server.heard(person, 2)
        await self.quiet()
        self.server.presses(person, AGREE)
        await self.quiet()
