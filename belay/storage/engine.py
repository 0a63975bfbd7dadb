"""Opening and migrating the database."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine as Engine
from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError

MIGRATIONS = Path(__file__).with_name("migrations")


class DatabaseUnusable(Exception):
    """The database cannot be opened or migrated. The message names the remedy."""


def open_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, foreign keys, 5 s busy wait) or another SQL database.

    Raises:
        DatabaseUnusable: the URL cannot be read, or its folder cannot be made.
    """
    try:
        parsed = make_url(url)
    except Exception as error:
        raise DatabaseUnusable(f"DATABASE_URL is not a database URL: {error}") from error
    if parsed.get_backend_name() != "sqlite":
        try:
            return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
        except (ImportError, SQLAlchemyError) as error:
            raise DatabaseUnusable(
                f"There is no driver for the database that DATABASE_URL names ({error}). "
                "Install one, or use SQLite: leave DATABASE_URL unset."
            ) from error
    if parsed.database and parsed.database != ":memory:":
        folder = Path(parsed.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnusable(
                f"The folder {folder} for the database cannot be made ({error.strerror}). "
                "Choose another with DATABASE_URL."
            ) from error
    # Parameters are what clients wrote: an error that names them would carry it into a log.
    engine = create_engine(
        parsed,
        connect_args={"timeout": 5, "check_same_thread": False},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # The driver's own transaction handling starts transactions late, which lets a read
        # and the write that depends on it see different states; BEGIN is sent explicitly.
        connection.isolation_level = None
        with closing(connection.cursor()) as cursor:
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.execute("PRAGMA secure_delete=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("belay_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def writing(engine: Engine) -> Engine:
    """The engine for transactions that write: on SQLite they take the write lock at once."""
    return engine.execution_options(belay_write=True)


def scrub(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, where what was erased would linger for a while.

    Where readers stand in the way it stays, and goes with the next scrub.
    """
    if engine.dialect.name != "sqlite":
        return
    with closing(engine.raw_connection()) as raw, suppress(sqlite3.OperationalError):
        # The erasure itself is committed; a log that is in use now is no failure of it.
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema.

    Raises:
        DatabaseUnusable: it is not Belay's, or is newer than this program.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
    except Exception as error:
        raise DatabaseUnusable(
            f"The database at {engine.url!r} cannot be migrated ({type(error).__name__}). "
            "Restore a backup, or name another file with DATABASE_URL."
        ) from error


def is_writable(engine: Engine) -> bool:
    """Whether a write would go through now."""
    try:
        with writing(engine).begin() as connection:
            connection.execute(text("DELETE FROM erasure_permit WHERE event_id = ''"))
    except Exception:  # noqa: BLE001 - any failure to write is the answer
        return False
    return True
