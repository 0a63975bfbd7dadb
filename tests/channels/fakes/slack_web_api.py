"""Slack's Web API on this machine: what an app does wrong is answered as Slack answers it.

Shapes and rules: https://docs.slack.dev/apis/web-api,
https://docs.slack.dev/messaging/working-with-files (uploads: an address, the bytes, the end).
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.channels.fakes.planned import Planned
from tests.channels.fakes.slack_payloads import BOT, BOT_TOKEN, TEAM, Payloads

APP_TOKEN = "xapp-1-A012ABCD0A0-3312345678-0f1e2d3c4b5a"
SCOPES = "app_mentions:read,chat:write,commands,files:write,im:history,im:write"
LONGEST_SECTION, LONGEST_TITLE, LONGEST_VALUE, LONGEST_ROW = 3000, 75, 2000, 25


@dataclass
class Refusal:
    """An answer that is no success. `after` lets the call take effect before it fails."""

    error: str
    status: int = 200
    retry_after: int | None = None
    after: bool = False

    def response(self) -> web.Response:
        headers = {"Retry-After": str(self.retry_after)} if self.retry_after is not None else {}
        if self.status >= 500:
            return web.Response(status=self.status, text=self.error, content_type="text/html")
        body = {"ok": False, "error": self.error}
        return web.json_response(body, status=self.status, headers=headers)


AWAY = Refusal("<html>Bad gateway</html>", 502)
GONE = Refusal("user_disabled")


def too_many(seconds: int) -> Refusal:
    return Refusal("ratelimited", 429, seconds)


@dataclass
class Sent:
    """One message that the app sent."""

    ts: str
    channel: str
    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    kind: str = "text"
    data: bytes = b""


class WebApi(Payloads, Planned[Refusal]):
    """The methods that the app calls."""

    def __init__(self) -> None:
        Payloads.__init__(self)
        Planned.__init__(self)
        self.sent: list[Sent] = []
        self.gone: set[str] = set()
        self.scopes = SCOPES
        self._tickets: set[str] = set()
        self._ids = itertools.count(1)

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await _parameters(request)
        self.calls.append((method, given))
        expected = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token != expected:
            wrong_kind = token in (APP_TOKEN, BOT_TOKEN)
            return Refusal("not_allowed_token_type" if wrong_kind else "invalid_auth").response()
        refusal = self.planned(method, given)
        if refusal is not None and not refusal.after:
            return refusal.response()
        handler = getattr(self, f"_{method.replace('.', '_')}", None)
        if handler is None:
            return Refusal("unknown_method").response()
        result = handler(given)
        if isinstance(result, Refusal):
            return result.response()
        if refusal is not None:
            return refusal.response()
        return web.json_response({"ok": True, **result}, headers={"x-oauth-scopes": self.scopes})

    def _auth_test(self, _: dict[str, Any]) -> Any:
        return {
            "url": "https://subarachnoid.slack.com/",
            "team": "Subarachnoid Workspace",
            "user": "belay",
            "team_id": TEAM,
            "user_id": BOT,
            "bot_id": "B0BELAY",
        }

    def _apps_connections_open(self, _: dict[str, Any]) -> Any:
        ticket = f"t{next(self._ids)}"
        self._tickets.add(ticket)
        return {"url": f"ws://{self._at}/link/?ticket={ticket}".replace("/link/", "/link")}

    def _conversations_open(self, given: dict[str, Any]) -> Any:
        user = given["users"]
        if user in self.gone:
            return GONE
        if not user.startswith("U"):
            return Refusal("user_not_found")
        self.opened.add(self.chat(user))
        return {"no_op": True, "already_open": True, "channel": {"id": self.chat(user)}}

    def _chat_postMessage(self, given: dict[str, Any]) -> Any:
        if any(self.chat(user) == given["channel"] for user in self.gone):
            return Refusal("channel_not_found")
        if given["channel"] not in self.opened:
            return Refusal("channel_not_found")
        return self._posted(given, "text")

    def _chat_postEphemeral(self, given: dict[str, Any]) -> Any:
        made = self._posted(given, "ephemeral")
        return made if isinstance(made, Refusal) else {"message_ts": made["ts"]}

    def _chat_update(self, given: dict[str, Any]) -> Any:
        found = [one for one in self.sent if one.ts == given["ts"]]
        if not found:
            return Refusal("message_not_found")
        found[0].options = {**found[0].options, "blocks": given["blocks"]}
        found[0].buttons = _buttons(given["blocks"])
        return {"channel": given["channel"], "ts": given["ts"], "text": given.get("text", "")}

    def _posted(self, given: dict[str, Any], kind: str) -> Any:
        blocks = given.get("blocks") or []
        if not blocks and not str(given.get("text") or "").strip():
            return Refusal("no_text")
        if any(_is_wrong(block) for block in blocks):
            return Refusal("invalid_blocks")
        shown = "\n".join(one["text"]["text"] for one in blocks if one["type"] == "section")
        made = Sent(
            ts=self.stamp(),
            channel=given["channel"],
            text=_read(shown or given["text"]),
            buttons=_buttons(blocks),
            options=given,
            kind=kind,
        )
        self.sent.append(made)
        return {"channel": made.channel, "ts": made.ts, "message": {"text": given.get("text")}}

    def _files_getUploadURLExternal(self, given: dict[str, Any]) -> Any:
        if "files:write" not in self.scopes.split(","):
            return Refusal("missing_scope")
        if int(given["length"]) < 1:
            return Refusal("invalid_arguments")
        number = f"F{next(self._ids)}"
        return {"upload_url": f"http://{self._at}/upload/{number}", "file_id": number}

    async def _upload(self, request: web.Request) -> web.Response:
        self.uploads[request.match_info["file"]] = await request.read()
        return web.Response(text="OK")

    def _files_completeUploadExternal(self, given: dict[str, Any]) -> Any:
        files = json.loads(given["files"])
        for one in files:
            data = self.uploads[one["id"]]
            is_picture = data.startswith(b"\x89PNG")
            text = "" if is_picture else data.decode()
            kind = "picture" if is_picture else "file"
            self.sent.append(
                Sent(self.stamp(), given["channel_id"], text, options=one, kind=kind, data=data)
            )
        return {"files": files}


def _is_wrong(block: dict[str, Any]) -> bool:
    if block["type"] == "section":
        return not 1 <= len(block["text"]["text"]) <= LONGEST_SECTION
    if block["type"] != "actions" or not 1 <= len(block["elements"]) <= LONGEST_ROW:
        return True
    names = [one["action_id"] for one in block["elements"]]
    return len(set(names)) != len(names) or any(
        len(one["text"]["text"]) > LONGEST_TITLE or not 1 <= len(one["value"]) <= LONGEST_VALUE
        for one in block["elements"]
    )


def _buttons(blocks: list[dict[str, Any]]) -> dict[str, str]:
    rows = [one["elements"] for one in blocks if one["type"] == "actions"]
    return {one["text"]["text"]: one["value"] for row in rows for one in row}


def _read(text: str) -> str:
    """A text as a person sees it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    given: dict[str, Any] = {**request.query, **(await request.post())}
    if isinstance(given.get("blocks"), str):
        given["blocks"] = json.loads(given["blocks"])
    return given
