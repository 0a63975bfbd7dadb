"""The measured side of Belay: its own process, and one visitor of its website over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx

from belay.settings import ROOT, environment_for_rasa

ANSWER_SECONDS = 60.0


class BelayBroke(Exception):
    """Belay did not start, or did not answer. The message says where to look."""


class Visit:
    """One visitor who writes, and sees the answers come by the event stream."""

    def __init__(self, home: Path, say: Callable[[str], None]) -> None:
        self._home = home
        self._say = say
        self._events: asyncio.Queue[tuple[float, str, Any]] = asyncio.Queue()
        self.heard: list[dict[str, Any]] = []
        self.pids: tuple[int, ...] = ()
        self._process: asyncio.subprocess.Process
        self._http: httpx.AsyncClient
        self._stream: asyncio.Task[None]

    async def start(self) -> None:
        """Start Belay with its own Rasa, open the chat and the event stream.

        Raises:
            BelayBroke: it ended before it was ready.
        """
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "benchmarks.watched",
            str(self._home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**environment_for_rasa(), "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True,
        )
        while "ready" not in (line := await self._line()):
            self._say(str(line.get("progress", "")))
        self.pids = (self._process.pid, int(line["rasa"]))
        self._http = httpx.AsyncClient(
            base_url=line["ready"], timeout=httpx.Timeout(ANSWER_SECONDS), trust_env=False
        )
        opened = await self._http.post("/chat/open", json={"view": uuid4().hex})
        opened.raise_for_status()
        self._stream = asyncio.create_task(self._listen(opened.json()["cursor"]))

    async def stop(self) -> None:
        """Leave, and let Belay stop in order."""
        if hasattr(self, "_stream"):
            self._stream.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._stream
            await self._http.aclose()
        if not hasattr(self, "_process"):
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), 20)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def turn(self, text: str) -> float:
        """Send one message. Returns milliseconds until its last reply had arrived.

        Raises:
            BelayBroke: it was refused, or nothing came.
        """
        while not self._events.empty():
            self._events.get_nowait()
        self.heard = []
        begun = perf_counter()
        sending = asyncio.create_task(
            self._http.post("/chat/messages", json={"id": uuid4().hex, "text": text})
        )
        arrived = begun
        while True:
            at, kind, data = await asyncio.wait_for(self._events.get(), ANSWER_SECONDS)
            if kind == "message":
                arrived = at
                self.heard.append(data)
            elif kind == "broken":
                raise BelayBroke(f"The event stream ended: {data}. {self._where()}")
            elif kind == "typing" and not data["on"] and self.heard:
                break
        sent = await sending
        if sent.status_code != 202:
            raise BelayBroke(f"A message was refused with {sent.status_code}. {self._where()}")
        seen = await self._http.post("/chat/seen", json={"cursor": self.heard[-1]["cursor"]})
        seen.raise_for_status()
        return (arrived - begun) * 1000

    async def measured(self) -> dict[str, Any]:
        """Stages of the turns since the last call, and where the exercise stands now."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"\n")
        await self._process.stdin.drain()
        return await self._line()

    async def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        raw = await self._process.stdout.readline()
        if not raw:
            raise BelayBroke(f"Belay ended. {self._where()}")
        line: dict[str, Any] = json.loads(raw)
        return line

    async def _listen(self, cursor: int) -> None:
        try:
            async with self._http.stream("GET", f"/chat/events?cursor={cursor}") as response:
                kind = ""
                async for line in response.aiter_lines():
                    if line.startswith("event: "):
                        kind = line.removeprefix("event: ")
                    elif line.startswith("data: "):
                        data = json.loads(line.removeprefix("data: "))
                        self._events.put_nowait((perf_counter(), kind, data))
            reason = "it was closed"
        except httpx.HTTPError as error:
            reason = type(error).__name__
        self._events.put_nowait((perf_counter(), "broken", reason))

    def _where(self) -> str:
        return f"See the output above and the logs in {self._home / 'logs'}."
