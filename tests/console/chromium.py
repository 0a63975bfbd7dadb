"""A real Chromium in a thread of its own, so that it gets along with other tests' loops."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Playwright, Request, sync_playwright
from starlette.types import ASGIApp

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Chromium:
    """Runs what is given to it with a fresh page; faults of the page fail the test."""

    def __init__(self) -> None:
        self._path = next((found for name in NAMES if (found := shutil.which(name))), None)
        if self._path is None:
            pytest.fail("No Chromium found. Install it with: sudo apt-get install chromium")
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="chromium")
        self._playwright: Playwright
        self._browser: Browser
        self._thread.submit(self._start).result()

    def visit(self, what: Callable[[Page], None], **context: Any) -> None:
        self._thread.submit(self._visit, what, context).result()

    def close(self) -> None:
        self._thread.submit(self._stop).result()
        self._thread.shutdown()

    def _start(self) -> None:
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=self._path, args=ARGUMENTS)

    def _stop(self) -> None:
        self._browser.close()
        self._playwright.stop()

    def _visit(self, what: Callable[[Page], None], settings: dict[str, Any]) -> None:
        faults: list[str] = []
        context = self._browser.new_context(**settings)
        context.set_default_timeout(10_000)
        try:
            page = context.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("requestfailed", lambda request: faults.extend(_lost(request)))
            page.on(
                "console",
                lambda said: faults.append(said.text) if "Security Policy" in said.text else None,
            )
            what(page)
        finally:
            context.close()
        assert faults == []


def _lost(request: Request) -> list[str]:
    """A file that did not come; leaving a page before all of it came is no fault."""
    return [] if request.failure == "net::ERR_ABORTED" else [request.url]


class Served:
    """An app on a loopback port, for as long as a test lasts."""

    def __init__(self, app: ASGIApp) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, lifespan="off", access_log=False, ws="none")
        )
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]})
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
