"""A started house listens on its channels before Rasa is there, and runs on without a bad one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from belay import running
from belay.settings import Settings
from tests.channels.fakes.telegram_bot_api import TOKEN
from tests.channels.fakes.telegram_server import TelegramServer

ANN = 5001


class NoRasa:
    """Rasa's process, which is never up."""

    url, token = "http://127.0.0.1:9", "t"

    def __init__(self, *_: Any) -> None: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    made = await TelegramServer().start()
    yield made
    await made.stop()


@pytest.fixture(autouse=True)
def _without_rasa(monkeypatch: pytest.MonkeyPatch) -> None:
    async def proved(_: running.Running) -> None: ...

    monkeypatch.setattr(running, "current_model", lambda _: Path("model.tar.gz"))
    monkeypatch.setattr(running, "RasaProcess", NoRasa)
    monkeypatch.setattr(running.Running, "_prove", proved)


async def test_help_goes_out_on_telegram_although_rasa_is_away(
    home: Path, server: TelegramServer
) -> None:
    told: list[str] = []
    settings = Settings(home=home, telegram_token=TOKEN, telegram_api=server.api)
    async with running.running(settings, told.append, port=0):
        server.says(ANN, "I want to kill myself")
        assert "emergency" in (await server.heard(ANN, 1))[0].lower()
    assert "Listening on telegram" in told


async def test_a_bad_token_is_one_sentence_and_the_rest_starts(
    home: Path, server: TelegramServer
) -> None:
    told: list[str] = []
    settings = Settings(home=home, telegram_token="1:bad", telegram_api=server.api)
    async with running.running(settings, told.append, port=0) as house:
        assert house.url
    assert [one for one in told if "BELAY_TELEGRAM_TOKEN" in one] != []
    assert not any("1:bad" in one for one in told)


async def test_without_a_token_there_is_no_telegram(home: Path) -> None:
    told: list[str] = []
    async with running.running(Settings(home=home), told.append, port=0) as house:
        assert house.belay is not None
        assert [one.name for one in house.belay.push.channels] == []
    assert not any("elegram" in one for one in told)
