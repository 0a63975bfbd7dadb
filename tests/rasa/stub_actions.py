"""A stand-in for Belay's action endpoint: records each call and answers as the test says."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

from aiohttp import web

TOKEN = "action-token-of-the-test"
Answer = Callable[[dict[str, Any]], Any]


def follow_up(action: str = "exercise_form") -> list[dict[str, Any]]:
    """Events with which an action hands over to the form."""
    return [{"event": "followup", "name": action, "timestamp": None}]


def slot(value: object, name: str = "exercise_answer") -> list[dict[str, Any]]:
    """Events that set the slot of the form."""
    return [{"event": "slot", "name": name, "value": value, "timestamp": None}]


class StubActions:
    """Answers on a free port of the loopback interface while the ``with`` block lasts."""

    def __init__(self) -> None:
        """Answer every action with no events, and each answer of the form with "ask on"."""
        self.calls: list[dict[str, Any]] = []
        self.answers: dict[str, Answer] = {"validate_exercise_form": _ask_on}
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._ready = threading.Event()

    def __enter__(self) -> StubActions:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def reset(self) -> None:
        """Forget the calls and the answers of the last test."""
        self.calls.clear()
        self.answers = {"validate_exercise_form": _ask_on}

    def names(self) -> list[str]:
        """Which actions were called, in order."""
        return [call["next_action"] for call in self.calls]

    async def _answer(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.Response(status=401)
        call = await request.json()
        self.calls.append(call)
        answer = self.answers.get(call["next_action"], lambda _: [])(call)
        if asyncio.iscoroutine(answer):
            answer = await answer
        if isinstance(answer, web.Response):
            return answer
        return web.json_response({"events": answer, "responses": []})

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_post("/webhook", self._answer)
        runner = web.AppRunner(app)

        async def start() -> None:
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            port = runner.addresses[0][1]
            self.url = f"http://127.0.0.1:{port}/webhook"
            self._ready.set()

        self._loop.run_until_complete(start())
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())


def _ask_on(call: dict[str, Any]) -> list[dict[str, Any]]:
    """Empty the slot again, if an answer was given, so that the form asks on."""
    if call["tracker"]["slots"].get("exercise_answer") is None:
        return []
    return slot(None)
