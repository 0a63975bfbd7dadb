"""Reading an endless answer of an app, without a server in between."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.types import ASGIApp, Message

SECONDS = 5


class Events:
    """The server-sent events of one open stream."""

    def __init__(self) -> None:
        self.status = 0
        self._chunks: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._rest = ""
        self._ready: list[dict[str, Any]] = []

    async def send(self, message: Message) -> None:
        """What the app sends."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self._chunks.put_nowait(message.get("body", b""))
            if not message.get("more_body"):
                self._chunks.put_nowait(None)

    async def next(self) -> dict[str, Any] | None:
        """The next event, or None at the end of the stream."""
        while not self._ready:
            chunk = await asyncio.wait_for(self._chunks.get(), SECONDS)
            if chunk is None:
                return None
            *blocks, self._rest = (self._rest + chunk.decode()).split("\n\n")
            self._ready += [event for block in blocks if (event := _event(block))]
        return self._ready.pop(0)

    async def take(self, count: int, kind: str = "message") -> list[dict[str, Any]]:
        """The data of the next events of a kind."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            event = await self.next()
            assert event is not None, f"the stream ended after {len(found)}"
            if event["event"] == kind:
                found.append(event["data"])
        return found


@asynccontextmanager
async def stream(
    app: ASGIApp, path: str, query: str, headers: list[tuple[bytes, bytes]]
) -> AsyncIterator[Events]:
    """GET an endless answer; the block's end is what a browser's going away is."""
    gone, events = asyncio.Event(), Events()
    asked = False

    async def receive() -> Message:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await gone.wait()
        return {"type": "http.disconnect"}

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("belay.test", 80),
    }
    task = asyncio.create_task(app(scope, receive, events.send))
    try:
        while not events.status:
            await asyncio.sleep(0)
            if task.done():
                task.result()
        yield events
    finally:
        gone.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(task), 0.05)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _event(block: str) -> dict[str, Any]:
    event: dict[str, Any] = {}
    for line in block.splitlines():
        if ": " in line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            event[name] = json.loads(value) if name == "data" else value
    return event
