"""`belay run` as an operator has it: a process, its printed words, its addresses."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

import httpx

from belay.gateway.rasa_process import free_port
from belay.settings import ROOT


class House:
    """A running `belay run` with its own home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.said = ""
        self.begun = time.monotonic()
        environment = {**os.environ, "BELAY_HOME": str(home), "BELAY_PORT": str(self.port)}
        self.process = subprocess.Popen(
            [ROOT / ".venv" / "bin" / "belay", "run"],
            cwd=ROOT,
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_alive(self, seconds: float) -> float:
        """Wait until it answers at all; returns after how long."""
        return self._wait(lambda: httpx.get(f"{self.url}/healthz").status_code == 200, seconds)

    def wait_ready(self, seconds: float = 200) -> float:
        """Wait until it says that it is ready; returns after how long."""
        return self._wait(lambda: "Belay is ready" in self.said, seconds)

    def join_link(self) -> str:
        """The printed sign-up link for the first coach."""
        found = self._wait_for(r"http\S+/console/join/\S+")
        return found[0]

    def stop(self) -> int:
        """Press Ctrl-C; returns the exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(30)
        self._close()
        return code

    def kill(self) -> None:
        """Whatever is left when a test failed."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
        self._close()

    def _close(self) -> None:
        self._reader.join(5)
        if self.process.stderr is not None:
            self.process.stderr.close()

    def children(self) -> list[int]:
        """Processes that belong to it, Rasa among them."""
        out = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(line) for line in out.stdout.split()]

    def _wait_for(self, pattern: str) -> re.Match[str]:
        self._wait(lambda: re.search(pattern, self.said) is not None, 10)
        found = re.search(pattern, self.said.replace("\n", " "))
        assert found is not None
        return found

    def _wait(self, done: object, seconds: float) -> float:
        assert callable(done)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if done():
                    return time.monotonic() - self.begun
            except httpx.HTTPError:
                pass
            assert self.process.poll() is None, self.said
            time.sleep(0.05)
        raise AssertionError(f"not within {seconds} s: {self.said}")

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line
