"""The cookie that carries a coach's session token."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from belay.console.desk import Desk
from belay.storage.coaches import SESSION_LASTS

PLAIN = "belay_coach"
# The browser itself then refuses this name without Secure, with a domain or with a sub-path.
LOCKED = "__Host-belay_coach"


def cookie_name(desk: Desk) -> str:
    """The cookie's name: locked to the host where the console is served over https."""
    return LOCKED if desk.secure else PLAIN


def session_token(request: Request, desk: Desk) -> str | None:
    """The token that came with a request, or None."""
    return request.cookies.get(cookie_name(desk)) or None


def keep_session(response: Response, desk: Desk, token: str) -> None:
    """Give the browser its session."""
    response.set_cookie(
        cookie_name(desk),
        token,
        max_age=int(SESSION_LASTS.total_seconds()),
        path="/",
        secure=desk.secure,
        httponly=True,
        samesite="lax",
    )


def drop_session(response: Response, desk: Desk) -> None:
    """Take it back."""
    response.delete_cookie(
        cookie_name(desk), path="/", secure=desk.secure, httponly=True, samesite="lax"
    )
