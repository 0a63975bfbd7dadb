"""Belay in a process of its own, with clocks around its parts: `python -m benchmarks.watched`.

The clocks are put around methods from outside; the product has no timing code. Speaks in JSON
lines: says `{"ready": ...}`, then answers each line on standard input with what was measured since
the one before. Stops when standard input ends.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from time import perf_counter
from typing import Any

import belay.gateway.gateway
import belay.running
from belay.bootstrap import Belay
from belay.bootstrap import build as build_belay
from belay.domain.floor import judge
from belay.domain.turn import Turn
from belay.gateway.rasa_client import RasaClient
from belay.gateway.rate import Rate
from belay.logs import set_up_logs
from belay.running import Running
from belay.settings import Settings

NO_LIMIT = 1_000_000
LARGEST_LINE = 1_000

Asgi = Callable[[MutableMapping[str, Any], Any, Any], Awaitable[None]]


class Clocks:
    """Milliseconds by stage, and what the last turn came to."""

    def __init__(self) -> None:
        self.spent: list[tuple[str, float]] = []
        self.outcome: dict[str, Any] = {}

    def around(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, timed."""

        def timed(*args: Any, **named: Any) -> Any:
            begun = perf_counter()
            try:
                return work(*args, **named)
            finally:
                self._add(stage, begun)

        return timed

    def around_async(
        self, stage: str, work: Callable[..., Awaitable[Any]]
    ) -> Callable[..., Awaitable[Any]]:
        """The same coroutine function, timed."""

        async def timed(*args: Any, **named: Any) -> Any:
            begun = perf_counter()
            try:
                return await work(*args, **named)
            finally:
                self._add(stage, begun)

        return timed

    def around_app(self, stage: str, app: Asgi) -> Asgi:
        """The same web application, each request timed."""

        async def timed(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
            begun = perf_counter()
            try:
                await app(scope, receive, send)
            finally:
                self._add(stage, begun)

        return timed

    def note(self, turn: Turn) -> None:
        """Remember where a committed turn left the exercise."""
        latest = turn.run or turn.latest_touched()
        self.outcome = {
            "intent": turn.understood.intent if turn.understood else None,
            "position": turn.run.position if turn.run else None,
            "state": latest.state.value if latest else None,
            "finished": turn.finished_before,
        }

    def take(self) -> dict[str, Any]:
        """What was measured since the last call."""
        spent, self.spent = self.spent, []
        stages: dict[str, list[float]] = {}
        for stage, milliseconds in spent:
            entry = stages.setdefault(stage, [0, 0.0])
            entry[0] += 1
            entry[1] += milliseconds
        return {"stages": stages, "outcome": self.outcome}

    def _add(self, stage: str, begun: float) -> None:
        self.spent.append((stage, (perf_counter() - begun) * 1000))


def put_clocks(house: Belay, clocks: Clocks) -> None:
    """Put clocks around the parts of one Belay, and lift the website's limit of messages."""
    gateway, inbox, outbox = house.gateway, house.inbox, house.outbox
    turns, planner = gateway._turns, gateway._planner
    commit = clocks.around("commit", turns.commit)

    def commit_and_note(turn: Turn, *args: Any) -> Any:
        committed = commit(turn, *args)
        clocks.note(turn)
        return committed

    parts: tuple[tuple[Any, str, Any], ...] = (
        (belay.gateway.gateway, "judge", clocks.around("floor", judge)),
        (gateway, "receive", clocks.around_async("receive", gateway.receive)),
        (inbox, "accept", clocks.around("inbox", inbox.accept)),
        (inbox, "next_for", clocks.around("next", inbox.next_for)),
        (turns, "open", clocks.around("open", turns.open)),
        (turns, "commit", commit_and_note),
        (planner, "plan", clocks.around_async("plan", planner.plan)),
        (outbox, "after", clocks.around("outbox", outbox.after)),
        (outbox, "delivered", clocks.around("seen", outbox.delivered)),
        (RasaClient, "turn", clocks.around_async("rasa", RasaClient.turn)),
        (house, "actions", clocks.around_app("actions", house.actions)),
        (house.web, "_messages", Rate("messages", NO_LIMIT)),
    )
    for owner, name, replacement in parts:
        setattr(owner, name, replacement)


def say(**line: Any) -> None:
    """One JSON line to whoever started this."""
    print(json.dumps(line), flush=True)


async def serve(home: Path) -> None:
    """Run a watched Belay until standard input ends."""
    # No .env: the database of an installation must never take part.
    settings = Settings(_env_file=None, home=home)  # type: ignore[call-arg]
    set_up_logs(home / "logs", "ERROR")
    clocks = Clocks()

    def build(*args: Any, **named: Any) -> Belay:
        house = build_belay(*args, **named)
        put_clocks(house, clocks)
        return house

    setattr(belay.running, "build", build)  # noqa: B010 - the one place where a Belay is made
    running = Running(settings, port=0)
    try:
        await running.start(lambda words: say(progress=words))
        assert running.rasa is not None
        assert running.belay is not None
        clocks.take()
        say(ready=running.url, rasa=running.rasa.pid)
        reader = asyncio.StreamReader(limit=LARGEST_LINE)
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
        )
        while await reader.readline():
            for talk in list(running.belay.gateway._workers):
                await running.belay.gateway.settled(talk)
            say(**clocks.take())
    finally:
        await running.stop()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
