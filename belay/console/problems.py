"""What can go wrong, as one exception, and the one place that turns it into a page."""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from belay.console.headers import NOT_KEPT, SECURITY

log = structlog.get_logger("belay.console")


class Problem(Exception):
    """A request that cannot be served. `remedy` says what the coach can do."""

    def __init__(
        self, status: int, title: str, remedy: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.remedy = remedy
        self.headers = dict(headers or {})


def nothing_here() -> Problem:
    """The same for what is not there and for what this coach may not see."""
    return Problem(
        404,
        "Nothing to see here",
        "It is not there, or its client does not let coaches read along. "
        "What you may read is in the list of conversations.",
    )


def show_problem(request: Request, error: Exception) -> Response:
    """The page of a `Problem`."""
    if not isinstance(error, Problem):
        raise error
    page = request.app.state.desk.pages.render(
        "problem.html", title=error.title, remedy=error.remedy
    )
    return HTMLResponse(page, status_code=error.status, headers=error.headers)


def show_routing_problem(request: Request, error: Exception) -> Response:
    """The page for an address or a method that no route has."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 404:
        return show_problem(request, nothing_here())
    return show_problem(
        request,
        Problem(
            error.status_code,
            "This cannot be done here",
            "Go back to the list of conversations.",
            error.headers,
        ),
    )


def show_broken(request: Request, error: Exception) -> Response:
    """The page when the fault is ours. The log gets the kind of error and no text."""
    log.error("console.broken", error=type(error).__name__, method=request.method)
    broken = Problem(
        500,
        "Something here is broken",
        "Nothing was changed. Try again; if it stays, tell whoever runs this Belay.",
        # This answer is made outside of the middleware that adds these.
        {**SECURITY, "Cache-Control": NOT_KEPT},
    )
    return show_problem(request, broken)
