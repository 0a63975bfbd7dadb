"""Who is told of a safety event, of what, and how often."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from datetime import timedelta

import httpx
import pytest

from belay.jobs.alert_ways import ByEmail, ByWebhook, Smtp
from belay.jobs.alerts import Alert, Alerts
from belay.storage.alerts import AlertLog
from tests.gateway.stage import Person, Stage

CANARY = "quokkaquilt"
CRISIS = f"I want to kill myself {CANARY}"
CONSOLE = "https://belay.example/console/safety"
HOUR = timedelta(hours=1)


class Ear:
    """A way that keeps what it was given, or fails."""

    name = "ear"

    def __init__(self) -> None:
        self.heard: list[Alert] = []
        self.deaf = False

    def send(self, alert: Alert) -> None:
        if self.deaf:
            raise ConnectionRefusedError("nobody listens")
        self.heard.append(alert)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def alerts(stage: Stage, ear: Ear) -> Alerts:
    return Alerts(AlertLog(stage.belay.engine), [ear], again=HOUR, console=CONSOLE)


async def allows_review(person: Person) -> Person:
    await person.says("who reads this")
    return await person.presses("consent.review_on")


async def test_sr_26_an_event_is_told_once_and_again_when_unread(
    stage: Stage, alerts: Alerts, ear: Ear
) -> None:
    await (await allows_review(stage.person())).says(CRISIS)
    alerts.look(stage.clock())
    alerts.look(stage.clock())
    assert [(one.tier, one.again) for one in ear.heard] == [(3, False)]
    stage.clock.advance(minutes=59)
    alerts.look(stage.clock())
    assert len(ear.heard) == 1
    stage.clock.advance(minutes=2)
    alerts.look(stage.clock())
    alerts.look(stage.clock())
    assert [one.again for one in ear.heard] == [False, True]
    (event,) = stage.sql("SELECT id FROM safety_event")
    coach = "c" * 32
    stage.sql(
        "INSERT INTO coach (id, name, email, password_hash, created_at, active)"
        " VALUES (?, 'Kim', 'kim@example.org', 'x', '2026-01-01 00:00:00', 1)",
        coach,
    )
    stage.belay.review.mark_seen(event, coach, stage.clock())
    stage.clock.advance(hours=5)
    alerts.look(stage.clock())
    assert len(ear.heard) == 2


async def test_sr_26_a_restart_does_not_tell_twice(stage: Stage, alerts: Alerts, ear: Ear) -> None:
    await (await allows_review(stage.person())).says(CRISIS)
    alerts.look(stage.clock())
    again = Alerts(AlertLog(stage.belay.engine), [ear], again=HOUR, console=CONSOLE)
    again.look(stage.clock())
    assert len(ear.heard) == 1


async def test_of_a_client_who_lets_nobody_read_nobody_is_told(
    stage: Stage, alerts: Alerts, ear: Ear
) -> None:
    await stage.person().says(CRISIS)
    alerts.look(stage.clock())
    assert ear.heard == []


async def test_a_way_that_fails_is_tried_again_a_minute_later(
    stage: Stage, alerts: Alerts, ear: Ear
) -> None:
    await (await allows_review(stage.person())).says(CRISIS)
    ear.deaf = True
    assert alerts.look(stage.clock()) == {"sent": 0, "failed": 1}
    ear.deaf = False
    alerts.look(stage.clock())
    assert ear.heard == []
    stage.clock.advance(minutes=1, seconds=1)
    alerts.look(stage.clock())
    assert [one.again for one in ear.heard] == [False]


async def test_the_worst_event_is_told_first(stage: Stage, alerts: Alerts, ear: Ear) -> None:
    await (await allows_review(stage.person("ann"))).says("life is pointless")
    await (await allows_review(stage.person("bea"))).says(CRISIS)
    alerts.look(stage.clock())
    assert [one.tier for one in ear.heard] == [3, 2]


async def test_an_alert_says_nothing_of_client_or_words(
    stage: Stage, alerts: Alerts, ear: Ear
) -> None:
    ann = await (await allows_review(stage.person())).says(CRISIS)
    alerts.look(stage.clock())
    (event,) = stage.sql("SELECT id FROM safety_event")
    told = json.dumps(ear.heard[0].as_dict())
    assert ear.heard[0].as_dict().keys() == {"event", "tier", "at", "unread_reminder", "console"}
    assert event in told
    for secret in (CANARY, ann.client_id, ann.talk, "suicide", "ann"):
        assert secret not in told.replace("console/safety", "")


def an_alert() -> Alert:
    from tests.fakes import FixedClock

    return Alert("e" * 32, 3, FixedClock().now, again=True, console=CONSOLE)


def test_the_webhook_gets_one_small_json_body() -> None:
    posted: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        posted.append(request)
        return httpx.Response(204)

    ByWebhook("https://hooks.example/x", httpx.MockTransport(answer)).send(an_alert())
    (request,) = posted
    assert json.loads(request.content) == an_alert().as_dict()


def test_a_webhook_that_refuses_counts_as_failed() -> None:
    way = ByWebhook("https://hooks.example/x", httpx.MockTransport(lambda _: httpx.Response(500)))
    with pytest.raises(httpx.HTTPStatusError):
        way.send(an_alert())


async def test_the_email_reaches_a_mail_server() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    got: list[str] = []

    def serve() -> None:
        talk, _ = listening.accept()
        with talk, talk.makefile("rwb", buffering=0) as lines:
            lines.write(b"220 ready\r\n")
            inside = False
            for raw in lines:
                line = raw.decode().rstrip()
                if inside:
                    got.append(line)
                    if line == ".":
                        inside = False
                        lines.write(b"250 kept\r\n")
                elif line.upper() == "DATA":
                    inside = True
                    lines.write(b"354 go on\r\n")
                elif line.upper() == "QUIT":
                    lines.write(b"221 bye\r\n")
                    return
                else:
                    lines.write(b"250 fine\r\n")

    server = threading.Thread(target=serve, daemon=True)
    server.start()
    smtp = Smtp("127.0.0.1", listening.getsockname()[1], "none", "belay@example.org")
    await asyncio.to_thread(ByEmail(smtp, "team@example.org").send, an_alert())
    server.join(5)
    listening.close()
    mail = "\n".join(got)
    assert "Subject: Belay: safety event, tier 3, still unread" in mail
    assert CONSOLE in mail
    assert "e" * 32 in mail
