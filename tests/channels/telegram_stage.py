"""A small Belay that talks to the fake Telegram by the unmodified client library."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from belay.channels.telegram import Telegram
from belay.gateway.courier import CourierPace
from belay.gateway.identity import conversation_key
from tests.channels.fakes.telegram_server import TOKEN, TelegramServer
from tests.gateway.stage import Stage

QUICK = CourierPace(first=0.01, at_most=0.05, look=0.05, patience=5.0, tries=6)


class RunningClock:
    """The real time, which a test can push on."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def advance(self, **by: float) -> None:
        self.ahead += timedelta(**by)


class TelegramStage(Stage):
    """The stage with Telegram switched on."""

    def __init__(self, home: Path, server: TelegramServer, **settings: Any) -> None:
        settings.setdefault("telegram_token", TOKEN)
        super().__init__(
            home,
            RunningClock(),  # type: ignore[arg-type]
            telegram_api=server.api,
            **settings,
        )
        self.server = server
        self.told: list[str] = []

    async def open(self) -> TelegramStage:
        await super().open()
        self.belay.push.courier.pace = QUICK
        for channel in self.belay.push.channels:
            if isinstance(channel, Telegram):
                channel.settings = replace(
                    channel.settings, poll_seconds=2, pause=0.02, pause_at_most=0.1
                )
        await self.belay.push.start(self.told.append)
        return self

    async def close(self) -> None:
        await self.belay.push.stop()
        await super().close()

    @property
    def channel(self) -> Telegram:
        """The channel itself."""
        found = self.belay.push.channels[0]
        assert isinstance(found, Telegram)
        return found

    def talk(self, chat: int) -> str:
        """The id of a person's conversation."""
        return conversation_key("telegram", str(chat))

    async def quiet(self, seconds: float = 20.0) -> None:
        """Wait until every update is taken, answered and delivered."""
        await self.server.drained(seconds)
        async with asyncio.timeout(seconds):
            while (
                self.sql("SELECT count(*) FROM inbox WHERE status = 'accepted'")[0]
                or self.sql("SELECT count(*) FROM outbox WHERE status = 'waiting'")[0]
            ):
                await asyncio.sleep(0.01)

    async def agrees(self, chat: int) -> None:
        """Past first contact: an adult who agreed to use."""
        self.server.says(chat, "hello")
        await self.server.heard(chat, 2)
        await self.quiet()
        self.server.presses(chat, "I'm 18 or over, go on")
        await self.quiet()
