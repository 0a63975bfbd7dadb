"""Telegram's Bot API on this machine: the methods that a bot calls.

Shapes and rules: https://core.telegram.org/bots/api (updates, sending, errors with
`parameters.retry_after`, webhooks with a secret token). What a bot does wrong is answered as
Telegram answers it: texts that are too long, button data over 64 bytes, chats nobody opened.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.channels.fakes.planned import Planned

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
DATE = 1772452800
LONGEST = 4096
BUTTON_BYTES = 64
MOST_AT_ONCE = 100


@dataclass
class Refusal:
    """An answer that is no success. `after` lets the call take effect before it fails."""

    status: int
    description: str
    retry_after: int | None = None
    after: bool = False

    def response(self) -> web.Response:
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return web.json_response(body, status=self.status)


BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")
DEACTIVATED = Refusal(403, "Forbidden: user is deactivated")
NO_CHAT = Refusal(400, "Bad Request: chat not found")
AWAY = Refusal(502, "Bad Gateway")


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


@dataclass
class Sent:
    """One message that the bot sent."""

    message_id: int
    chat: int
    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    kind: str = "text"


class BotApi(Planned[Refusal]):
    """One bot's methods."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Sent] = []
        self.known: set[int] = set()
        self.blocked: set[int] = set()
        self.deleted: set[int] = set()
        self.webhook: dict[str, Any] = {}
        self.shuffle: Callable[[list[dict[str, Any]]], list[dict[str, Any]]] = lambda batch: batch
        self.echo: Callable[[dict[str, Any]], bool] = lambda _: False
        self._pending: dict[int, dict[str, Any]] = {}
        self._news = asyncio.Event()
        self._message_ids = itertools.count(1)
        self._polls = 0

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await _parameters(request)
        self.calls.append((method, given))
        if request.match_info["token"] != TOKEN:
            return Refusal(401, "Unauthorized").response()
        refusal = self.planned(method, given)
        if refusal is not None and not refusal.after:
            return refusal.response()
        handler = getattr(self, f"_{_snake(method)}", None)
        if handler is None:
            return Refusal(404, "Not Found").response()
        result = handler(given)
        if asyncio.iscoroutine(result):
            result = await result
        if isinstance(result, Refusal):
            return result.response()
        return refusal.response() if refusal else web.json_response({"ok": True, "result": result})

    def _get_me(self, _: dict[str, Any]) -> Any:
        return {
            "id": 110201543,
            "is_bot": True,
            "first_name": "Belay",
            "username": "belay_bot",
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    async def _get_updates(self, given: dict[str, Any]) -> Any:
        if self.webhook.get("url"):
            return Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self._polls += 1
        mine = self._polls
        offset = int(given.get("offset", 0))
        for done in [number for number in self._pending if number < offset]:
            if not self.echo(self._pending[done]):
                del self._pending[done]
        loop = asyncio.get_running_loop()
        until = loop.time() + float(given.get("timeout", 0))
        while True:
            if mine != self._polls:
                return Refusal(409, "Conflict: terminated by other getUpdates request")
            found = [self._pending[number] for number in sorted(self._pending)][:MOST_AT_ONCE]
            if found or loop.time() >= until:
                return self.shuffle(found)
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), max(0.0, until - loop.time()))
            except TimeoutError:
                continue

    def _set_webhook(self, given: dict[str, Any]) -> Any:
        if not str(given["url"]).startswith("https://"):
            return Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided")
        self.webhook = given
        return True

    def _delete_webhook(self, _: dict[str, Any]) -> Any:
        self.webhook = {}
        return True

    def _set_my_commands(self, _: dict[str, Any]) -> Any:
        return True

    def _leave_chat(self, _: dict[str, Any]) -> Any:
        return True

    def _send_chat_action(self, given: dict[str, Any]) -> Any:
        return self._reachable(int(given["chat_id"])) or True

    def _answer_callback_query(self, _: dict[str, Any]) -> Any:
        return True

    def _send_message(self, given: dict[str, Any]) -> Any:
        text = str(given.get("text", ""))
        if not text.strip():
            return Refusal(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > LONGEST:
            return Refusal(400, "Bad Request: message is too long")
        return self._sent(given, text, "text")

    def _edit_message_reply_markup(self, given: dict[str, Any]) -> Any:
        found = [one for one in self.sent if one.message_id == int(given["message_id"])]
        rows = json.loads(given["reply_markup"])["inline_keyboard"] if found else []
        buttons = {one["text"]: one["callback_data"] for row in rows for one in row}
        if not found:
            return Refusal(400, "Bad Request: message to edit not found")
        if buttons == found[0].buttons:
            return Refusal(400, "Bad Request: message is not modified")
        found[0].buttons = buttons
        return True

    def _delete_messages(self, given: dict[str, Any]) -> Any:
        gone = set(json.loads(given["message_ids"]))
        assert 0 < len(gone) <= 100
        self.deleted |= gone
        self.sent = [one for one in self.sent if one.message_id not in gone]
        return True

    def _send_photo(self, given: dict[str, Any]) -> Any:
        return self._sent(given, "", "photo")

    def _send_document(self, given: dict[str, Any]) -> Any:
        return self._sent(given, given.get("document", ""), "document")

    def _sent(self, given: dict[str, Any], text: str, kind: str) -> Any:
        chat = int(given["chat_id"])
        refusal = self._reachable(chat)
        if refusal is not None:
            return refusal
        markup = json.loads(given["reply_markup"]) if given.get("reply_markup") else {}
        rows = markup.get("inline_keyboard", [])
        buttons = {one["text"]: one["callback_data"] for row in rows for one in row}
        if any(len(data.encode()) > BUTTON_BYTES or not data for data in buttons.values()):
            return Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        made = Sent(next(self._message_ids), chat, text, buttons, given, kind)
        self.sent.append(made)
        shown: dict[str, Any] = {"text": text} if kind == "text" else {}
        return {
            "message_id": made.message_id,
            "chat": private_chat(chat),
            "date": DATE,
            **shown,
        }

    def _reachable(self, chat: int) -> Refusal | None:
        if chat in self.blocked:
            return BLOCKED
        return None if chat in self.known else NO_CHAT


def user(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": f"Person {number}", "language_code": "en"}


def private_chat(number: int) -> dict[str, Any]:
    return {"id": number, "first_name": f"Person {number}", "type": "private"}


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    posted = await request.post()
    return {
        name: value.file.read().decode(errors="replace")
        if isinstance(value, web.FileField)
        else value
        for name, value in posted.items()
    }


def _snake(method: str) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in method)
