"""The database is away or cannot be written: help still goes out, and nothing is forgotten."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from belay.gateway.identity import conversation_key
from belay.gateway.inbound import Accepted
from tests.gateway.stage import Stage

CANARY = "quokkaquilt"
CRISIS = f"I want to kill myself {CANARY}"


def spool_rows(stage: Stage) -> list[dict[str, Any]]:
    """What waits in the spool."""
    path = stage.home / "spool" / "safety.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def fails(*_: Any, **__: Any) -> Any:
    """What a database does that is away."""
    raise OperationalError("INSERT", {"text": CANARY}, sqlite3.OperationalError("disk I/O error"))


@pytest.fixture(params=["accept", "locked"])
def away(request: pytest.FixtureRequest, stage: Stage) -> Callable[[], Any]:
    """Two ways for a database to be of no use: it raises, or it is locked for good."""
    if request.param == "accept":
        return lambda: _Raising(stage)
    return lambda: _Locked(stage)


class _Raising:
    """The inbox raises."""

    def __init__(self, stage: Stage) -> None:
        self._inbox = stage.belay.inbox

    def __enter__(self) -> None:
        self._inbox.accept = fails  # type: ignore[method-assign]

    def __exit__(self, *_: object) -> None:
        del self._inbox.accept


class _Locked:
    """Another program holds the database and does not let go."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def __enter__(self) -> None:
        self._lock = sqlite3.connect(self._stage.database, isolation_level=None)
        self._lock.execute("BEGIN EXCLUSIVE")
        # The busy wait of 5 s would only make the test slow.
        self._stage.belay.engine.dispose()
        self._real = sqlite3.connect

        def impatient(*given: Any, **more: Any) -> sqlite3.Connection:
            return self._real(*given, **{**more, "timeout": 0.01})

        sqlite3.connect = impatient  # type: ignore[assignment]
        sqlite3.dbapi2.connect = impatient  # type: ignore[attr-defined]

    def __exit__(self, *_: object) -> None:
        sqlite3.connect = self._real
        sqlite3.dbapi2.connect = self._real  # type: ignore[attr-defined]
        self._stage.belay.engine.dispose()
        self._lock.execute("ROLLBACK")
        self._lock.close()


def lines(accepted: Accepted) -> list[str]:
    """Ids of the authored lines that are handed over directly."""
    return [reply.line for reply in accepted.direct]


async def test_a_crisis_is_answered_directly(stage: Stage, away: Any) -> None:
    with away():
        accepted = await stage.receive("ann", CRISIS)
    assert lines(accepted) == ["safety_suicide.tier3"]
    assert accepted.direct[0].card is not None
    assert "findahelpline.com" in accepted.direct[0].text + accepted.direct[0].card.text


async def test_help_now_is_answered_directly(stage: Stage, away: Any) -> None:
    with away():
        assert lines(await stage.receive("ann", "help now")) == ["help.now"]


async def test_any_other_message_is_told_that_nothing_can_be_kept(stage: Stage, away: Any) -> None:
    with away():
        assert lines(await stage.receive("ann", f"i feel {CANARY}")) == ["db.away"]
    assert not (stage.home / "spool" / "safety.jsonl").exists()


async def test_the_event_waits_in_the_spool_without_a_word(stage: Stage, away: Any) -> None:
    with away():
        await stage.receive("ann", CRISIS)
    (row,) = spool_rows(stage)
    assert (row["tier"], row["route"], row["layer"]) == (3, "safety_suicide", "floor")
    assert row["conversation_id"] == conversation_key("terminal", "ann")
    assert CANARY not in json.dumps(row)


async def test_only_the_owner_can_read_the_spool(stage: Stage, away: Any) -> None:
    with away():
        await stage.receive("ann", CRISIS)
    mode = (stage.home / "spool" / "safety.jsonl").stat().st_mode & 0o777
    assert oct(mode) == oct(0o600)


async def test_the_spool_is_emptied_into_the_record_once(stage: Stage, away: Any) -> None:
    ann = await stage.person().says("hello")
    with away():
        await stage.receive("ann", CRISIS)
        await stage.receive("ann", CRISIS)
    belay = stage.belay
    assert belay.spool.empty_into(belay.safety_log.append) == 2
    assert belay.spool.empty_into(belay.safety_log.append) == 0
    rows = stage.sql("SELECT client_id, tier, route FROM safety_event")
    assert rows == [(ann.client_id, 3, "safety_suicide")] * 2


async def test_a_crash_while_the_spool_is_emptied_records_nothing_twice(
    stage: Stage, away: Any
) -> None:
    with away():
        await stage.receive("ann", CRISIS)
        await stage.receive("ann", CRISIS)
    belay, seen = stage.belay, []

    def dies_at_the_second(event: Any) -> None:
        seen.append(event)
        if len(seen) == 2:
            raise KeyboardInterrupt
        belay.safety_log.append(event)

    with pytest.raises(KeyboardInterrupt):
        belay.spool.empty_into(dies_at_the_second)
    belay.spool.empty_into(belay.safety_log.append)
    assert stage.sql("SELECT count(*) FROM safety_event") == [2]


async def test_an_event_of_somebody_who_is_not_known_carries_no_identifier(
    stage: Stage, away: Any
) -> None:
    with away():
        await stage.receive("stranger", CRISIS)
    stage.belay.spool.empty_into(stage.belay.safety_log.append)
    assert stage.sql("SELECT client_id, conversation_id, tier FROM safety_event") == [
        (None, None, 3)
    ]


async def test_deleting_ones_data_reaches_the_spool(stage: Stage, away: Any) -> None:
    ann, bea = stage.person("ann"), stage.person("bea")
    await ann.says("hello")
    await bea.says("hello")
    with away():
        await stage.receive("ann", CRISIS)
        await stage.receive("bea", CRISIS)
    await ann.says("delete my data", "yes")
    assert [row["conversation_id"] for row in spool_rows(stage)] == [bea.talk]


async def test_asking_gets_the_direct_answer_too(stage: Stage, away: Any) -> None:
    with away():
        ann = await stage.person().says(CRISIS)
    assert ann.lines == ["safety_suicide.tier3"]


async def test_a_button_that_is_not_ours_is_refused_without_a_database_as_well(
    stage: Stage, away: Any
) -> None:
    with away(), pytest.raises(Exception, match="not_this_chat"):
        await stage.receive("ann", "", button="forged")


class TestTheCommitFails:
    """The message was stored; then the database went away."""

    async def test_a_crisis_is_answered_directly_and_recorded(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        turns = stage.belay.gateway._turns
        with monkeypatch.context() as patch:
            patch.setattr(turns, "commit", fails)
            accepted = await stage.receive("ann", CRISIS)
            assert lines(accepted) == ["safety_suicide.tier3"]
        await stage.settled("ann")
        async with asyncio.timeout(5):
            while not stage.sql("SELECT id FROM safety_event"):
                await asyncio.sleep(0.01)
        stage.belay.spool.empty_into(stage.belay.safety_log.append)
        assert stage.sql("SELECT tier FROM safety_event") == [3]

    async def test_afterwards_the_conversation_stands_in_the_crisis(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        turns = stage.belay.gateway._turns
        with monkeypatch.context() as patch:
            patch.setattr(turns, "commit", fails)
            await stage.receive("ann", CRISIS)
            await asyncio.sleep(0.05)
        ann = await stage.person().says("i feel tired")
        assert ann.lines == ["safety.still_here"]

    async def test_any_other_message_is_answered_once_the_database_is_back(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        turns = stage.belay.gateway._turns
        with monkeypatch.context() as patch:
            patch.setattr(turns, "commit", fails)
            await stage.receive("ann", "i feel tired")
            await asyncio.sleep(0.05)
            assert stage.posted("ann") == []
        async with asyncio.timeout(5):
            while not stage.posted("ann"):
                await asyncio.sleep(0.01)
        assert stage.posted("ann") == ["feeling.open"]
        assert stage.sql("SELECT count(*) FROM message WHERE author = 'client'") == [1]

    async def test_the_answer_is_not_given_up_however_long_the_database_is_away(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        turns = stage.belay.gateway._turns
        with monkeypatch.context() as patch:
            patch.setattr(turns, "commit", fails)
            await stage.receive("ann", "i feel tired")
            await asyncio.sleep(0.2)
        assert stage.sql("SELECT attempts, status FROM inbox") == [(0, "accepted")]


async def test_a_start_without_a_writable_folder_says_what_to_do(tmp_path: Any) -> None:
    from belay.storage.engine import DatabaseUnusable, open_engine

    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseUnusable, match="DATABASE_URL"):
        open_engine(f"sqlite:///{tmp_path / 'file' / 'belay.db'}")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
