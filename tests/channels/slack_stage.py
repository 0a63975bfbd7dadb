"""A small Belay that talks to the fake Slack by the unmodified client libraries."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from belay.channels.slack import Slack
from belay.channels.slack_door import SocketPace
from belay.gateway.identity import conversation_key
from tests.channels.fakes.slack_payloads import BOT_TOKEN, TEAM
from tests.channels.fakes.slack_server import APP_TOKEN, SlackServer
from tests.channels.telegram_stage import QUICK, RunningClock
from tests.gateway.stage import Stage

SWIFT = SocketPace(pause=0.02, pause_at_most=0.1, look=0.05, patience=0.5, ping=0.4, connect=5.0)


class SlackStage(Stage):
    """The stage with Slack switched on."""

    def __init__(self, home: Path, server: SlackServer, **settings: Any) -> None:
        settings.setdefault("slack_bot_token", BOT_TOKEN)
        settings.setdefault("slack_app_token", APP_TOKEN)
        super().__init__(
            home,
            RunningClock(),  # type: ignore[arg-type]
            slack_api=server.api,
            **settings,
        )
        self.server = server
        self.told: list[str] = []

    async def open(self) -> SlackStage:
        await super().open()
        self.belay.push.courier.pace = QUICK
        self.channel.pace = SWIFT
        await self.belay.push.start(self.told.append)
        return self

    async def close(self) -> None:
        await self.belay.push.stop()
        await super().close()

    @property
    def channel(self) -> Slack:
        """The channel itself."""
        found = self.belay.push.channels[0]
        assert isinstance(found, Slack)
        return found

    def talk(self, user: str) -> str:
        """The id of a person's conversation."""
        return conversation_key("slack", f"{TEAM}/{user}")

    async def quiet(self, seconds: float = 20.0) -> None:
        """Wait until every payload is taken, answered and delivered."""
        await self.server.drained(seconds)
        async with asyncio.timeout(seconds):
            while (
                self.sql("SELECT count(*) FROM inbox WHERE status = 'accepted'")[0]
                or self.sql("SELECT count(*) FROM outbox WHERE status = 'waiting'")[0]
                or any(one.get_name() == "direct" for one in self.belay.push.courier._tasks)
            ):
                await asyncio.sleep(0.01)

    async def agrees(self, user: str) -> None:
        """Past first contact: an adult who agreed to use."""
        self.server.says(user, "hello")
        await self.server.heard(user, 2)
        await self.quiet()
        self.server.presses(user, "I'm 18 or over, go on")
        await self.quiet()
