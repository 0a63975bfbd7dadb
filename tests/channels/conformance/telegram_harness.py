"""Telegram in the suite: long polling against the fake Bot API."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.channels.fakes.telegram_bot_api import private_chat, user
from tests.channels.fakes.telegram_server import TelegramServer
from tests.channels.telegram.stage import TelegramStage


class TelegramHarness:
    """People are chats; a name is a number by its checksum."""

    stage: TelegramStage

    async def open(self, home: Path) -> None:
        self.server = await TelegramServer().start()
        self.stage = await TelegramStage(home, self.server).open()

    async def close(self) -> None:
        await self.stage.close()
        await self.server.stop()

    async def says(self, person: str, text: str, again: Any = None) -> Any:
        update = self.server.says(_chat(person), text)
        await self.stage.quiet()
        return update

    async def presses(self, person: str, title: str) -> Any:
        update = self.server.presses(_chat(person), title)
        await self.stage.quiet()
        return update

    async def repeats(self, person: str, delivery: Any) -> None:
        self.server._pending[delivery["update_id"]] = delivery
        # The long poll is woken by news only.
        self.server._news.set()
        await self.stage.quiet()

    async def presses_of(self, thief: str, owner: str, title: str) -> None:
        shown = [one for one in self.server.to(_chat(owner)) if title in one.buttons][-1]
        self.server.presses_data(_chat(thief), shown.buttons[title], shown)
        await self.stage.quiet()

    async def heard(self, person: str) -> list[str]:
        return self.server.texts(_chat(person))

    async def buttons(self, person: str) -> list[str]:
        shown = [one for one in self.server.to(_chat(person)) if one.buttons]
        return list(shown[-1].buttons) if shown else []

    def talk(self, person: str) -> str:
        return self.stage.talk(_chat(person))

    async def hostile(self) -> Sequence[str]:
        """Updates of shapes that no kind client sends; all must be taken off the queue."""
        chat = _chat("mallory")
        button = {"message_id": 1, "date": 0, "chat": private_chat(chat)}
        query = {"id": "1", "from": user(chat), "chat_instance": "1", "message": button}
        for data in ("", "x", "~", "~AAAAAAAA1.delete.yes", "~" + "A" * 63, "{}", "delete.yes"):
            self.server.post(callback_query={**query, "data": data})
        self.server.post(callback_query={**query, "message": None, "data": "delete.yes"})
        self.server.post(channel_post={**button, "chat": {"id": -1, "type": "channel"}})
        self.server.post(unknown_kind={"text": "delete my data"})
        self.server.post()
        self.server.post(message={**self.server.message(chat, text="hi"), "from": None})
        bot = {**user(chat), "is_bot": True}
        self.server.post(message={**self.server.message(chat, text="hi"), "from": bot})
        await self.stage.quiet()
        stored = self.stage.sql("SELECT count(*) FROM inbox")[0]
        return [] if stored == 0 else [f"{stored} messages were stored"]


def _chat(person: str) -> int:
    return 10_000_000 + zlib.crc32(person.encode()) % 80_000_000
