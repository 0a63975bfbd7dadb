"""What a small Belay only reads is made once: content, rules, domain, an empty database."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from belay import bootstrap
from belay.content.load import Content, load_content
from belay.domain.floor import FloorRules, rules_from
from belay.language.person import PersonFinder
from belay.settings import ROOT


@cache
def shared_content() -> Content:
    """The content of this repository, read once."""
    return load_content(ROOT / "content")


@cache
def shared_rules() -> FloorRules:
    """The floor's rules, compiled once."""
    return rules_from(shared_content().floor_data)


@cache
def shared_domain() -> dict[str, Any]:
    """The Rasa domain, read once."""
    return bootstrap.domain()


@cache
def shared_people_finder() -> PersonFinder:
    """The role words, read once."""
    return PersonFinder(ROOT / "content")


@cache
def empty_database() -> Path:
    """A migrated database without rows, to be copied."""
    file = Path(mkdtemp()) / "belay.db"
    engine = bootstrap.open_engine(f"sqlite:///{file}")
    bootstrap.migrate(engine)
    engine.dispose()
    return file


def leave_the_disk_alone(connection: Any, _record: Any) -> None:
    """Do not wait for the disk: it matters when the power fails, not when a process ends."""
    connection.execute("PRAGMA synchronous=OFF")
