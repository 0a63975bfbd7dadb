"""Every channel of the suite by name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.channels.conformance.harness import Harness
from tests.channels.conformance.slack_harness import SlackHarness
from tests.channels.conformance.telegram_harness import TelegramHarness
from tests.channels.conformance.terminal_harness import TerminalHarness
from tests.channels.conformance.web_harness import WebHarness

HARNESSES: dict[str, Callable[[], Harness]] = {
    "web": WebHarness,
    "telegram": TelegramHarness,
    "terminal": TerminalHarness,
    "slack": SlackHarness,
}


@pytest.fixture(params=sorted(HARNESSES))
async def channel(request: pytest.FixtureRequest, home: Path) -> AsyncIterator[Harness]:
    """One channel after the other, each with a house of its own."""
    made = HARNESSES[request.param]()
    await made.open(home)
    yield made
    await made.close()
