"""A console over a database of its own, with the invented clients in it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, Table, insert, select, update
from starlette.applications import Starlette
from starlette.routing import Mount

from belay.console.app import create_console
from belay.console.passwords import Passwords
from belay.jobs import demo
from belay.storage.coaches import Coaches
from belay.storage.engine import migrate, open_engine, writing
from belay.storage.invented import InventedClient, InventedClients
from belay.storage.review import Review
from belay.storage.tables import client
from tests.console.visitor import Visitor
from tests.fakes import FixedClock

NOTICE = "Nobody has called the numbers of this list."
STORIES = demo.stories()
NOW = FixedClock().now
PEOPLE = {story["key"]: demo.tell(story, NOW) for story in STORIES}
# Cheap on purpose: what is tested is not how slow a hash is.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class House:
    """The console with what stands behind it."""

    engine: Engine
    clock: FixedClock
    coaches: Coaches
    review: Review
    console: Starlette
    app: Starlette
    people: dict[str, InventedClient]

    def consent(self, who: str, **values: bool | None) -> None:
        """Change what a client agreed to, as the chat does."""
        change = update(client).where(client.c.id == self.people[who].client.id).values(values)
        with writing(self.engine).begin() as connection:
            connection.execute(change)

    def rows(self, table: Table) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]

    def add(self, table: Table, **values: Any) -> None:
        with writing(self.engine).begin() as connection:
            connection.execute(insert(table).values(**values))


def open_copy(database: Path, path: Path) -> Engine:
    shutil.copy(database, path)
    return open_engine(f"sqlite:///{path}")


def build_house(engine: Engine, clock: FixedClock, **more: Any) -> House:
    coaches, review = Coaches(engine), more.pop("review", None) or Review(engine)
    settings = {"notices": lambda: [NOTICE], "passwords": Passwords(QUICK), **more}
    console = create_console(review=review, coaches=coaches, clock=clock, **settings)
    app = Starlette(routes=[Mount("/console", app=console)])
    return House(engine, clock, coaches, review, console, app, {})


@pytest.fixture(scope="session")
def blank_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy; migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("console") / "blank.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def filled_database(blank_database: Path) -> Path:
    """One to copy that has the invented clients in it."""
    path = shutil.copy(blank_database, blank_database.with_name("filled.db"))
    engine = open_engine(f"sqlite:///{path}")
    InventedClients(engine).replace(list(PEOPLE.values()), NOW)
    engine.dispose()
    return path


@pytest.fixture
def engine(blank_database: Path, tmp_path: Path) -> Iterator[Engine]:
    engine = open_copy(blank_database, tmp_path / "belay.db")
    yield engine
    engine.dispose()


@pytest.fixture
def build(engine: Engine, clock: FixedClock) -> Callable[..., House]:
    """Makes a house without clients; what is given goes to `create_console`."""
    return partial(build_house, engine, clock)


@pytest.fixture
def empty_house(build: Callable[..., House]) -> House:
    """A console without clients."""
    return build()


@pytest.fixture
def house(filled_database: Path, tmp_path: Path, clock: FixedClock) -> Iterator[House]:
    """A console with the invented clients; `people` holds them by the story's key."""
    engine = open_copy(filled_database, tmp_path / "filled.db")
    house = build_house(engine, clock)
    house.people = PEOPLE
    yield house
    engine.dispose()


@pytest.fixture
async def stranger(house: House) -> AsyncIterator[Visitor]:
    """Somebody who has not signed in."""
    visitor = Visitor(house.app)
    yield visitor
    await visitor.http.aclose()


@pytest.fixture
async def coach(house: House) -> AsyncIterator[Visitor]:
    """Somebody who has."""
    visitor = Visitor(house.app)
    await visitor.sign_up(house.coaches.invite(house.clock()))
    yield visitor
    await visitor.http.aclose()
