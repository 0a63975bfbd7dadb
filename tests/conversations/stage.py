"""A stage for whole dialogues: the real Rasa process, a Belay per test, and people who talk.

ann = stage.client("ann")
ann.says("I need my mum to call before she drops by")
ann.hears("18 or over")
ann.presses("I'm 18 or over, go on")
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import uvicorn

from belay.bootstrap import Belay, build
from belay.gateway.gateway import Pace
from belay.gateway.inbound import Answered, InboundMessage
from belay.gateway.rasa_client import RasaClient
from belay.running import _Server
from belay.settings import Settings
from tests.fakes import RunningClock

T = TypeVar("T")


class Loop:
    """An event loop in a thread, so that tests read without await."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T], seconds: float = 60) -> T:
        """Run a coroutine and wait for its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(seconds)

    def close(self) -> None:
        """End the loop and its thread."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


@dataclass
class RasaAddress:
    """Where the shared Rasa process listens."""

    url: str
    token: str
    pid: Callable[[], int | None] = lambda: None


class Stage:
    """One Belay with its own database, on the shared Rasa."""

    def __init__(self, loop: Loop, rasa: RasaAddress, home: Path, **settings: Any) -> None:
        self._loop = loop
        self._rasa = rasa
        self.clock = RunningClock()
        self.settings = Settings(home=home, **settings)
        self.belay: Belay
        self._server: _Server
        self._serving: asyncio.Task[None]
        self.open()

    def open(self) -> None:
        """Build Belay (again) on the same database."""
        self._loop.run(self._open())

    def close(self) -> None:
        """Stop it in order."""
        self._loop.run(self._close())

    def rebuild(self) -> None:
        """What a restart does, without a new process."""
        self.close()
        self.open()

    def client(self, name: str, *, onboarded: bool = False) -> Person:
        """Somebody who talks in the terminal channel."""
        return Person(self, name, onboarded)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on Belay's loop."""
        return self._loop.run(work)

    def ask(self, address: str, text: str, onboarded: bool) -> Answered:
        """One message and its outcome."""
        return self._loop.run(
            self.belay.gateway.ask(
                InboundMessage(
                    channel="terminal",
                    address=address,
                    provider_id=uuid4().hex,
                    text=text,
                    at=self.clock(),
                    onboarded=onboarded,
                )
            )
        )

    async def _open(self) -> None:
        token = uuid4().hex
        self.belay = build(
            self.settings, action_token=token, clock=self.clock, pace=Pace(late=8, retry=0.05)
        )
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.bind(("127.0.0.1", 0))
        listening.listen(32)
        config = uvicorn.Config(
            self.belay.actions, log_config=None, lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/webhook"
        self._client = RasaClient(self._rasa.url, self._rasa.token, url, token)
        self.belay.rasa.connect(self._client)
        await self.belay.gateway.start()

    async def _close(self) -> None:
        await self.belay.gateway.stop()
        await self._client.close()
        self._server.should_exit = True
        await self._serving
        self.belay.engine.dispose()


@dataclass
class Person:
    """A client who says things and hears replies."""

    stage: Stage
    name: str
    onboarded: bool = False
    last: Answered | None = None
    log: list[str] = field(default_factory=list)

    def says(self, *texts: str) -> Person:
        """Say each text and wait for the answer."""
        for text in texts:
            self.last = self.stage.ask(self.name, text, self.onboarded)
            self.log += [f"{self.name}: {text}", *(f"  bot: {r.text}" for r in self.last.replies)]
        return self

    def presses(self, *titles: str) -> Person:
        """Press the button with each title; it must be there."""
        for title in titles:
            assert title in self.buttons, f"no button {title!r} among {self.buttons}\n{self}"
            self.says(title)
        return self

    def hears(self, *phrases: str) -> Person:
        """The last answer holds each phrase (without regard to case)."""
        for phrase in phrases:
            assert phrase.lower() in self.heard.lower(), f"{phrase!r} not heard\n{self}"
        return self

    def does_not_hear(self, *phrases: str) -> Person:
        """The last answer holds none of the phrases."""
        for phrase in phrases:
            assert phrase.lower() not in self.heard.lower(), f"{phrase!r} heard\n{self}"
        return self

    @property
    def heard(self) -> str:
        """All text of the last answer, cards included."""
        assert self.last is not None
        parts = []
        for reply in self.last.replies:
            parts.append(reply.text)
            if reply.card:
                parts += [reply.card.title, reply.card.text, reply.card.url or ""]
        return "\n".join(parts)

    @property
    def lines(self) -> list[str]:
        """Ids of the authored lines in the last answer."""
        assert self.last is not None
        return [reply.line for reply in self.last.replies]

    @property
    def buttons(self) -> list[str]:
        """Titles of the buttons in the last answer."""
        assert self.last is not None
        return [button.title for reply in self.last.replies for button in reply.buttons]

    @property
    def step(self) -> str | None:
        """Where the exercise stands."""
        assert self.last is not None
        return self.last.exercise.step if self.last.exercise else None

    @property
    def state(self) -> str | None:
        """The state of the exercise that the last turn was about."""
        assert self.last is not None
        return self.last.exercise.state if self.last.exercise else None

    def __str__(self) -> str:
        return "\n".join(self.log[-12:])


StageMaker = Callable[..., Stage]
