"""Lets the pages of listed sites ask the chat, and nothing else, from a browser (CORS)."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

CHAT = "/chat/"


class OtherSites:
    """Answers browsers that ask whether a page of another origin may use the chat.

    The console shares the address but not this: a page of a site beside ours would otherwise
    read it with a coach's cookie.

    Args:
        app: What is asked.
        origins: The origins that may.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._open = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_credentials=True,
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type"],
            # The widget waits as long as it is asked to.
            expose_headers=["Retry-After"],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; the chat's answers say who may read them."""
        is_chat = scope["type"] == "http" and scope["path"].startswith(CHAT)
        await (self._open if is_chat else self._app)(scope, receive, send)
