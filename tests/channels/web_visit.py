"""A browser that visits the chat, for tests of the HTTP interface."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx

from belay.gateway.identity import Identity, conversation_key
from tests.gateway.stage import Stage

HOST = "belay.test"


class Visit:
    """One browser with its own cookie. Requests go to the app itself."""

    def __init__(self, stage: Stage, origin: str | None = f"http://{HOST}") -> None:
        self.stage = stage
        headers = {} if origin is None else {"Origin": origin}
        # As a server does: an exception becomes the app's own answer.
        transport = httpx.ASGITransport(app=stage.belay.app, raise_app_exceptions=False)
        self.http = httpx.AsyncClient(
            transport=transport, base_url=f"http://{HOST}", headers=headers, trust_env=False
        )

    async def open(self) -> Visit:
        """Open the chat, which brings a cookie."""
        response = await self.post("/chat/open", json={"view": "v1"})
        assert response.status_code == 200, response.text
        return self

    async def post(self, path: str, **more: Any) -> httpx.Response:
        """A POST."""
        return await self.http.post(path, **more)

    async def get(self, path: str, **more: Any) -> httpx.Response:
        """A GET."""
        return await self.http.get(path, **more)

    async def sends(self, text: str, id: str | None = None) -> httpx.Response:
        """Send a text and wait until it is answered."""
        response = await self.post("/chat/messages", json={"id": id or uuid4().hex, "text": text})
        await self.settled()
        return response

    async def presses(self, value: str) -> httpx.Response:
        """Send a button's opaque value and wait until it is answered."""
        response = await self.post("/chat/messages", json={"id": uuid4().hex, "button": value})
        await self.settled()
        return response

    async def asks_for_a_pin(self) -> None:
        """Begin, agree, and choose a PIN where onlookers are spoken of; the PIN comes next."""
        await self.sends("i need a limit with my mum")
        await self.presses(self.buttons["I'm 18 or over, go on"])
        await self.sends("who reads this")
        for title in ("If someone may look at this", "A PIN"):
            await self.presses(self.buttons[title])

    async def settled(self) -> None:
        """Wait until this visitor's conversation rests."""
        await self.stage.belay.gateway.settled(self.talk)

    @property
    def talk(self) -> str:
        """The conversation's id."""
        cookie = self.http.cookies.get("belay_visit")
        assert cookie is not None
        return conversation_key("web", Identity(self.stage.belay.secrets.signing).read(cookie))

    @property
    def buttons(self) -> dict[str, str]:
        """Title to opaque value, of everything that waits for this visitor."""
        from belay.gateway.buttons import ButtonSigner
        from belay.gateway.wire import posted_json

        signer = ButtonSigner(self.stage.belay.secrets.signing)
        found = {}
        for posted in self.stage.belay.outbox.after(self.talk, 0):
            data = posted_json(posted, signer)
            if data is not None:
                found.update({one["title"]: one["value"] for one in data["buttons"]})
        return found


def is_problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """A problem body with this status; returns it."""
    assert response.status_code == status, response.text[:300]
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body
