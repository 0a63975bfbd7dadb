"""Telegram by webhook: only Telegram gets in, and only what is stored is acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.channels.fakes.telegram_server import TelegramServer
from tests.channels.telegram.stage import TelegramStage

ANN = 5001
PATH = "/telegram/webhook"
PUBLIC = "https://belay.example"


@pytest.fixture
async def house(home: Path, server: TelegramServer) -> AsyncIterator[TelegramStage]:
    made = await TelegramStage(
        home, server, http=True, telegram_webhook=True, public_url=PUBLIC
    ).open()
    async with asyncio.timeout(5):
        while not server.webhook:
            await asyncio.sleep(0.01)
    yield made
    await made.close()


async def post(house: TelegramStage, update: Any, secret: str | None) -> httpx.Response:
    """What Telegram does: one POST with the secret in a header."""
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    transport = httpx.ASGITransport(app=house.belay.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC, trust_env=False) as http:
        if isinstance(update, bytes):
            return await http.post(PATH, content=update, headers=headers)
        return await http.post(PATH, json=update, headers=headers)


async def test_the_webhook_is_set_with_a_secret_and_one_connection(
    house: TelegramStage, server: TelegramServer
) -> None:
    assert server.webhook["url"] == PUBLIC + PATH
    assert len(server.webhook["secret_token"]) >= 32
    assert int(server.webhook["max_connections"]) == 1


async def test_an_update_with_the_secret_is_answered(
    house: TelegramStage, server: TelegramServer
) -> None:
    update = {"update_id": 1, "message": server.message(ANN, text="hello")}
    response = await post(house, update, server.webhook["secret_token"])
    assert response.status_code == 200
    assert await server.heard(ANN, 2)


@pytest.mark.parametrize("secret", [None, "", "wrong", "a" * 64])
async def test_without_the_secret_nothing_is_read_or_stored(
    house: TelegramStage, server: TelegramServer, secret: str | None
) -> None:
    update = {"update_id": 1, "message": server.message(ANN, text="hello")}
    response = await post(house, update, secret)
    assert response.status_code == 401
    assert house.sql("SELECT id FROM inbox") == []


async def test_an_update_that_is_sent_again_is_answered_once(
    house: TelegramStage, server: TelegramServer
) -> None:
    update = {"update_id": 1, "message": server.message(ANN, text="hello")}
    for _ in range(3):
        await post(house, update, server.webhook["secret_token"])
    await house.quiet()
    assert len(house.sql("SELECT id FROM inbox")) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"x"', b"{}", b'{"update_id": "x"}', b'{"update_id": 1, "message": 7}'],
)
async def test_what_is_no_update_is_refused_or_ignored(
    house: TelegramStage, server: TelegramServer, body: bytes
) -> None:
    response = await post(house, body, server.webhook["secret_token"])
    assert response.status_code in (200, 400)
    assert house.sql("SELECT id FROM inbox") == []


async def test_a_webhook_needs_a_public_address(home: Path, server: TelegramServer) -> None:
    stage = await TelegramStage(home, server, telegram_webhook=True).open()
    assert any("BELAY_PUBLIC_URL" in told for told in stage.told)
    await stage.close()
