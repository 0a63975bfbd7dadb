"""Keeps one Rasa process: start, ready, restart with growing pauses, orderly stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

import structlog

log = structlog.get_logger("belay.rasa")

PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
STEADY_SECONDS = 60.0


class RasaWillNotStart(Exception):
    """Rasa ended before it was ready. The message is its own sentence with the remedy."""


@dataclass(frozen=True)
class RasaSettings:
    """How to start the process."""

    python: Path
    root: Path
    token: str
    log_file: Path
    model: Path
    port: int


class RasaProcess:
    """One Rasa process under watch."""

    def __init__(self, settings: RasaSettings, environment: dict[str, str]) -> None:
        self._settings = settings
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self.ready = asyncio.Event()
        self.starts = 0

    @property
    def url(self) -> str:
        """Where the process listens."""
        return f"http://127.0.0.1:{self._settings.port}"

    @property
    def token(self) -> str:
        """What a caller has to show."""
        return self._settings.token

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Start and wait until it answered its own probe.

        Raises:
            RasaWillNotStart: it ended before; the first line it wrote to stderr says why.
        """
        await self._launch()
        self._watch = asyncio.create_task(self._keep_alive(), name="keep Rasa alive")

    async def stop(self) -> None:
        """Stop the process; it is killed when it does not go in five seconds."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), 5.0)
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _launch(self) -> None:
        self.ready.clear()
        self.starts += 1
        self._settings.log_file.parent.mkdir(parents=True, exist_ok=True)
        environment = {
            **self._environment,
            "BELAY_RASA_PORT": str(self._settings.port),
            "BELAY_RASA_TOKEN": self._settings.token,
            "BELAY_MODEL": str(self._settings.model),
        }
        with self._settings.log_file.open("ab") as errors:
            begins = errors.tell()
            self._process = await asyncio.create_subprocess_exec(
                str(self._settings.python),
                "-m",
                "rasa_ext.launcher",
                cwd=self._settings.root,
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            if line.startswith(b"READY"):
                self.ready.set()
                return
        await self._process.wait()
        said = self._settings.log_file.read_bytes()[begins:].decode(errors="replace").strip()
        reason = said.splitlines()[-1] if said else "It wrote nothing."
        raise RasaWillNotStart(f"{reason} (log: {self._settings.log_file})")

    async def _keep_alive(self) -> None:
        loop = asyncio.get_running_loop()
        failures = 0
        while True:
            assert self._process is not None
            begun = loop.time()
            if self._process.stdout is not None:
                await self._process.stdout.read()
            await self._process.wait()
            self.ready.clear()
            failures = 0 if loop.time() - begun > STEADY_SECONDS else failures + 1
            pause = PAUSES[min(failures, len(PAUSES) - 1)]
            log.error("rasa.ended", code=self._process.returncode, again_in=pause)
            await asyncio.sleep(pause)
            try:
                await self._launch()
                log.info("rasa.ready")
            except RasaWillNotStart as error:
                log.error("rasa.will_not_start", reason=str(error))


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
