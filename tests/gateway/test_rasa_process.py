"""Keeping Rasa alive: ready, killed and started again, stopped, and never left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from belay.gateway import rasa_process
from belay.gateway.rasa_process import RasaProcess, RasaSettings, RasaWillNotStart, free_port

READY = "print('READY 1', flush=True)\nimport time\ntime.sleep(600)\n"


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """A process whose launcher is a few lines of Python."""
    monkeypatch.setattr(rasa_process, "PAUSES", (0.01,))

    def made(lines: str) -> RasaProcess:
        package = tmp_path / "rasa_ext"
        package.mkdir(exist_ok=True)
        (package / "__init__.py").touch()
        (package / "launcher.py").write_text(lines, "utf-8")
        settings = RasaSettings(
            python=Path(sys.executable),
            root=tmp_path,
            token="t" * 20,
            log_file=tmp_path / "logs" / "rasa.log",
            model=tmp_path / "model.tar.gz",
            port=free_port(),
        )
        return RasaProcess(settings, {"PATH": os.environ["PATH"]})

    return made


def alive(pid: int) -> bool:
    """Whether a process runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_start_returns_once_rasa_said_that_it_is_ready(make) -> None:  # type: ignore[no-untyped-def]
    process = make(READY)
    await process.start()
    assert process.ready.is_set()
    assert process.pid is not None
    await process.stop()


async def test_a_killed_rasa_is_started_again(make) -> None:  # type: ignore[no-untyped-def]
    process = make(READY)
    await process.start()
    first = process.pid
    os.kill(first, signal.SIGKILL)
    async with asyncio.timeout(10):
        while process.pid == first or not process.ready.is_set():
            await asyncio.sleep(0.01)
    assert process.starts == 2
    await process.stop()
    assert not alive(process.pid)


async def test_stop_leaves_nothing_running(make) -> None:  # type: ignore[no-untyped-def]
    process = make(READY)
    await process.start()
    pid = process.pid
    await process.stop()
    assert not alive(pid)


async def test_a_rasa_that_ends_before_it_is_ready_says_why_in_its_own_words(make) -> None:  # type: ignore[no-untyped-def]
    process = make("import sys\nsys.exit('The model is damaged: run `make train`.')")
    with pytest.raises(RasaWillNotStart, match="make train") as raised:
        await process.start()
    assert "rasa.log" in str(raised.value)


async def test_a_rasa_that_says_nothing_is_said_to_say_nothing(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RasaWillNotStart, match="wrote nothing"):
        await make("").start()


async def test_only_harmless_names_are_passed_on(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    lines = "import json, os\nopen('env.json', 'w').write(json.dumps(dict(os.environ)))\n" + READY
    process = make(lines)
    await process.start()
    await process.stop()
    passed = (tmp_path / "env.json").read_text("utf-8")
    assert "BELAY_RASA_TOKEN" in passed
    assert "BELAY_HOME" not in passed
    assert "DATABASE_URL" not in passed
