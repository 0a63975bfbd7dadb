"""A coach's browser without a browser: keeps cookies, sends forms as the pages hold them."""

from __future__ import annotations

import re
from typing import Any

import httpx
from starlette.types import ASGIApp

PASSWORD = "otter plum kettle seven"
EMAIL = "robin@example.org"


class Visitor:
    """Asks the console for pages. Follows no redirects, so that tests see them."""

    def __init__(self, app: ASGIApp, origin: str = "http://testserver") -> None:
        self.origin = origin
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self.http = httpx.AsyncClient(transport=transport, base_url=origin)

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return await self.http.get(f"/console{path}", **more)

    async def post(
        self, path: str, form: dict[str, str] | None = None, **headers: str
    ) -> httpx.Response:
        """Send a form as a browser does, with the token of the session's pages."""
        fields = {"csrf": await self.csrf(), **(form or {})}
        sent = {"origin": self.origin, **headers}
        return await self.http.post(f"/console{path}", data=fields, headers=sent)

    async def csrf(self) -> str:
        page = await self.get("/about")
        found = re.search(r'name="csrf" value="([^"]+)"', page.text)
        return found[1] if found else ""

    async def sign_up(self, token: str, **changed: str) -> httpx.Response:
        form = {"name": "Robin", "email": EMAIL, "password": PASSWORD, **changed}
        return await self.post(f"/join/{token}", form)

    async def sign_in(self, email: str = EMAIL, password: str = PASSWORD) -> httpx.Response:
        return await self.post("/login", {"email": email, "password": password})

    async def can_read(self) -> bool:
        """Whether the list of conversations is open to this visitor."""
        return (await self.get("/")).status_code == 200
