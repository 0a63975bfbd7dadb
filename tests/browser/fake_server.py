"""A stand-in for Belay's chat interface, for tests of the widget's own behaviour.

It keeps the HTTP contract (cookie, problem bodies, events with cursors, messages accepted
once per id) and lets a test be the bot, the coach, and the failing network.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from jinja2 import Environment, FileSystemLoader

from belay.widget.bundle import ENTRY, MORE, bundle

from .samples import HELP, INTRO, LABELS, Json

WIDGET = Path(__file__).parents[2] / "belay" / "widget"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'"
)
HOST_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script type="module" src="/widget/belay-chat.js"></script></head>
<body><main><h1>A shop</h1><p>Anything.</p><button id="other">Other</button></main>
<belay-chat mode="launcher" start-text="The shop's own line."></belay-chat></body></html>"""
LEFT_PAGE = "<!doctype html><html lang='en'><title>Weather</title><h1>Weather</h1></html>"


class FakeChat:
    """The fake server; a test drives it through these methods and reads what it noted."""

    def __init__(self) -> None:
        self.history: list[Json] = []
        self.events: list[tuple[str, Json, int]] = []
        self.question: Json | None = None
        self.received: list[Json] = []
        self.accepted: list[str] = []
        self.seen: list[int] = []
        self.views: list[str] = []
        self.cookie = "one"
        self.answers: list[Json] = []
        self.problems: list[tuple[int, dict[str, str]]] = []
        self.lose_answers = 0
        self.silent = False
        self.echo = False
        self.cross_origin: str | None = None
        self.policy = POLICY
        self.host_page = HOST_PAGE
        self._cursor = 0
        self._row = 1000  # the history counts for itself
        self._generation = 0
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    # What a test does

    def say(self, text: str = "", **more: Any) -> Json:
        """The bot, the coach or the client (`from_`) says something."""
        sender = more.pop("from_", "bot")
        self._row += 1
        message: Json = {
            "cursor": self._row, "id": f"h{self._row}", "from": sender, "name": None,
            "text": text, "buttons": [], "card": None, "marks": [], "tier": 0,
            "at": datetime.now(UTC).isoformat(), **more,
        }  # fmt: skip
        self.history.append({**message, "buttons": [], "asks": None})
        if sender != "you" or self.echo:
            self._cursor += 1
            message = {**message, "cursor": self._cursor, "id": more.get("id", f"m{self._cursor}")}
            self.events.append(("message", message, self._cursor))
        return message

    def send_event(self, kind: str, **data: Any) -> None:
        """Sends `typing`, `status` or `gone`."""
        if kind == "gone":
            self.history.clear()
            self.events.clear()
        self._cursor += 1
        self.events.append((kind, data, self._cursor))

    def drop_streams(self) -> None:
        self._generation += 1

    def start(self) -> None:
        config = uvicorn.Config(
            self._app(), port=self.port, log_level="error", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until = time.monotonic() + 10
        while not self._server.started:
            assert time.monotonic() < until, f"nothing listens on {self.url}"
            time.sleep(0.02)

    def stop(self) -> None:
        """Goes away as a killed process does: streams break, nothing listens."""
        self.drop_streams()
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join(10)

    # What the widget meets

    def _app(self) -> FastAPI:
        app = FastAPI()
        self._add_pages(app)
        self._add_chat(app)

        @app.middleware("http")
        async def guard(request: Request, follow: Any) -> Response:
            path = request.url.path
            private = path.startswith("/chat/") and path not in ("/chat/open", "/chat/help")
            if request.method == "OPTIONS":
                response: Response = Response(status_code=204)
            elif private and request.cookies.get("chat") != self.cookie:
                response = problem(401, "This visit is not known any more.")
            else:
                response = await follow(request)
            response.headers["Content-Security-Policy"] = self.policy
            if self.cross_origin:
                response.headers["Access-Control-Allow-Origin"] = self.cross_origin
                response.headers["Access-Control-Allow-Credentials"] = "true"
                response.headers["Access-Control-Allow-Headers"] = "content-type"
            return response

        return app

    def _add_pages(self, app: FastAPI) -> None:
        pages = Environment(loader=FileSystemLoader(WIDGET), autoescape=True)
        joined = {name: bundle(entry=name) for name in (ENTRY, MORE)}

        @app.get("/widget/{path:path}")
        async def widget(path: str) -> Response:
            kinds = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
            text = joined.get(path) or (WIDGET / path).read_text()
            return Response(text, media_type=kinds[path.rsplit(".", 1)[1]])

        @app.get("/")
        async def demo() -> HTMLResponse:
            return HTMLResponse((WIDGET / "demo.html").read_text())

        @app.get("/shop")
        async def shop() -> HTMLResponse:
            return HTMLResponse(self.host_page)

        @app.get("/left")
        async def left() -> HTMLResponse:
            return HTMLResponse(LEFT_PAGE)

        @app.get("/help-now")
        async def help_now() -> HTMLResponse:
            page = pages.get_template("help.html")
            about = {"title": "Information", "say": LABELS, "leave_url": "/left"}
            return HTMLResponse(page.render(**about, **HELP))

    def _add_chat(self, app: FastAPI) -> None:
        @app.post("/chat/open")
        async def opened(request: Request) -> Response:
            self.views.append((await request.json())["view"])
            body = {
                "cursor": self._cursor, "before": self._row + 1,
                "resumable": bool(self.history), "intro": INTRO,
                "placeholder": "Write what is on your mind", "leave_url": "/left",
                "page_title": "Welcome", "labels": LABELS,
            }  # fmt: skip
            if self.question:
                body["question"] = self.question
            response = JSONResponse(body)
            response.set_cookie("chat", self.cookie, httponly=True, samesite="lax")
            return response

        @app.post("/chat/messages")
        async def message(request: Request) -> Response:
            if self.problems:
                status, headers = self.problems.pop(0)
                return problem(status, "The server said no.", headers)
            body = await request.json()
            self.received.append(body)
            duplicate = body["id"] in self.accepted
            if not duplicate:
                self.accepted.append(body["id"])
                self.say(body.get("text") or body["title"], from_="you", id=body["id"])
                if not self.silent:
                    self.say(**(self.answers.pop(0) if self.answers else {"text": "I hear you."}))
            if self.lose_answers:
                self.lose_answers -= 1
                return problem(503, "The answer got lost.")
            answer = {"accepted": True, "id": body["id"], "duplicate": duplicate}
            return JSONResponse(answer, status_code=202)

        @app.get("/chat/events")
        async def events(cursor: int) -> StreamingResponse:
            return StreamingResponse(self._stream(cursor), media_type="text/event-stream")

        @app.post("/chat/seen")
        async def seen(request: Request) -> JSONResponse:
            cursor = (await request.json())["cursor"]
            self.seen.append(cursor)
            # Delivered: the stream has it no more, the history has it if it is kept.
            self.events = [event for event in self.events if event[2] > cursor]
            return JSONResponse({})

        @app.get("/chat/history")
        async def history(before: int | None = None) -> JSONResponse:
            older = [row for row in self.history if before is None or row["cursor"] < before]
            return JSONResponse({"messages": older[-5:], "more": len(older) > 5})

        @app.get("/chat/help")
        async def help_lines() -> JSONResponse:
            return JSONResponse(HELP)

    async def _stream(self, cursor: int) -> AsyncIterator[str]:
        generation, begun = self._generation, self._cursor
        yield ": hello\n\n"
        while generation == self._generation:
            for kind, data, at in list(self.events):
                # Only messages wait for those who are away.
                if at > cursor and (kind == "message" or at > begun):
                    cursor = at
                    head = f"id: {at}\n" if kind == "message" else ""
                    yield f"{head}event: {kind}\ndata: {json.dumps(data)}\n\n"
            await asyncio.sleep(0.03)


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error as RFC 9457 has it."""
    body = {"type": "about:blank", "title": "No", "status": status, "detail": detail}
    return JSONResponse(body, status, headers, media_type="application/problem+json")
