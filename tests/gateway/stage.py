"""A small Belay for unit tests: the real house on a file, with Rasa's place taken by a table.

ann = stage.person("ann")
await ann.says("start boundary_builder")
assert ann.step == "who"
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi import APIRouter
from sqlalchemy import event
from starlette.applications import Starlette

from belay import bootstrap
from belay.gateway.gateway import Pace
from belay.gateway.identity import conversation_key
from belay.gateway.inbound import Accepted, Answered, InboundMessage
from belay.gateway.rasa_client import RasaClient
from belay.settings import Settings
from tests.fakes import FakeDrafts, FixedClock, MarkedReflection
from tests.gateway.fake_rasa import FakeRasa
from tests.gateway.shared import (
    empty_database,
    leave_the_disk_alone,
    shared_content,
    shared_domain,
    shared_people_finder,
    shared_rules,
)

SWIFT = Pace(late=30.0, at_once=20.0, retry=0.001, retry_at_most=0.01)
ADULT = "I'm 18 or over, go on"


class Stage:
    """One Belay with its own home. What is slow to make is shared; all else is the real wiring."""

    def __init__(
        self,
        home: Path,
        clock: FixedClock,
        *,
        drafts: Any = None,
        pace: Pace = SWIFT,
        http: bool = False,
        **settings: Any,
    ) -> None:
        self.clock = clock
        self.home = home
        self.rasa = FakeRasa()
        self.pace = pace
        self.http = http
        self.drafts = drafts or FakeDrafts()
        self._held_from = 0
        self.settings = Settings(home=home, **settings)
        self.belay: bootstrap.Belay
        self._client: RasaClient

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.home / "belay.db"

    async def open(self) -> Stage:
        """Build Belay, as a start does."""
        self.home.mkdir(parents=True, exist_ok=True)
        if not self.database.exists():
            shutil.copy(empty_database(), self.database)
        token = uuid4().hex
        with pytest.MonkeyPatch.context() as patch:
            self._share_what_is_slow(patch)
            self.belay = bootstrap.build(
                self.settings, action_token=token, clock=self.clock, pace=self.pace
            )
        event.listen(self.belay.engine, "connect", leave_the_disk_alone)
        self.rasa.actions = self.belay.actions
        self._client = RasaClient(
            "http://rasa", "t", "http://127.0.0.1:1", token, transport=self.rasa.transport()
        )
        self.belay.rasa.connect(self._client)
        await self.belay.gateway.start()
        return self

    def _share_what_is_slow(self, patch: pytest.MonkeyPatch) -> None:
        """What is only read is as good for all; what no test here looks at is left out."""
        content, rules, domain = shared_content(), shared_rules(), shared_domain()
        people_finder = shared_people_finder()
        patch.setattr(bootstrap, "load_content", lambda _: content)
        patch.setattr(bootstrap, "rules_from", lambda _: rules)
        patch.setattr(bootstrap, "domain", lambda: domain)
        patch.setattr(bootstrap, "PersonFinder", lambda _: people_finder)
        patch.setattr(bootstrap, "migrate", lambda _: None)
        patch.setattr(bootstrap, "DraftReader", lambda _: self.drafts)
        patch.setattr(bootstrap, "Reflector", lambda _: MarkedReflection())
        patch.setattr(bootstrap, "create_console", lambda **_: Starlette())
        patch.setattr(bootstrap, "add_pages", lambda *_: None)
        if not self.http:
            patch.setattr(bootstrap.Web, "router", lambda _: APIRouter())
            patch.setattr(bootstrap.Local, "router", lambda _: APIRouter())

    async def close(self) -> None:
        """End it, whatever is in flight."""
        await self.belay.gateway.stop()
        await self._client.close()
        self.belay.engine.dispose()

    async def restart(self) -> None:
        """What a crash and a start leave: memory gone, the file as it was."""
        await self.close()
        await self.open()

    def person(self, name: str = "ann", *, onboarded: bool = True) -> Person:
        """Somebody who talks in the terminal channel."""
        return Person(self, name, onboarded)

    def message(
        self, name: str, text: str, *, id: str | None = None, **more: Any
    ) -> InboundMessage:
        """One message as a channel hands it over."""
        return InboundMessage(
            channel="terminal",
            address=name,
            provider_id=id or uuid4().hex,
            text=text,
            at=self.clock(),
            **more,
        )

    async def receive(self, name: str, text: str, **more: Any) -> Accepted:
        """Hand a message over without waiting for its answer."""
        more.setdefault("onboarded", True)
        return await self.belay.gateway.receive(self.message(name, text, **more))

    async def settled(self, name: str) -> None:
        """Wait until a conversation has nothing left to work."""
        await self.belay.gateway.settled(conversation_key("terminal", name))

    def hold(self) -> asyncio.Event:
        """Let Rasa think until the returned event is set."""
        self.rasa.hold = asyncio.Event()
        self._held_from = len(self.rasa.turns)
        return self.rasa.hold

    async def until_rasa_thinks(self, turns: int = 1) -> None:
        """Wait until Rasa was asked for this many turns since `hold`."""
        wanted = self._held_from + turns
        async with asyncio.timeout(5):
            while len(self.rasa.turns) < wanted:
                await asyncio.sleep(0.001)

    def delivered(self, name: str) -> None:
        """The channel showed everything that waits for a person."""
        talk = conversation_key("terminal", name)
        outbox = self.belay.outbox
        outbox.delivered(talk, outbox.last_cursor(talk), self.clock())

    def sql(self, query: str, *values: Any) -> list[Any]:
        """Rows of the file itself; single values where a row has one column."""
        with closing(sqlite3.connect(self.database)) as connection:
            found = connection.execute(query, values).fetchall()
            connection.commit()
        return [row[0] if len(row) == 1 else row for row in found]

    def posted(self, name: str) -> list[str]:
        """Ids of the authored lines that wait for a person, in order."""
        talk = conversation_key("terminal", name)
        found = self.belay.outbox.after(talk, 0)
        return [posted.payload["line"] for posted in found if posted.payload]

    def tables_with(self, words: str) -> set[str]:
        """Every table and column that holds these words, in any case."""
        found = set()
        for table in self.sql("SELECT name FROM sqlite_master WHERE type = 'table'"):
            columns = [row[1] for row in self.sql(f'PRAGMA table_info("{table}")')]
            for column in columns:
                held = self.sql(f'SELECT "{column}" FROM "{table}"')
                if any(words.lower() in str(value).lower() for value in held):
                    found.add(f"{table}.{column}")
        return found

    def rows_in_all(self) -> dict[str, int]:
        """Number of rows of each table that has any."""
        names = self.sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        counts = {name: self.sql(f'SELECT count(*) FROM "{name}"')[0] for name in names}
        skipped = ("alembic_version", "sqlite_sequence")
        return {name: count for name, count in counts.items() if count and name not in skipped}


class Person:
    """A client who says things, presses buttons and looks at the answer."""

    def __init__(self, stage: Stage, name: str, onboarded: bool) -> None:
        self.stage = stage
        self.name = name
        self.onboarded = onboarded
        self.last: Answered | None = None

    async def says(self, *texts: str) -> Person:
        """Say each text and wait for the answer."""
        for text in texts:
            message = self.stage.message(self.name, text, onboarded=self.onboarded)
            self.last = await self.stage.belay.gateway.ask(message, 20)
        return self

    async def presses(self, *presses: str) -> Person:
        """Press the button of the last answer that does this ("step.skip", "delete.yes")."""
        for press in presses:
            found = [button for button in self.buttons if button.press == press]
            assert found, f"no button does {press!r}: {[one.press for one in self.buttons]}"
            await self.uses(self.signed(found[-1]))
        return self

    async def uses(self, value: str) -> Person:
        """Press a button by its opaque value, however old."""
        message = self.stage.message(self.name, "", button=value, onboarded=self.onboarded)
        self.last = await self.stage.belay.gateway.ask(message, 20)
        return self

    def signed(self, button: Any, serial: int | None = None) -> str:
        """The opaque value of a button of the last answer."""
        assert self.last is not None
        signer = bootstrap.ButtonSigner(self.stage.belay.secrets.signing)
        return signer.sign(button, self.talk, self.last.serial if serial is None else serial)

    @property
    def talk(self) -> str:
        """The conversation's id."""
        return conversation_key("terminal", self.name)

    @property
    def client_id(self) -> str:
        """The client's id."""
        found = self.stage.belay.inbox.find("terminal", self.name)
        assert found is not None
        return found[0]

    @property
    def lines(self) -> list[str]:
        """Ids of the authored lines in the last answer."""
        assert self.last is not None
        return [reply.line for reply in self.last.replies]

    @property
    def heard(self) -> str:
        """All words of the last answer, cards included."""
        assert self.last is not None
        parts = []
        for reply in self.last.replies:
            parts.append(reply.text)
            if reply.card:
                parts += [reply.card.title, reply.card.text, reply.card.url or ""]
        return "\n".join(parts)

    @property
    def buttons(self) -> list[Any]:
        """Buttons of the last answer, the newest last."""
        assert self.last is not None
        return [button for reply in self.last.replies for button in reply.buttons]

    @property
    def step(self) -> str | None:
        """Where the exercise of the last turn stands."""
        assert self.last is not None
        return self.last.exercise.step if self.last.exercise else None

    @property
    def state(self) -> str | None:
        """The state of the exercise of the last turn."""
        assert self.last is not None
        return self.last.exercise.state if self.last.exercise else None
