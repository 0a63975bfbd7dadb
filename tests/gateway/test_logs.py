"""No log line ever holds what a client wrote, whatever goes wrong."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from belay.logs import FORBIDDEN, set_up_logs
from tests.channels.web_visit import Visit
from tests.gateway.stage import Stage
from tests.services.walking import begins, walks_to

OVER_HTTP = True
CANARY = "quokkaquilt"


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    """The log of an installation, as `belay run` sets it up."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    set_up_logs(tmp_path / "logs", "DEBUG")
    yield tmp_path / "logs" / "belay.log"
    for handler in root.handlers:
        if handler not in before[0]:
            handler.close()
    root.handlers, root.level = before
    structlog.reset_defaults()


def holds_no_words(log_file: Path, stage: Stage) -> None:
    """Neither log nor spool holds the canary, and the log was in fact written."""
    assert CANARY not in log_file.read_text("utf-8")
    spool = stage.home / "spool" / "safety.jsonl"
    assert not spool.exists() or CANARY not in spool.read_text("utf-8")


async def test_a_log_of_ordinary_talk_holds_no_words(stage: Stage, log_file: Path) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "step.ok")
    await ann.says(f"Visits {CANARY}", "pause", f"i feel {CANARY}", f"my mum {CANARY}")
    await stage.person("bea", onboarded=False).says(f"i need a limit with my mum {CANARY}")
    holds_no_words(log_file, stage)


async def test_a_log_of_danger_holds_tier_and_no_words(stage: Stage, log_file: Path) -> None:
    await stage.person().says(f"I want to kill myself {CANARY}")
    holds_no_words(log_file, stage)
    assert "safety.event" in log_file.read_text("utf-8")


@pytest.mark.parametrize("error", [RuntimeError, KeyError, ValueError])
async def test_a_log_of_an_action_that_raises_with_words_holds_none(
    stage: Stage, log_file: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def broken(turn: Any, *_: Any) -> None:
        raise error(turn.text)

    monkeypatch.setattr(stage.belay.use_cases.coaching, "meet_feeling", broken)
    ann = await stage.person().says(f"i feel {CANARY}")
    assert ann.lines == ["gateway.failed"]
    holds_no_words(log_file, stage)
    assert "action.failed" in log_file.read_text("utf-8")


async def test_a_log_of_a_planner_that_raises_with_words_holds_none(
    stage: Stage, log_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(turn: Any) -> None:
        raise RuntimeError(turn.text)

    monkeypatch.setattr(stage.belay.use_cases.steps, "expects", broken)
    await stage.person().says(f"i feel {CANARY}")
    holds_no_words(log_file, stage)


async def test_a_log_of_a_database_that_fails_holds_no_values(stage: Stage, log_file: Path) -> None:
    with pytest.raises(SQLAlchemyError) as raised, stage.belay.engine.connect() as connection:
        connection.execute(text("SELECT :said FROM no_such_table"), {"said": CANARY})
    logging.getLogger("anything").error("it failed", exc_info=raised.value)
    holds_no_words(log_file, stage)


async def test_a_log_of_a_commit_that_fails_holds_no_words(
    stage: Stage, log_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(turn: Any, at: Any) -> None:
        raise sqlite3.OperationalError(turn.text)

    with monkeypatch.context() as patch:
        patch.setattr(stage.belay.gateway._turns, "commit", fails)
        await stage.receive("ann", f"i feel {CANARY}")
        await stage.receive("bea", f"I want to kill myself {CANARY}")
        await asyncio.sleep(0.1)
    holds_no_words(log_file, stage)
    assert "worker.failed" in log_file.read_text("utf-8")


async def test_a_log_of_a_locked_database_holds_no_words(stage: Stage, log_file: Path) -> None:
    def fails(incoming: Any) -> None:
        raise sqlite3.OperationalError(incoming.text)

    stage.belay.inbox.accept = fails  # type: ignore[method-assign, assignment]
    await stage.receive("ann", f"I want to kill myself {CANARY}")
    await stage.receive("ann", f"i feel {CANARY}")
    holds_no_words(log_file, stage)


async def test_a_log_of_rasa_away_or_broken_holds_no_words(stage: Stage, log_file: Path) -> None:
    stage.rasa.down = True
    await stage.receive("ann", f"i feel {CANARY}")
    await asyncio.sleep(0.05)
    stage.rasa.down = False
    broken = httpx.Response(500, json={"detail": CANARY})
    stage.rasa.garbage = [broken, httpx.Response(200, text=CANARY)]
    await stage.settled("ann")
    holds_no_words(log_file, stage)


async def test_a_log_of_bad_requests_holds_no_words(
    stage: Stage, log_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = await Visit(stage).open()
    for body in ({"id": CANARY, "text": 1}, {"id": CANARY * 2, "button": CANARY}, CANARY):
        await visit.post("/chat/messages", json=body)
    await visit.get(f"/chat/{CANARY}")
    await visit.get(f"/chat/export/{CANARY}")

    def broken(*_: Any) -> Any:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(stage.belay.records, "history", broken)
    await visit.get("/chat/history")
    holds_no_words(log_file, stage)


async def test_a_log_of_forged_action_calls_holds_no_words(stage: Stage, log_file: Path) -> None:
    transport = httpx.ASGITransport(app=stage.belay.actions)
    async with httpx.AsyncClient(transport=transport, base_url="http://actions") as http:
        headers = {"Authorization": f"Bearer {stage.belay.action_token}"}
        body = {"next_action": "action_welcome", "tracker": {"latest_message": CANARY}}
        await http.post("/webhook", json=body, headers=headers)
        await http.post("/webhook", json=body)
    holds_no_words(log_file, stage)


async def test_a_log_of_deletion_and_export_names_nobody(stage: Stage, log_file: Path) -> None:
    ann = stage.person()
    await begins(ann, "boundary_builder")
    client_id, talk = ann.client_id, ann.talk
    await ann.says("send me my data", "delete my data", "yes")
    said = log_file.read_text("utf-8")
    assert client_id not in said
    assert talk not in said


@pytest.mark.parametrize("field", sorted(FORBIDDEN))
def test_fields_that_could_hold_words_are_dropped(log_file: Path, field: str) -> None:
    structlog.get_logger("belay.test").error("something", **{field: CANARY}, count=3)
    said = log_file.read_text("utf-8")
    assert CANARY not in said
    assert '"count": 3' in said


def test_what_libraries_say_below_a_warning_is_not_kept(log_file: Path) -> None:
    for name in ("httpx", "uvicorn.access", "sqlalchemy.engine", "asyncio"):
        logging.getLogger(name).info(CANARY)
    assert CANARY not in log_file.read_text("utf-8")
