"""What holds for every test: no network, no settings of this machine, a clock that is set."""

from __future__ import annotations

import gc
import ipaddress
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from belay.settings import Settings
from tests.fakes import FixedClock
from tests.gateway.stage import Stage
from tests.sr_table import pytest_runtest_logreport, pytest_terminal_summary

__all__ = ["pytest_runtest_logreport", "pytest_terminal_summary"]

CONNECTING = ("connect", "connect_ex")

# What walks the same way over every exercise, channel, step or provider: too many to wait for
# before a commit, so `make check` leaves them to `make test`.
THOROUGH = (
    "tests/channels/conformance/",
    "tests/channels/slack/",
    "tests/channels/telegram/",
    "tests/gateway/test_any_order.py",
    "tests/language/test_scoring.py",
    "tests/safety/test_sr_17",
    "tests/safety/test_sr_30",
    "tests/safety/test_sr_38",
    "tests/services/test_anywhere_in_an_exercise.py",
    "tests/services/test_every_exercise.py",
    "tests/services/test_stop_words_as_answers.py",
    "tests/storage/test_saving.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the wide walks by where they stand."""
    for item in items:
        if item.nodeid.startswith(THOROUGH):
            item.add_marker(pytest.mark.thorough)


def pytest_collection_finish() -> None:
    """What was imported stays for good: the garbage collector need not look at it each time."""
    gc.collect()
    gc.freeze()


class NetworkForbidden(AssertionError):
    """A test tried to reach something that is not this machine."""


def is_loopback(address: Any) -> bool:
    """Whether an address stays on this machine."""
    if not isinstance(address, tuple):
        return True  # a Unix socket's path
    host = str(address[0])
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _nothing_leaves_this_machine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in CONNECTING:
            real = getattr(socket.socket, name)

            def guarded(self: socket.socket, address: Any, real: Any = real) -> Any:
                if not is_loopback(address):
                    raise NetworkForbidden(f"a test may not reach {address[0]}")
                return real(self, address)

            patch.setattr(socket.socket, name, guarded)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A developer's own database and `.env` stay out of every test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "BELAY_DATABASE_URL"):
            patch.delenv(name, raising=False)
        patch.setenv("BELAY_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setitem(Settings.model_config, "env_file", None)
        yield


@pytest.fixture
def clock() -> FixedClock:
    """A Monday noon; it only moves when a test says so (and a millisecond a look)."""
    return FixedClock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for one installation's data."""
    return tmp_path / "home"


@pytest.fixture
async def stage(
    home: Path, clock: FixedClock, request: pytest.FixtureRequest
) -> AsyncIterator[Stage]:
    """A small Belay on a file of its own; with routes where the module says OVER_HTTP."""
    http = getattr(request.module, "OVER_HTTP", False)
    made = await Stage(home, clock, http=http).open()
    yield made
    await made.close()
