"""Slack on this machine, behaving as its documentation says: Web API, Socket Mode, signed requests.

Rules: https://docs.slack.dev/apis/events-api (redelivery),
https://docs.slack.dev/apis/events-api/using-socket-mode (envelopes, refreshes),
https://docs.slack.dev/authentication/verifying-requests-from-slack.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.channels.fakes.slack_web_api import Sent, WebApi


@dataclass
class Envelope:
    """One delivery by socket that waits for its acknowledgement."""

    kind: str
    payload: dict[str, Any]
    tries: int = 0
    acked: asyncio.Event = field(default_factory=asyncio.Event)
    swallowed: asyncio.Event = field(default_factory=asyncio.Event)
    answer: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


class SlackServer(WebApi):
    """A fake Slack for one app in one workspace. `api` is the address for the client library."""

    def __init__(self) -> None:
        super().__init__()
        self.api = ""
        self.patience = 3.0
        self.again = 0.3
        self.connections = 0
        self.accept = True
        self.swallow: Callable[[Envelope], bool] = lambda _: False
        self.lag: Callable[[Envelope], float] = lambda _: 0.0
        self.delivered: list[Envelope] = []
        self.envelopes: dict[str, Envelope] = {}
        self._socket: web.WebSocketResponse | None = None
        self._there = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
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
        if envelope is None:
            return
        if self.swallow(envelope):
            envelope.swallowed.set()
            return
        envelope.answer = answer.get("payload") or {}
        envelope.seconds = asyncio.get_running_loop().time() - envelope.seconds
        envelope.acked.set()

    async def _deliver(self, number: str, one: Envelope) -> None:
        await asyncio.sleep(self.lag(one))
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
                if one.tries == 1:
                    self.delivered.append(one)
            await self._answer(one)

    async def _answer(self, one: Envelope) -> None:
        """Wait for an acknowledgement as long as Slack does, or a moment for one that got lost."""
        waits = [asyncio.create_task(event.wait()) for event in (one.acked, one.swallowed)]
        await asyncio.wait(waits, timeout=self.patience, return_when=asyncio.FIRST_COMPLETED)
        for task in waits:
            task.cancel()
        if one.swallowed.is_set() and not one.acked.is_set():
            one.swallowed.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(one.acked.wait(), min(self.again, self.patience))
