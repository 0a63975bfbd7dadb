"""A small Belay that talks to the fake Telegram by the unmodified client library."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from belay.channels.telegram import Telegram
from belay.gateway.identity import conversation_key
from tests.channels.fakes.telegram_bot_api import TOKEN
from tests.channels.fakes.telegram_server import TelegramServer
from tests.channels.push_stage import PushStage


class TelegramStage(PushStage):
    """The stage with Telegram switched on."""

    server: TelegramServer

    def __init__(self, home: Path, server: TelegramServer, **settings: Any) -> None:
        settings.setdefault("telegram_token", TOKEN)
        super().__init__(home, telegram_api=server.api, **settings)
        self.server = server

    def hasten(self) -> None:
        for channel in self.belay.push.channels:
            if isinstance(channel, Telegram):
                channel.settings = replace(
                    channel.settings, poll_seconds=2, pause=0.02, pause_at_most=0.1
                )

    def talk(self, chat: int) -> str:
        """The id of a person's conversation."""
        return conversation_key("telegram", str(chat))
