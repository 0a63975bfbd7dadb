"""The terminal in the suite: one waiting call a line, behind the local token."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from belay.gateway.identity import conversation_key
from tests.fakes import RunningClock
from tests.gateway.stage import Stage


class TerminalHarness:
    """People are names. Buttons are typed; a call is answered, so nothing is delivered again."""

    stage: Stage

    async def open(self, home: Path) -> None:
        self.stage = await Stage(home, RunningClock(), http=True).open()  # type: ignore[arg-type]
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.stage.belay.app),
            base_url="http://127.0.0.1",
            headers={"Authorization": f"Bearer {self.stage.belay.secrets.local}"},
            trust_env=False,
        )
        self._heard: dict[str, list[dict[str, Any]]] = defaultdict(list)

    async def close(self) -> None:
        await self._http.aclose()
        await self.stage.close()

    async def says(self, person: str, text: str, again: Any = None) -> Any:
        await self._say(person, text=text)

    async def presses(self, person: str, title: str) -> Any:
        await self._say(person, button=title)

    async def repeats(self, person: str, delivery: Any) -> None:
        """There is no provider that could deliver a line twice."""

    async def presses_of(self, thief: str, owner: str, title: str) -> None:
        """There are no values to steal: with no such button of one's own, a title is a text."""
        self.stage.sql("UPDATE conversation SET buttons = '[]' WHERE id = ?", self.talk(thief))
        await self._say(thief, button=title)

    async def heard(self, person: str) -> list[str]:
        return [one["text"] for one in self._heard[person]]

    async def buttons(self, person: str) -> list[str]:
        shown = [one["buttons"] for one in self._heard[person] if one["buttons"]]
        return [button["title"] for button in shown[-1]] if shown else []

    def talk(self, person: str) -> str:
        return conversation_key("terminal", person)

    async def hostile(self) -> Sequence[str]:
        """Calls without the token, and bodies that no terminal sends."""
        wrong = []
        for token in ("", "Bearer ", "Bearer wrong", f"Basic {self.stage.belay.secrets.local}"):
            response = await self._http.post(
                "/local/say",
                json={"client": "ann", "text": "hi"},
                headers={"Authorization": token},
            )
            if response.status_code != 401:
                wrong.append(f"{token[:8]!r} got in")
        for body in (
            {},
            {"client": "ann"},
            {"client": "", "text": "hi"},
            {"client": "ann", "x": 1},
        ):
            if (await self._http.post("/local/say", json=body)).status_code < 400:
                wrong.append(f"{sorted(body)} was taken")
        stored = self.stage.sql("SELECT count(*) FROM inbox")[0]
        return wrong if stored == 0 else [*wrong, f"{stored} messages were stored"]

    async def _say(self, person: str, **line: str) -> None:
        response = await self._http.post("/local/say", json={"client": person, **line})
        assert response.status_code == 200, response.text
        self._heard[person] += response.json()["replies"]
