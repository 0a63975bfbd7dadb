"""A Telegram on this machine, and a Belay that listens to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.fakes.telegram_server import TelegramServer
from tests.channels.telegram.stage import TelegramStage


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    made = await TelegramServer().start()
    yield made
    await made.stop()


@pytest.fixture
async def house(home: Path, server: TelegramServer) -> AsyncIterator[TelegramStage]:
    made = await TelegramStage(home, server).open()
    yield made
    await made.close()
