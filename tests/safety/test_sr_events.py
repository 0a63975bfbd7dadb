"""SR-15, SR-19, SR-24, SR-25, SR-29: through the channel, on record, and when parts are down."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from belay.commands.safety import app as safety_app
from belay.gateway.gateway import Pace
from belay.gateway.live import News
from belay.settings import Settings
from tests.channels.test_local import post
from tests.channels.web_visit import Visit
from tests.fakes import FixedClock
from tests.gateway.stage import Stage
from tests.safety.crisis_lines import CANARY, CRISIS_LINES
from tests.services.walking import begins

OVER_HTTP = True
CRISIS = CRISIS_LINES[0]
# What the two seconds leave after a slow machine's own time.
SECONDS = 2.0


@pytest.fixture
async def brisk(home: Path, clock: FixedClock) -> AsyncIterator[Stage]:
    """A stage with the pace of an installation."""
    made = await Stage(home, clock, http=True, pace=Pace(retry=0.05, at_once=0.7)).open()
    yield made
    await made.close()


async def test_sr_15_the_right_reply_comes_through_the_website_in_the_same_turn(
    stage: Stage,
) -> None:
    visit = await Visit(stage).open()
    response = await visit.sends(CRISIS)
    assert response.status_code == 202
    posted = stage.belay.outbox.after(visit.talk, 0)
    (first,) = [one.payload for one in posted if one.payload]
    assert first["line"] == "safety_suicide.tier3"
    assert "findahelpline.com" in json.dumps(first["card"])


async def test_a_limit_on_messages_never_refuses_a_crisis(stage: Stage) -> None:
    visit = await Visit(stage).open()
    answers = [
        await visit.post("/chat/messages", json={"id": f"message-{n}", "text": "hi"})
        for n in range(60)
    ]
    assert 429 in {answer.status_code for answer in answers}
    for number, text in enumerate((CRISIS, "help now")):
        answer = await visit.post("/chat/messages", json={"id": f"crisis-00{number}", "text": text})
        assert answer.status_code == 202
    lines = [one.payload["line"] for one in stage.belay.outbox.after(visit.talk, 0) if one.payload]
    assert "safety_suicide.tier3" in lines


def rasa_is_down(stage: Stage) -> Any:
    stage.rasa.down = True


def actions_are_down(stage: Stage) -> Any:
    stage.rasa.faults = 10_000


def model_is_missing(stage: Stage) -> Any:
    import httpx

    stage.rasa.garbage = [httpx.Response(503, json={"error": "no model"})] * 100


def database_is_locked(stage: Stage) -> Any:
    lock = sqlite3.connect(stage.database, isolation_level=None, check_same_thread=False)
    lock.execute("BEGIN EXCLUSIVE")
    return lock


def database_is_read_only(stage: Stage) -> Any:
    # As the file system says it; tests may run as a user whom no file mode stops.
    def refuse(*_: Any, **__: Any) -> Any:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    stage.belay.inbox.accept = refuse  # type: ignore[method-assign]


def database_is_gone(stage: Stage) -> Any:
    stage.belay.engine.dispose()
    for path in stage.home.glob("belay.db*"):
        path.unlink()
    stage.database.mkdir()


BROKEN: tuple[Callable[[Stage], Any], ...] = (
    rasa_is_down,
    actions_are_down,
    model_is_missing,
    database_is_locked,
    database_is_read_only,
    database_is_gone,
)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


@pytest.mark.parametrize("breaks", BROKEN, ids=lambda one: one.__name__)
@pytest.mark.parametrize("text", [CRISIS, "help now"])
async def test_sr_19_the_website_shows_lines_within_two_seconds(
    brisk: Stage, breaks: Callable[[Stage], Any], text: str
) -> None:
    visit = await Visit(brisk).open()
    talk = visit.talk
    held = breaks(brisk)
    direct: list[News] = []
    async with brisk.belay.web._live.subscribe(talk) as news:
        with within(SECONDS):
            response = await visit.post("/chat/messages", json={"id": "message-1", "text": text})
        assert response.status_code == 202
        while not news.empty():
            direct.append(news.get_nowait())
    shown = [one.data.line for one in direct if one.kind == "direct"]
    if not shown:
        shown = [one.payload["line"] for one in brisk.belay.outbox.after(talk, 0) if one.payload]
    assert shown[0] in ("safety_suicide.tier3", "help.now")
    if isinstance(held, sqlite3.Connection):
        held.rollback()
        held.close()


@pytest.mark.parametrize("breaks", BROKEN, ids=lambda one: one.__name__)
async def test_sr_19_the_terminal_shows_lines_within_two_seconds(
    brisk: Stage, breaks: Callable[[Stage], Any]
) -> None:
    held = breaks(brisk)
    with within(SECONDS):
        answer = await post(brisk, "/local/say", {"client": "ann", "text": CRISIS})
    assert "findahelpline.com" in json.dumps(answer.json()["replies"])
    if isinstance(held, sqlite3.Connection):
        held.rollback()
        held.close()


async def test_sr_19_buttons_of_safety_work_while_rasa_is_down(stage: Stage) -> None:
    ann = await stage.person().says("life is pointless")
    stage.rasa.down = True
    await ann.presses("safety.choose:yes")
    assert ann.lines == ["safety_suicide.tier3"]
    await ann.presses("country.choose", "country.set:GB")
    assert "999" in ann.heard


async def test_sr_19_a_locked_database_loses_no_event_and_counts_none_twice(
    brisk: Stage,
) -> None:
    await brisk.person("ann").says("hello")
    lock = database_is_locked(brisk)
    await brisk.receive("ann", CRISIS)
    assert len(brisk.belay.spool.events()) == 1
    lock.rollback()
    lock.close()
    async with asyncio.timeout(10):
        while not brisk.sql("SELECT id FROM safety_event"):
            await asyncio.sleep(0.02)
            brisk.belay.spool.empty_into(brisk.belay.safety_log.append)
    await brisk.settled("ann")
    brisk.belay.spool.empty_into(brisk.belay.safety_log.append)
    assert brisk.sql("SELECT count(*) FROM safety_event") == [1]
    assert brisk.belay.spool.events() == []


async def test_while_the_model_layer_is_missing_each_reply_names_the_way_to_help(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = stage.rasa._nlu
    monkeypatch.setattr(stage.rasa, "_nlu", lambda *given: {**real(*given), "judged": False})
    ann = stage.person()
    for text in ("hello", "i need a limit with my mum", "what is interdependence"):
        await ann.says(text)
        assert "gateway.help_now_line" in ann.lines
        assert "type help now" in ann.heard


async def test_sr_24_what_was_paused_goes_on_only_when_asked(stage: Stage) -> None:
    ann = stage.person()
    await begins(ann, "boundary_builder")
    stood = ann.step
    await ann.says(CRISIS)
    assert ann.state == "paused"
    for text in ("you misunderstood", "hello", "thanks", "i feel better"):
        await ann.says(text)
        assert stage.sql("SELECT state FROM run") == ["paused"]
    await ann.says("go on")
    assert (ann.step, ann.state) == (stood, "active")


async def test_sr_25_each_event_is_a_row_within_the_turn_with_what_was_chosen(
    stage: Stage,
) -> None:
    ann = await stage.person().says(f"life is pointless {CANARY}")
    (row,) = stage.sql(
        "SELECT tier, route, layer, rule, reply, length(span_hash), id FROM safety_event"
    )
    assert row[:5] == (2, "safety_suicide", "floor", "SUI2-signs", "safety_suicide.tier2")
    assert row[5] == 16
    await ann.presses("safety.choose:no")
    assert stage.sql("SELECT event_id, choice FROM safety_choice") == [(row[6], "no")]
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        stage.sql("UPDATE safety_choice SET choice = 'yes'")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        stage.sql("DELETE FROM safety_choice")
    assert CANARY not in json.dumps(stage.sql("SELECT * FROM safety_event"))


async def test_sr_29_the_report_counts_without_identifiers(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await stage.person("ann").says(CRISIS)
    await stage.person("bea").says("life is pointless")
    stage.clock.advance(days=40)
    await stage.person("cleo").says(CRISIS)
    monkeypatch.setattr("belay.commands.safety.Settings", lambda: Settings(home=stage.home))
    out = await asyncio.to_thread(CliRunner().invoke, safety_app, ["report", "--json"])
    told = json.loads(out.stdout)
    assert told["referrals_by_year"] == {"2026": 3}
    assert [(one["month"], one["tier"], one["events"]) for one in told["events"]] == [
        ("2026-03", 2, 1),
        ("2026-03", 3, 1),
        ("2026-04", 3, 1),
    ]
    assert {"layer", "route"} <= set(told["events"][0])
    assert ann.client_id not in out.stdout
    assert ann.talk not in out.stdout
    table = await asyncio.to_thread(CliRunner().invoke, safety_app, ["report"])
    assert "Referrals to help lines in 2026: 3" in table.stdout


async def test_the_operators_erasure_reaches_spool_memory_and_the_open_page(stage: Stage) -> None:
    ann = await stage.person(onboarded=False).says("i need a limit with my mum")
    stage.belay.inbox.accept = lambda _: (_ for _ in ()).throw(OSError("away"))  # type: ignore[method-assign,assignment]
    await stage.receive("ann", CRISIS)
    del stage.belay.inbox.accept
    assert len(stage.belay.spool.events()) == 1
    async with stage.belay.web._live.subscribe(ann.talk) as news:
        answer = await post(stage, "/local/erase", {"client_id": ann.client_id})
        assert answer.json() == {"erased": True}
        assert news.get_nowait().kind == "gone"
    assert stage.belay.spool.events() == []
    assert stage.belay.use_cases.first_contact._held == {}
    assert stage.sql("SELECT count(*) FROM client") == [0]
    again = await post(stage, "/local/erase", {"client_id": "f" * 32})
    assert again.json() == {"erased": False}
