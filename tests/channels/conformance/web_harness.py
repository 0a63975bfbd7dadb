"""The website in the suite: browsers with cookies against the app itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from belay.gateway.buttons import ButtonSigner
from belay.gateway.wire import posted_json
from tests.channels.web_visit import Visit
from tests.fakes import RunningClock
from tests.gateway.stage import Stage


class WebHarness:
    """People are browsers. What is heard is what the event stream shows, in its order."""

    stage: Stage

    async def open(self, home: Path) -> None:
        self.stage = await Stage(home, RunningClock(), http=True).open()  # type: ignore[arg-type]
        self._visits: dict[str, Visit] = {}

    async def close(self) -> None:
        for visit in self._visits.values():
            await visit.http.aclose()
        await self.stage.close()

    async def says(self, person: str, text: str, again: Any = None) -> Any:
        body = again or {"id": uuid4().hex, "text": text}
        await self._send(person, body)
        return body

    async def presses(self, person: str, title: str) -> Any:
        visit = await self._visit(person)
        body = {"id": uuid4().hex, "button": visit.buttons[title], "title": title}
        await self._send(person, body)
        return body

    async def repeats(self, person: str, delivery: Any) -> None:
        await self._send(person, delivery)

    async def presses_of(self, thief: str, owner: str, title: str) -> None:
        theirs = (await self._visit(owner)).buttons[title]
        response = await (await self._visit(thief)).presses(theirs)
        assert response.status_code == 400

    async def heard(self, person: str) -> list[str]:
        return [one["text"] for one in await self._messages(person)]

    async def buttons(self, person: str) -> list[str]:
        shown = [one["buttons"] for one in await self._messages(person) if one["buttons"]]
        return [button["title"] for button in shown[-1]] if shown else []

    def talk(self, person: str) -> str:
        return self._visits[person].talk

    async def hostile(self) -> Sequence[str]:
        """Bodies and cookies that no widget sends."""
        visit = await self._visit("mallory")
        wrong = []
        for body in (
            {},
            {"id": "x", "text": "hi"},
            {"id": uuid4().hex, "text": ["hi"]},
            {"id": uuid4().hex, "button": "delete.yes"},
            {"id": uuid4().hex, "text": "hi", "command": "delete.yes"},
            {"id": uuid4().hex, "text": "hi", "client": "somebody"},
        ):
            response = await visit.post("/chat/messages", json=body)
            if response.status_code < 400:
                wrong.append(f"{sorted(body)} was taken")
        for code in ("", "x", "BCDF-23GH' OR 1=1", "a" * 500):
            response = await visit.post("/chat/links/use", json={"code": code})
            if response.status_code < 400:
                wrong.append("a code of a wrong form was taken")
        forged = Visit(self.stage)
        forged.http.cookies.set("belay_visit", "ann.forged")
        for path in ("/chat/events", "/chat/history", "/chat/links"):
            if (await forged.get(path)).status_code not in (401, 404):
                wrong.append(f"a forged cookie opened {path}")
        await forged.http.aclose()
        stored = self.stage.sql("SELECT count(*) FROM inbox")[0]
        return wrong if stored == 0 else [*wrong, f"{stored} messages were stored"]

    async def _visit(self, person: str) -> Visit:
        if person not in self._visits:
            self._visits[person] = await Visit(self.stage).open()
        return self._visits[person]

    async def _send(self, person: str, body: dict[str, Any]) -> None:
        visit = await self._visit(person)
        response = await visit.post("/chat/messages", json=body)
        assert response.status_code == 202, response.text
        await visit.settled()

    async def _messages(self, person: str) -> list[dict[str, Any]]:
        signer = ButtonSigner(self.stage.belay.secrets.signing)
        found = self.stage.belay.outbox.after((await self._visit(person)).talk, 0)
        told = [posted_json(one, signer) for one in found]
        return [one for one in told if one is not None]
