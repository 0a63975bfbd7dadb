"""Slack by signed requests: only Slack gets in, and only what is stored is acknowledged."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.channels.fakes.slack_payloads import SIGNING_SECRET, signature, signed
from tests.channels.fakes.slack_server import SlackServer
from tests.channels.fakes.slack_web_api import AWAY
from tests.channels.slack.stage import SlackStage

ANN = "U0ANN"
PATH = "/slack/events"


async def signed_house(home: Path, server: SlackServer) -> SlackStage:
    return await SlackStage(
        home, server, http=True, slack_app_token=None, slack_signing_secret=SIGNING_SECRET
    ).open()


@pytest.fixture
async def house(home: Path, server: SlackServer) -> AsyncIterator[SlackStage]:
    made = await signed_house(home, server)
    yield made
    await made.close()


async def post(house: SlackStage, body: bytes, headers: dict[str, Any]) -> httpx.Response:
    """What Slack does: one POST with a signature."""
    transport = httpx.ASGITransport(app=house.belay.app, raise_app_exceptions=False)
    base = "https://belay.example"
    async with httpx.AsyncClient(transport=transport, base_url=base, trust_env=False) as http:
        return await http.post(PATH, content=body, headers=headers)


async def send(house: SlackStage, payload: dict[str, Any], **more: Any) -> httpx.Response:
    return await post(house, *signed(payload, **more))


async def test_the_challenge_is_answered(house: SlackStage) -> None:
    response = await send(house, {"type": "url_verification", "challenge": "3eZbrw1a"})
    assert response.status_code == 200
    assert "3eZbrw1a" in response.text


async def test_no_socket_is_opened(house: SlackStage, server: SlackServer) -> None:
    assert server.count("apps.connections.open") == 0
    assert house.told == ["Listening on slack"]


async def test_a_signed_event_a_press_and_a_command_are_answered(
    house: SlackStage, server: SlackServer
) -> None:
    assert (await send(house, server.event(server.message(ANN, "hello")))).status_code == 200
    await server.heard(ANN, 2)
    await house.quiet()
    shown = server.to(ANN)[-1]
    press = server.press(ANN, shown.buttons["I'm 18 or over, go on"], shown)
    assert (await send(house, press)).status_code == 200
    await house.quiet()
    assert house.sql("SELECT may_use FROM client") == [1]
    response = await send(house, server.command(ANN, "help", "C0LAN2Q65"))
    assert "private chat" in response.text


async def test_an_event_that_is_sent_again_is_answered_once(
    house: SlackStage, server: SlackServer
) -> None:
    event = server.event(server.message(ANN, "hello"))
    for number, reason in enumerate(("", "http_timeout", "http_error", "connection_failed")):
        body, headers = signed(event)
        if reason:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        assert (await post(house, body, headers)).status_code == 200
    await house.quiet()
    assert len(house.sql("SELECT id FROM inbox")) == 1


@pytest.mark.parametrize("secret", ["", "wrong", SIGNING_SECRET[:-1]])
async def test_another_secret_signs_nothing(
    house: SlackStage, server: SlackServer, secret: str
) -> None:
    response = await send(house, server.event(server.message(ANN, "hello")), secret=secret)
    assert response.status_code == 401
    assert house.sql("SELECT id FROM inbox") == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=", "X-Slack-Request-Timestamp": "0"},
        {"X-Slack-Signature": "v0=abc", "X-Slack-Request-Timestamp": "now"},
        {"X-Slack-Signature": "\u00e9".encode("latin-1"), "X-Slack-Request-Timestamp": "0"},
    ],
)
async def test_without_a_signature_nothing_is_read(
    house: SlackStage, server: SlackServer, headers: dict[str, Any]
) -> None:
    body = json.dumps(server.event(server.message(ANN, "hello"))).encode()
    assert (await post(house, body, headers)).status_code == 401
    assert (await post(house, b"ssl_check=1", headers)).status_code == 401
    assert house.sql("SELECT id FROM inbox") == []


async def test_a_changed_body_is_refused(house: SlackStage, server: SlackServer) -> None:
    body, headers = signed(server.event(server.message(ANN, "hello")))
    assert (await post(house, body.replace(b"hello", b"jello"), headers)).status_code == 401


@pytest.mark.parametrize("late", [-400, 400])
async def test_a_request_from_another_time_is_refused(
    house: SlackStage, server: SlackServer, late: int
) -> None:
    event = server.event(server.message(ANN, "hello"))
    assert (await send(house, event, at=time.time() + late)).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"null",
        b"{}",
        b"\xff\xfe",
        b'{"type": "event_callback"}',
        b'{"type": "event_callback", "team_id": "T061EG9R6", "event": 7}',
        b'{"type": "event_callback", "team_id": ["x"], "event": {"type": "message"}}',
        b"[" * 50_000,
    ],
)
async def test_what_is_no_payload_is_refused_or_ignored(house: SlackStage, body: bytes) -> None:
    text = body.decode("utf-8", errors="replace")
    kind = {"Content-Type": "application/json"}
    response = await post(house, body, {**signature(text), **kind})
    assert response.status_code in (200, 400, 401)
    assert house.sql("SELECT id FROM inbox") == []


async def test_before_slack_was_reached_nothing_is_acknowledged(
    home: Path, server: SlackServer
) -> None:
    server.fault = lambda method, _: AWAY if method == "auth.test" else None
    house = await signed_house(home, server)
    response = await send(house, server.event(server.message(ANN, "hello")))
    assert response.status_code == 503
    await house.close()


async def test_without_the_secret_there_is_no_address(home: Path, server: SlackServer) -> None:
    house = await SlackStage(home, server, http=True).open()
    response = await send(house, server.event(server.message(ANN, "hello")))
    assert response.status_code in (404, 405)
    await house.close()
