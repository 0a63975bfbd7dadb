"""Slack end to end: the unmodified client libraries against a Slack on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.fakes.slack_server import AWAY, GONE, SlackServer, too_many
from tests.channels.slack_stage import SlackStage

ANN, BEA = "U0ANN", "U0BEA"
AGREE = "I'm 18 or over, go on"


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    made = await SlackServer().start()
    yield made
    await made.stop()


@pytest.fixture
async def house(home: Path, server: SlackServer) -> AsyncIterator[SlackStage]:
    made = await SlackStage(home, server).open()
    yield made
    await made.close()


async def test_two_tokens_are_all_it_takes(house: SlackStage, server: SlackServer) -> None:
    server.says(ANN, "hello")
    texts = await server.heard(ANN, 3)
    assert any("A note on Slack" in text for text in texts)
    assert AGREE in server.to(ANN)[-1].buttons
    assert house.told == ["Listening on slack"]


async def test_a_button_is_pressed_answered_and_marked(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    assert house.sql("SELECT may_use FROM client") == [1]
    async with asyncio.timeout(5):
        while not (marked := [one for one in server.to(ANN) if f"\u2713 {AGREE}" in one.buttons]):
            await asyncio.sleep(0.01)
    assert len(marked) == 1
    assert "I'm under 18" in marked[0].buttons


async def test_a_message_is_acknowledged_in_time_while_the_answer_is_still_made(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    think = house.hold()
    before = len(server.to(ANN))
    envelope = server.says(ANN, "i feel tired")
    await server.drained()
    assert envelope.seconds < 3.0
    assert len(server.to(ANN)) == before
    think.set()
    await server.heard(ANN, before + 1)


async def test_what_was_not_acknowledged_is_delivered_again_and_answered_once(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    before = len(server.to(ANN))
    server.patience = 0.1
    server.swallow = lambda envelope: envelope.tries < 3
    envelope = server.says(ANN, "i feel tired")
    await house.quiet()
    assert envelope.tries == 3
    assert len(server.to(ANN)) == before + 1
    said = house.sql("SELECT provider_id FROM inbox WHERE channel = 'slack'")
    assert len(said) == len(set(said)) == 3


async def test_two_events_about_one_message_are_one_message(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    message = server.message(ANN, "i feel tired")
    for _ in range(2):
        server.post(server.event(message))
    await house.quiet()
    assert len(house.sql("SELECT id FROM inbox")) == 3


async def test_what_could_not_be_stored_is_not_acknowledged_and_comes_again(
    house: SlackStage, server: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.agrees(ANN)
    server.patience = 0.1
    real, failed = house.belay.push.reception.take, []

    async def take(channel: object, message: object) -> object:
        if not failed:
            failed.append(True)
            raise RuntimeError("no room")
        return await real(channel, message)  # type: ignore[arg-type]

    monkeypatch.setattr(house.belay.push.reception, "take", take)
    before = len(server.to(ANN))
    envelope = server.says(ANN, "i feel tired")
    await house.quiet()
    assert envelope.tries == 2
    assert len(await server.heard(ANN, before + 1)) == before + 1


async def test_a_refresh_of_the_connection_loses_nothing(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    before = len(server.to(ANN))
    await server.refresh()
    server.says(ANN, "i feel tired")
    await server.connected(2)
    await server.heard(ANN, before + 1)


async def test_a_connection_that_breaks_is_opened_again(
    house: SlackStage, server: SlackServer
) -> None:
    await server.connected()
    await server.cut()
    server.says(ANN, "hello")
    assert await server.heard(ANN, 2)
    assert server.connections >= 2


async def test_a_used_up_address_is_replaced_by_a_new_one(
    house: SlackStage, server: SlackServer
) -> None:
    """The library tries one address for ever; it works only once."""
    await server.connected()
    server.accept = False
    await server.cut()
    await asyncio.sleep(0.5)
    server.accept = True
    server.says(ANN, "hello")
    assert await server.heard(ANN, 2, seconds=15)


async def test_slack_being_away_at_the_start_is_waited_out(home: Path, server: SlackServer) -> None:
    server.fail("auth.test", AWAY, AWAY)
    stage = await SlackStage(home, server).open()
    server.says(ANN, "hello")
    assert await server.heard(ANN, 2)
    assert stage.told == ["Listening on slack"]
    await stage.close()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"slack_bot_token": "xoxb-wrong"}, "BELAY_SLACK_BOT_TOKEN"),
        ({"slack_app_token": "xapp-wrong"}, "BELAY_SLACK_APP_TOKEN"),
        ({"slack_bot_token": "xapp-1-swapped"}, "xoxb-"),
        ({"slack_app_token": "xoxb-swapped"}, "xapp-"),
        ({"slack_app_token": None}, "BELAY_SLACK_SIGNING_SECRET"),
        ({"slack_bot_token": None}, "BELAY_SLACK_BOT_TOKEN"),
    ],
)
async def test_a_wrong_token_is_one_clear_sentence_and_belay_runs_on(
    home: Path, server: SlackServer, settings: dict[str, str | None], named: str
) -> None:
    stage = await SlackStage(home, server, **settings).open()
    (told,) = stage.told
    assert named in told
    assert "runs on without Slack" in told
    assert all(value is None or value not in told for value in settings.values())
    assert (await stage.person("cat").says("hello")).lines
    await stage.close()


async def test_an_app_with_too_few_permissions_is_told_which(
    home: Path, server: SlackServer
) -> None:
    server.scopes = "chat:write,im:history"
    stage = await SlackStage(home, server).open()
    assert "im:write" in stage.told[0]
    await stage.close()


async def test_retry_after_is_obeyed(house: SlackStage, server: SlackServer) -> None:
    await house.agrees(ANN)
    before, tried = len(server.to(ANN)), server.count("chat.postMessage")
    server.fail("chat.postMessage", too_many(1))
    begun = asyncio.get_running_loop().time()
    server.says(ANN, "i feel tired")
    await server.heard(ANN, before + 1)
    assert asyncio.get_running_loop().time() - begun >= 1.0
    assert server.count("chat.postMessage") == tried + 2


async def test_slack_being_away_for_a_moment_loses_nothing(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    before = len(server.to(ANN))
    server.fail("chat.postMessage", AWAY, AWAY)
    server.says(ANN, "i feel tired")
    await house.quiet()
    assert len(server.to(ANN)) == before + 1


async def test_an_account_that_is_gone_is_recorded_and_nothing_waits(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    server.gone.add(ANN)
    server.says(ANN, "i feel tired")
    await house.quiet()
    assert house.sql("SELECT reason FROM unreachable") == [GONE.error]
    assert house.belay.links.reminder_talk(house.sql("SELECT id FROM client")[0]) is None
    server.gone.clear()
    server.says(ANN, "i feel sad")
    await house.quiet()
    assert house.belay.links.reminder_talk(house.sql("SELECT id FROM client")[0]) is not None


async def test_a_restart_answers_what_came_meanwhile(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    before = len(server.to(ANN))
    await house.close()
    server.says(ANN, "i feel tired")
    await house.open()
    await server.heard(ANN, before + 1)


async def test_after_a_restart_a_reply_finds_its_person_without_being_written_to(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    think = house.hold()
    server.says(ANN, "i feel tired")
    await house.until_rasa_thinks()
    before = len(server.to(ANN))
    await house.close()
    think.set()
    await house.open()
    await server.heard(ANN, before + 1)
    assert server.count("conversations.open") == 1


async def test_nobody_elses_words_or_tokens_are_logged(
    house: SlackStage, server: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    await house.agrees(ANN)
    server.fail("chat.postMessage", AWAY)
    server.says(ANN, "my quokkaquilt is torn")
    server.post({"type": "unheard_of", "text": "quokkaquilt"})
    server.post(server.event({"type": "message", "channel_type": "im", "text": "quokkaquilt"}))
    await house.quiet()
    assert "quokkaquilt" not in caplog.text
    assert "xoxb-" not in caplog.text
