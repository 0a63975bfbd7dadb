"""Telegram on this machine: what people do there, and what a bot did."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

import httpx
from aiohttp import web

from tests.channels.fakes.telegram_bot_api import DATE, BotApi, Sent, private_chat, user


class TelegramServer(BotApi):
    """A fake Bot API for one bot. `api` is the address for the client library."""

    def __init__(self) -> None:
        super().__init__()
        self.api = ""
        self._update_ids = itertools.count(700_000_001)
        self._runner: web.AppRunner | None = None

    async def start(self) -> TelegramServer:
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.api = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def stop(self) -> None:
        assert self._runner is not None
        self._news.set()
        await self._runner.cleanup()

    # What people do.

    def post(self, **update: Any) -> dict[str, Any]:
        """Queue an update, as Telegram does until it is confirmed."""
        made = {"update_id": next(self._update_ids), **update}
        self._pending[made["update_id"]] = made
        self._news.set()
        return made

    def says(self, chat: int, text: str, **more: Any) -> dict[str, Any]:
        return self.post(message=self.message(chat, text=text, **more))

    def message(self, chat: int, **content: Any) -> dict[str, Any]:
        self.known.add(chat)
        return {
            "message_id": next(self._message_ids),
            "from": user(chat),
            "chat": private_chat(chat),
            "date": DATE,
            **content,
        }

    def presses(self, chat: int, title: str) -> dict[str, Any]:
        """Press a button of the newest message that shows it."""
        shown = [one for one in self.to(chat) if title in one.buttons]
        assert shown, f"no button {title!r} for {chat}: {[one.buttons for one in self.to(chat)]}"
        newest = shown[-1]
        return self.presses_data(chat, newest.buttons[title], newest)

    def presses_data(self, chat: int, data: str, on: Sent) -> dict[str, Any]:
        rows = [[{"text": text, "callback_data": value}] for text, value in on.buttons.items()]
        return self.post(
            callback_query={
                "id": str(next(self._update_ids)),
                "from": user(chat),
                "message": {
                    "message_id": on.message_id,
                    "from": {"id": 110201543, "is_bot": True, "first_name": "Belay"},
                    "chat": private_chat(chat),
                    "date": DATE,
                    "text": on.text,
                    "reply_markup": {"inline_keyboard": rows},
                },
                "chat_instance": "-4718193212345",
                "data": data,
            }
        )

    def blocks(self, chat: int) -> dict[str, Any]:
        """The person blocks the bot; Telegram tells it."""
        self.blocked.add(chat)
        return self._membership(private_chat(chat), user(chat), "member", "kicked")

    def unblocks(self, chat: int) -> None:
        self.blocked.discard(chat)

    def adds_to_group(self, group: int, by: int) -> dict[str, Any]:
        self.known.add(group)
        chat = {"id": group, "title": "Family", "type": "group"}
        return self._membership(chat, user(by), "left", "member")

    def _membership(
        self, chat: dict[str, Any], by: dict[str, Any], old: str, new: str
    ) -> dict[str, Any]:
        bot = {"id": 110201543, "is_bot": True, "first_name": "Belay", "username": "belay_bot"}
        states = {"kicked": {"until_date": 0}}
        return self.post(
            my_chat_member={
                "chat": chat,
                "from": by,
                "date": DATE,
                "old_chat_member": {"user": bot, "status": old, **states.get(old, {})},
                "new_chat_member": {"user": bot, "status": new, **states.get(new, {})},
            }
        )

    # What the bot did.

    def to(self, chat: int) -> list[Sent]:
        return [one for one in self.sent if one.chat == chat]

    def texts(self, chat: int) -> list[str]:
        return [one.text for one in self.to(chat)]

    async def heard(self, chat: int, count: int, seconds: float = 8.0) -> list[str]:
        """Wait until a person has this many messages."""
        async with asyncio.timeout(seconds):
            while len(self.to(chat)) < count:
                await asyncio.sleep(0.01)
        return self.texts(chat)

    async def drained(self, seconds: float = 8.0) -> None:
        """Wait until every update is confirmed."""
        async with asyncio.timeout(seconds):
            while self._pending:
                await asyncio.sleep(0.01)

    async def push(self, update: dict[str, Any], secret: str | None = None) -> int:
        """Send one update to the webhook that was set; returns the status."""
        given = secret if secret is not None else self.webhook.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": given} if given else {}
        async with httpx.AsyncClient(trust_env=False) as http:
            response = await http.post(self.webhook["url"], json=update, headers=headers)
        return response.status_code
