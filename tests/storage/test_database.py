"""The database itself: opening, migrating, moments, and who may write when."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from belay.storage import tables
from belay.storage.engine import DatabaseUnusable, is_writable, migrate, open_engine, writing
from belay.storage.schema import Moment, metadata
from tests.gateway.shared import empty_database
from tests.gateway.stage import Stage

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path):  # type: ignore[no-untyped-def]
    made = open_engine(f"sqlite:///{tmp_path / 'deep' / 'er' / 'belay.db'}")
    migrate(made)
    yield made
    made.dispose()


def test_the_migrations_make_exactly_the_tables_that_the_code_knows(engine) -> None:  # type: ignore[no-untyped-def]
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []


def test_migrating_twice_changes_nothing(engine) -> None:  # type: ignore[no-untyped-def]
    with engine.connect() as connection:
        before = connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name")).all()
    migrate(engine)
    with engine.connect() as connection:
        after = connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name")).all()
    assert after == before


def test_a_database_of_a_newer_belay_is_not_touched(engine) -> None:  # type: ignore[no-untyped-def]
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnusable, match="DATABASE_URL"):
        migrate(engine)


def test_a_file_that_is_no_database_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "belay.db").write_text("this is a letter, not a database" * 100)
    engine = open_engine(f"sqlite:///{tmp_path / 'belay.db'}")
    with pytest.raises(DatabaseUnusable, match="Restore a backup"):
        migrate(engine)
    engine.dispose()


@pytest.mark.parametrize("url", ["", "belay.db", "sqlite//x", "nosuch://x/y"])
def test_a_url_that_is_none_is_named_with_its_setting(url: str) -> None:
    with pytest.raises(DatabaseUnusable, match="DATABASE_URL"):
        open_engine(url)


def test_readers_do_not_wait_for_a_writer(engine) -> None:  # type: ignore[no-untyped-def]
    with writing(engine).begin() as writer:
        writer.execute(insert(tables.coach_invite).values(_invite("a")))
        done = threading.Event()

        def read() -> None:
            with engine.connect() as reader:
                assert reader.execute(select(tables.coach_invite)).all() == []
            done.set()

        thread = threading.Thread(target=read)
        thread.start()
        assert done.wait(3)
        thread.join()


def test_an_interrupted_write_leaves_nothing(engine) -> None:  # type: ignore[no-untyped-def]
    def breaks_off() -> None:
        with writing(engine).begin() as connection:
            connection.execute(insert(tables.coach_invite).values(_invite("a")))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks_off()
    with engine.connect() as connection:
        assert connection.execute(select(tables.coach_invite)).all() == []


def test_rows_without_an_owner_are_refused(engine) -> None:  # type: ignore[no-untyped-def]
    row = {"id": "c", "client_id": "nobody", "channel": "web", "address": "x", "started_at": NOON}
    with pytest.raises(IntegrityError), writing(engine).begin() as connection:
        connection.execute(insert(tables.conversation).values(row))


def test_a_moment_without_a_zone_is_refused(engine) -> None:  # type: ignore[no-untyped-def]
    row = {**_invite("a"), "made_at": datetime(2026, 3, 2)}  # noqa: DTZ001 - that is the point
    with pytest.raises(StatementError, match="time zone"), writing(engine).begin() as connection:
        connection.execute(insert(tables.coach_invite).values(row))


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)),  # noqa: DTZ001 - zone comes next
    st.integers(-12 * 60, 14 * 60),
)
def test_a_moment_comes_back_as_the_same_instant_in_utc(naive: datetime, minutes: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    kind, dialect = Moment(), None
    stored = kind.process_bind_param(moment, dialect)  # type: ignore[arg-type]
    back = kind.process_result_value(stored, dialect)  # type: ignore[arg-type]
    assert back == moment
    assert back is not None
    assert back.tzinfo is UTC


def test_writability_is_told_truly(engine, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert is_writable(engine)
    with engine.begin() as connection:
        connection.execute(text("PRAGMA query_only = ON"))
    engine.dispose()
    (tmp_path / "deep" / "er" / "belay.db").write_text("broken")
    for beside in ("-wal", "-shm"):
        (tmp_path / "deep" / "er" / f"belay.db{beside}").unlink(missing_ok=True)
    assert not is_writable(engine)


async def test_deleted_words_are_not_left_in_the_file(stage: Stage) -> None:
    canary = "quokkaquilt"
    ann = stage.person()
    await ann.says(f"i feel {canary}")
    await ann.says("delete my data", "yes")
    for file in stage.home.glob("belay.db*"):
        assert canary.encode() not in file.read_bytes(), file.name


def test_every_column_for_words_is_known_to_the_blanking() -> None:
    """A new text column has to be thought about: is it blanked, erased, exported?"""
    listed = {
        f"{table.name}.{name}" for table, names in tables.TEXT_COLUMNS.items() for name in names
    }
    free = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if str(column.type) == "TEXT"
    }
    assert free <= listed


def test_the_empty_database_of_the_tests_has_no_rows() -> None:
    connection = sqlite3.connect(empty_database())
    counted = connection.execute("SELECT count(*) FROM client").fetchone()
    connection.close()
    assert counted == (0,)


def _invite(token: str) -> dict[str, object]:
    return {"token_hash": token, "made_at": NOON, "expires_at": NOON}
