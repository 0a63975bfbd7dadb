"""The chat behind a real server on this machine, and a house with a channel that pushes."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import uvicorn

from tests.channels.pigeons import House
from tests.fakes import RunningClock
from tests.gateway.stage import Stage


class QuietServer(uvicorn.Server):
    """A server that leaves signals to the test runner."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@pytest.fixture
async def address(stage: Stage) -> AsyncIterator[str]:
    """Where the stage's app listens."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(16)
    config = uvicorn.Config(
        stage.belay.app, log_config=None, lifespan="off", ws="none", timeout_graceful_shutdown=1
    )
    server = QuietServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    stage.belay.web.stopping.set()
    server.should_exit = True
    await serving


@pytest.fixture
async def house(home: Path) -> AsyncIterator[House]:
    made = await House(home, RunningClock()).open()  # type: ignore[arg-type]
    yield made
    await made.close()
