"""Slack end to end: the unmodified client libraries against a Slack on this machine."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.channels.fakes.slack_server import SlackServer
from tests.channels.fakes.slack_web_api import AWAY, GONE
from tests.channels.slack.stage import SWIFT, SlackStage

ANN, BEA = "U0ANN", "U0BEA"
AGREE = "I'm 18 or over, go on"


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


async def test_two_messages_that_arrive_the_wrong_way_round_are_answered_in_order(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    house.sql("UPDATE client SET may_save = 1")
    house.channel.pace = replace(SWIFT, settle=0.4)
    server.lag = lambda envelope: 0.1 if "first" in str(envelope.payload) else 0.0
    for text in ("i feel first", "i feel second"):
        server.says(ANN, text)
    await house.quiet()
    assert [one.payload["event"]["text"] for one in server.delivered[-2:]] == [
        "i feel second",
        "i feel first",
    ]
    said = house.sql("SELECT text FROM message WHERE author = 'client' ORDER BY id")
    assert said[-2:] == ["i feel first", "i feel second"]


async def test_danger_does_not_wait_for_an_earlier_message(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    house.channel.pace = replace(SWIFT, settle=5.0)
    before = len(server.to(ANN))
    server.says(ANN, "I want to kill myself")
    assert "emergency" in (await server.heard(ANN, before + 1, seconds=3))[-1].lower()


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


async def test_an_account_that_is_gone_is_recorded_and_nothing_waits(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    server.gone.add(ANN)
    server.says(ANN, "i feel tired")
    await house.quiet()
    assert house.sql("SELECT reason FROM unreachable") == [GONE.error]
    assert not house.is_written_to
    server.gone.clear()
    server.says(ANN, "i feel sad")
    await house.quiet()
    assert house.is_written_to


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
