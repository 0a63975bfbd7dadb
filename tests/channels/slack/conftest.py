"""A Slack on this machine, and a Belay that listens to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.fakes.slack_server import SlackServer
from tests.channels.slack.stage import SlackStage


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    made = await SlackServer().start()
    yield made
    await made.stop()


@pytest.fixture
async def house(home: Path, server: SlackServer) -> AsyncIterator[SlackStage]:
    made = await SlackStage(home, server).open()
    yield made
    await made.close()
