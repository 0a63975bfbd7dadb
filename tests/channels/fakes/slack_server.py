"""Slack on this machine, behaving as its documentation says: Web API, Socket Mode, signed requests.

Shapes and rules: https://docs.slack.dev/apis/web-api, https://docs.slack.dev/apis/events-api
(redelivery), https://docs.slack.dev/apis/events-api/using-socket-mode (envelopes, refreshes),
https://docs.slack.dev/authentication/verifying-requests-from-slack. What an app does wrong is
answered as Slack answers it: blocks that are too long, chats nobody opened, wrong tokens.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

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


@dataclass
class Envelope:
    """One delivery by socket that waits for its acknowledgement."""

    kind: str
    payload: dict[str, Any]
    tries: int = 0
    acked: asyncio.Event = field(default_factory=asyncio.Event)
    answer: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


class SlackServer(Payloads):
    """A fake Slack for one app in one workspace. `api` is the address for the client library."""

    def __init__(self) -> None:
        super().__init__()
        self.api = ""
        self.sent: list[Sent] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.gone: set[str] = set()
        self.scopes = SCOPES
        self.patience = 3.0
        self.connections = 0
        self.accept = True
        self.swallow: Callable[[Envelope], bool] = lambda _: False
        self.fault: Callable[[str, dict[str, Any]], Refusal | None] = lambda *_: None
        self.envelopes: dict[str, Envelope] = {}
        self._planned: dict[str, deque[Refusal]] = {}
        self._tickets: set[str] = set()
        self._socket: web.WebSocketResponse | None = None
        self._there = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ids = itertools.count(1)
        self._runner: web.AppRunner | None = None

    async def start(self) -> SlackServer:
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_post("/api/{method}", self._call)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/link", self._link)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._at = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.api = f"http://{self._at}/api/"
        return self

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._socket is not None:
            await self._socket.close()
        assert self._runner is not None
        await self._runner.cleanup()

    # What people do, by socket.

    def post(self, payload: dict[str, Any], kind: str = "events_api") -> Envelope:
        """Deliver a payload until it is acknowledged, as often as Slack does."""
        made = Envelope(kind, payload)
        self.envelopes[f"envelope-{next(self._ids)}"] = made
        task = asyncio.create_task(self._deliver(list(self.envelopes)[-1], made))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return made

    def says(self, user: str, text: str, **more: Any) -> Envelope:
        return self.post(self.event(self.message(user, text, **more)))

    def presses(self, user: str, title: str) -> Envelope:
        """Press a button of the newest message that shows it."""
        shown = [one for one in self.to(user) if title in one.buttons]
        assert shown, f"no button {title!r} for {user}: {[one.buttons for one in self.to(user)]}"
        return self.presses_value(user, shown[-1].buttons[title], shown[-1])

    def presses_value(self, user: str, value: str, on: Sent) -> Envelope:
        return self.post(self.press(user, value, on), "interactive")

    def commands(self, user: str, text: str, channel: str | None = None) -> Envelope:
        return self.post(self.command(user, text, channel), "slash_commands")

    # What the app did.

    def to(self, user: str) -> list[Sent]:
        return [one for one in self.sent if one.channel == self.chat(user)]

    def texts(self, user: str) -> list[str]:
        return [one.text for one in self.to(user)]

    def whispers(self, user: str) -> list[Sent]:
        return [one for one in self.sent if one.kind == "ephemeral" and one.options["user"] == user]

    def count(self, method: str) -> int:
        return sum(name == method for name, _ in self.calls)

    def fail(self, method: str, *refusals: Refusal) -> None:
        """Answer the next calls of a method so, in order."""
        self._planned.setdefault(method, deque()).extend(refusals)

    async def heard(self, user: str, count: int, seconds: float = 8.0) -> list[str]:
        """Wait until a person has this many messages."""
        async with asyncio.timeout(seconds):
            while len(self.to(user)) < count:
                await asyncio.sleep(0.01)
        return self.texts(user)

    async def drained(self, seconds: float = 8.0) -> None:
        """Wait until everything is acknowledged."""
        async with asyncio.timeout(seconds):
            for one in list(self.envelopes.values()):
                await one.acked.wait()

    async def refresh(self) -> None:
        """End the connection as Slack does every few hours."""
        assert self._socket is not None
        await self._socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def cut(self) -> None:
        """End the connection without a word."""
        assert self._socket is not None
        await self._socket.close(code=1006)

    async def connected(self, times: int = 1, seconds: float = 8.0) -> None:
        """Wait for this many connections in all."""
        async with asyncio.timeout(seconds):
            while self.connections < times or not self._there.is_set():
                await asyncio.sleep(0.01)

    # Socket Mode.

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or not self.accept:
            return web.Response(status=408)
        # A ticket works once.
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._socket = socket
        self.connections += 1
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": 1,
                "connection_info": {"app_id": "A012ABCD0A0"},
                "debug_info": {"host": "applink-1", "approximate_connection_time": 18060},
            }
        )
        self._there.set()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                self._acknowledged(json.loads(message.data))
        if self._socket is socket:
            self._there.clear()
        return socket

    def _acknowledged(self, answer: dict[str, Any]) -> None:
        envelope = self.envelopes.get(str(answer.get("envelope_id")))
        if envelope is None or self.swallow(envelope):
            return
        envelope.answer = answer.get("payload") or {}
        envelope.seconds = asyncio.get_running_loop().time() - envelope.seconds
        envelope.acked.set()

    async def _deliver(self, number: str, one: Envelope) -> None:
        while not one.acked.is_set():
            await self._there.wait()
            envelope = {
                "envelope_id": number,
                "type": one.kind,
                "payload": one.payload,
                "accepts_response_payload": one.kind != "events_api",
            }
            if one.kind == "events_api":
                reason = "timeout" if one.tries else ""
                envelope |= {"retry_attempt": one.tries, "retry_reason": reason}
            one.tries += 1
            one.seconds = asyncio.get_running_loop().time()
            with suppress(ConnectionError):
                assert self._socket is not None
                await self._socket.send_json(envelope)
            with suppress(TimeoutError):
                await asyncio.wait_for(one.acked.wait(), self.patience)

    # The Web API.

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await _parameters(request)
        self.calls.append((method, given))
        expected = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token != expected:
            wrong_kind = token in (APP_TOKEN, BOT_TOKEN)
            return Refusal("not_allowed_token_type" if wrong_kind else "invalid_auth").response()
        planned = self._planned.get(method)
        refusal = planned.popleft() if planned else self.fault(method, given)
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
        number = f"F{next(self._ids)}"
        return {"upload_url": f"http://{self._at}/upload/{number}", "file_id": number}

    async def _upload(self, request: web.Request) -> web.Response:
        self.uploads[request.match_info["file"]] = (await request.read()).decode()
        return web.Response(text="OK")

    def _files_completeUploadExternal(self, given: dict[str, Any]) -> Any:
        files = json.loads(given["files"])
        for one in files:
            text = self.uploads[one["id"]]
            self.sent.append(Sent(self.stamp(), given["channel_id"], text, kind="file"))
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
