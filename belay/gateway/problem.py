"""Errors over HTTP: every refusal is a JSON problem body (RFC 9457) that says what to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from belay.gateway.inbound import Refused, ToldRefusal

log = structlog.get_logger("belay.http")


class TooMany(ToldRefusal):
    """Too many requests; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(429, "too_many", seconds=retry_after)
        self.retry_after = retry_after


def problem(
    status: int, title: str, detail: str, headers: dict[str, str] | None = None
) -> Response:
    """A problem response."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def add_problem_handlers(app: FastAPI, sentences: Mapping[str, str]) -> None:
    """Turn every error of an app into a problem body. Details never repeat what was sent.

    Args:
        app: Whose errors.
        sentences: What clients are told, by name (content/widget/problems.yml).
    """

    @app.exception_handler(ToldRefusal)
    async def told(_: Request, error: ToldRefusal) -> Response:
        headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else None
        detail = sentences[error.line].format_map(error.values)
        return problem(error.status, error.title, detail, headers)

    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> Response:
        return problem(error.status, error.title, error.detail)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        where = sorted({_place(one) for one in error.errors()})
        return problem(422, "Wrong request", f"Please check: {', '.join(where)}.")

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> Response:
        headers = dict(error.headers) if error.headers else None
        return problem(error.status_code, str(error.detail), str(error.detail), headers)

    app.add_middleware(LastResort, told=sentences["failed"])


def raised_at(error: BaseException) -> str:
    """File and line where an error began; never its message, which may hold a client's words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"


class LastResort:
    """Answers for what nobody expected, before the server would log its message."""

    def __init__(self, app: Callable[..., Awaitable[None]], told: str) -> None:
        self._app = app
        self._told = told

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        """Pass on; note an error by its kind and place."""
        begun = False

        async def noticing(message) -> None:  # type: ignore[no-untyped-def]
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noticing)
        except Exception as error:  # noqa: BLE001 - whatever it is, its words stay here
            log.error("http.failed", error=type(error).__name__, where=raised_at(error))
            if begun:
                return
            await problem(500, "Internal Server Error", self._told)(scope, receive, send)


def _place(error: Any) -> str:
    """Where a request is wrong. A field's name is said only when it is one of ours."""
    parts = [str(part) for part in error["loc"]]
    if error["type"] == "extra_forbidden":
        parts[-1] = "(a field that is not known)"
    return ".".join(parts)


class BodyLimit:
    """Refuses bodies above a size before anybody reads them."""

    def __init__(self, app: Callable[..., Awaitable[None]], limit: int, told: str) -> None:
        self._app = app
        self._limit = limit
        self._told = told

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        """Count what comes in and stop at the limit."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        declared = headers.get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._limit:
            await self._too_large(scope, receive, send)
            return
        seen = 0

        async def counted():  # type: ignore[no-untyped-def]
            nonlocal seen
            message = await receive()
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                if seen > self._limit:
                    # For programs: a browser always says the length first.
                    raise HTTPException(413, "Too large")
            return message

        await self._app(scope, counted, send)

    async def _too_large(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        await problem(413, "Too large", self._told)(scope, receive, send)
