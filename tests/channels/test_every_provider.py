"""What holds for every provider that Belay pushes to, by its unmodified client library."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from belay.domain.reply import Card, Reply
from belay.gateway.channel import Delivery
from tests.channels.fakes import slack_web_api, telegram_bot_api
from tests.channels.fakes.slack_server import SlackServer
from tests.channels.fakes.telegram_server import TelegramServer
from tests.channels.push_stage import AGREE, PushStage
from tests.channels.slack.stage import SlackStage
from tests.channels.telegram.stage import TelegramStage

# Telegram's library warns about the coming type of its own `retry_after` whenever it makes one.
pytestmark = [
    pytest.mark.thorough,
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
]


@dataclass(frozen=True)
class Provider:
    """One provider as these tests see it; `ann` is somebody there."""

    name: str
    server: Callable[[], Any]
    stage: Callable[..., PushStage]
    ann: Any
    sending: str
    away: Any
    too_many: Callable[[int], Any]

    def command(self, server: Any, word: str) -> None:
        """Ann types a command."""
        if self.name == "slack":
            server.commands(self.ann, word)
        else:
            server.says(self.ann, f"/{word}")


TELEGRAM = Provider(
    "telegram",
    TelegramServer,
    TelegramStage,
    5001,
    "sendMessage",
    telegram_bot_api.AWAY,
    telegram_bot_api.too_many,
)
SLACK = Provider(
    "slack",
    SlackServer,
    SlackStage,
    "U0ANN",
    "chat.postMessage",
    slack_web_api.AWAY,
    slack_web_api.too_many,
)


@pytest.fixture(params=[TELEGRAM, SLACK], ids=lambda one: str(one.name))
def provider(request: pytest.FixtureRequest) -> Provider:
    found: Provider = request.param
    return found


@pytest.fixture
async def server(provider: Provider) -> AsyncIterator[Any]:
    made = await provider.server().start()
    yield made
    await made.stop()


@pytest.fixture
async def house(home: Path, provider: Provider, server: Any) -> AsyncIterator[PushStage]:
    made = await provider.stage(home, server).open()
    yield made
    await made.close()


async def test_a_token_is_all_it_takes(house: PushStage, server: Any, provider: Provider) -> None:
    server.says(provider.ann, "hello")
    texts = await server.heard(provider.ann, 3)
    assert any(f"A note on {provider.name.title()}" in text for text in texts)
    assert AGREE in server.to(provider.ann)[-1].buttons
    assert house.told == [f"Listening on {provider.name}"]


async def test_a_button_is_pressed_answered_and_marked(
    house: PushStage, server: Any, provider: Provider
) -> None:
    await house.agrees(provider.ann)
    assert house.sql("SELECT may_use FROM client") == [1]
    async with asyncio.timeout(5):
        while not (
            marked := [one for one in server.to(provider.ann) if f"\u2713 {AGREE}" in one.buttons]
        ):
            await asyncio.sleep(0.01)
    assert len(marked) == 1
    assert "I'm under 18" in marked[0].buttons


async def test_retry_after_is_obeyed(house: PushStage, server: Any, provider: Provider) -> None:
    await house.agrees(provider.ann)
    before, tried = len(server.to(provider.ann)), server.count(provider.sending)
    server.fail(provider.sending, provider.too_many(1))
    begun = asyncio.get_running_loop().time()
    server.says(provider.ann, "i feel tired")
    await server.heard(provider.ann, before + 1)
    assert asyncio.get_running_loop().time() - begun >= 1.0
    assert server.count(provider.sending) == tried + 2


async def test_a_provider_that_is_away_for_a_moment_loses_nothing(
    house: PushStage, server: Any, provider: Provider
) -> None:
    await house.agrees(provider.ann)
    before = len(server.to(provider.ann))
    server.fail(provider.sending, provider.away, provider.away)
    server.fail("getUpdates", provider.away, provider.away)
    server.says(provider.ann, "i feel tired")
    await server.heard(provider.ann, before + 1)
    await house.quiet()
    assert len(server.to(provider.ann)) == before + 1


async def test_a_restart_answers_what_came_meanwhile(
    house: PushStage, server: Any, provider: Provider
) -> None:
    await house.agrees(provider.ann)
    before = len(server.to(provider.ann))
    await house.close()
    server.says(provider.ann, "i feel tired")
    await house.open()
    await server.heard(provider.ann, before + 1)


async def test_export_comes_as_a_file_where_there_is_no_public_address(
    house: PushStage, server: Any, provider: Provider
) -> None:
    await house.agrees(provider.ann)
    provider.command(server, "export")
    await house.quiet()
    (sent,) = [one for one in server.to(provider.ann) if one.kind in ("file", "document")]
    assert '"conversations"' in sent.text
    assert not any("/chat/export/" in text for text in server.texts(provider.ann))


async def test_delete_takes_two_presses_and_the_receipt_arrives(
    house: PushStage, server: Any, provider: Provider
) -> None:
    await house.agrees(provider.ann)
    provider.command(server, "delete")
    await house.quiet()
    server.presses(provider.ann, "Delete everything")
    async with asyncio.timeout(8):
        while house.sql("SELECT count(*) FROM client")[0] or not any(
            "receipt" in text.lower() for text in server.texts(provider.ann)[-1:]
        ):
            await asyncio.sleep(0.01)
    assert house.rows_in_all().get("conversation") is None


async def test_progress_comes_in_words_and_then_as_a_picture(
    house: PushStage, server: Any, provider: Provider
) -> None:
    await house.agrees(provider.ann)
    before = len(server.to(provider.ann))
    points = ({"label": "Say a limit", "before": 3, "after": 7},)
    card = Card("progress", "Your progress", "How sure you felt, from 0 to 10.", points=points)
    address = house.sql("SELECT address FROM conversation")[0]
    reply = Reply("progress.show", "Here it is.", card=card)
    await house.channel.deliver(Delivery("talk", address, reply, key="one"))
    words, picture = server.to(provider.ann)[before:]
    assert "Say a limit: 3 \u2192 7" in words.text
    assert picture.kind in ("photo", "picture")
