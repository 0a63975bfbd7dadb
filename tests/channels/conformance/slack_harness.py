"""Slack in the suite: Socket Mode against the fake workspace."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.channels.fakes.slack_payloads import TEAM
from tests.channels.fakes.slack_server import SlackServer
from tests.channels.slack.stage import SlackStage


class SlackHarness:
    """People are users of one workspace; a name is an id by its checksum."""

    stage: SlackStage

    async def open(self, home: Path) -> None:
        self.server = await SlackServer().start()
        self.stage = await SlackStage(home, self.server).open()

    async def close(self) -> None:
        await self.stage.close()
        await self.server.stop()

    async def says(self, person: str, text: str, again: Any = None) -> Any:
        envelope = self.server.says(_user(person), _typed(text))
        await self.stage.quiet()
        return envelope

    async def presses(self, person: str, title: str) -> Any:
        envelope = self.server.presses(_user(person), title)
        await self.stage.quiet()
        return envelope

    async def repeats(self, person: str, delivery: Any) -> None:
        self.server.post(delivery.payload, delivery.kind)
        await self.stage.quiet()

    async def presses_of(self, thief: str, owner: str, title: str) -> None:
        shown = [one for one in self.server.to(_user(owner)) if title in one.buttons][-1]
        self.server.presses_value(_user(thief), shown.buttons[title], shown)
        await self.stage.quiet()

    async def heard(self, person: str) -> list[str]:
        return self.server.texts(_user(person))

    async def buttons(self, person: str) -> list[str]:
        shown = [one for one in self.server.to(_user(person)) if one.buttons]
        return [title.removeprefix("\u2713 ") for title in shown[-1].buttons] if shown else []

    def talk(self, person: str) -> str:
        return self.stage.talk(_user(person))

    async def hostile(self) -> Sequence[str]:
        """Payloads of shapes that no kind workspace sends; all must be acknowledged."""
        mallory = _user("mallory")
        message = self.server.message(mallory, "delete my data")
        for changed in (
            {"user": None},
            {"user": {"id": mallory}},
            {"user": f"{mallory}/../ann"},
            {"user": "x" * 500},
            {"channel": ["D1"]},
            {"channel": None},
            {"channel_type": "channel"},
            {"bot_id": "B0EVIL"},
            {"subtype": "bot_message"},
            {"subtype": "message_changed", "message": 7},
            {"subtype": "file_share", "files": 7},
        ):
            self.server.post(self.server.event({**message, **changed}))
        for event in (7, "x", [], {}, {"type": ["message"]}):
            self.server.post(self.server.event(event))  # type: ignore[arg-type]
        self.server.post(self.server.event(message, team="T0EVIL"))
        press = self.server.press(mallory, "delete.yes", _Shown())
        for value in ("", "x", "delete.yes", "eyJwIjoiZGVsZXRlLnllcyJ9.x", "~" + "A" * 63):
            action = {**press["actions"][0], "value": value}
            self.server.post({**press, "actions": [action]}, "interactive")
        self.server.post({**press, "actions": []}, "interactive")
        self.server.post({**press, "channel": {"id": "C1"}}, "interactive")
        self.server.post({"type": "view_submission", "team": {"id": TEAM}}, "interactive")
        self.server.post({"command": "/belay", "team_id": TEAM}, "slash_commands")
        await self.stage.quiet()
        stored = self.stage.sql("SELECT count(*) FROM inbox")[0]
        return [] if stored == 0 else [f"{stored} messages were stored"]


class _Shown:
    ts, text = "1.1", "Pick one"
    options: dict[str, Any] = {}


def _typed(text: str) -> str:
    """Slack sends three signs as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _user(person: str) -> str:
    return f"U{zlib.crc32(person.encode()):010d}"
