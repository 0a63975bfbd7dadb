"""What people do in Slack beside plain messages: files, threads, edits, mentions, commands."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.channels.fakes.slack_payloads import BOT
from tests.channels.fakes.slack_server import SlackServer
from tests.channels.slack.stage import SlackStage

ANN, BEA, TEAM_CHANNEL = "U0ANN", "U0BEA", "C0LAN2Q65"


def file(media: str) -> dict[str, object]:
    return {"id": "F0S43P1CZ", "name": "thing", "mimetype": media, "mode": "hosted"}


@pytest.mark.parametrize(
    ("media", "words"),
    [
        ("image/png", "picture"),
        ("video/mp4", "picture"),
        ("audio/webm", "recording"),
        ("application/pdf", "files"),
        ("", "files"),
    ],
)
async def test_a_file_is_answered_kindly(
    house: SlackStage, server: SlackServer, media: str, words: str
) -> None:
    server.says(ANN, "", subtype="file_share", files=[file(media)])
    (text,) = await server.heard(ANN, 1)
    assert words in text
    assert house.sql("SELECT id FROM inbox") == []


async def test_words_with_a_file_are_read_like_any_text(
    house: SlackStage, server: SlackServer
) -> None:
    server.says(ANN, "I want to kill myself", subtype="file_share", files=[file("image/png")])
    await house.quiet()
    assert house.sql("SELECT tier FROM safety_event") == [3]


async def test_an_edit_is_answered_kindly_and_danger_in_it_is_met(
    house: SlackStage, server: SlackServer
) -> None:
    server.post(server.event(server.changed(ANN, "hello", "hello there")))
    (text,) = await server.heard(ANN, 1)
    assert "changed" in text
    server.post(server.event(server.changed(ANN, "hello", "I want to kill myself")))
    await house.quiet()
    assert house.sql("SELECT tier FROM safety_event") == [3]


async def test_a_change_that_only_adds_a_preview_is_no_edit(
    house: SlackStage, server: SlackServer
) -> None:
    event = server.changed(ANN, "https://example.org", "https://example.org")
    del event["message"]["edited"]
    server.post(server.event(event))
    deleted = {**server.message(ANN, ""), "subtype": "message_deleted", "hidden": True}
    server.post(server.event(deleted))
    await house.quiet()
    assert server.sent == []


async def test_a_message_in_a_thread_is_answered_in_the_chat_and_told_so_once(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    thread = server.to(ANN)[0].ts
    server.says(ANN, "i feel tired", thread_ts=thread)
    server.says(ANN, "i feel sad", thread_ts=thread)
    await house.quiet()
    in_thread = [one for one in server.to(ANN) if one.options.get("thread_ts") == thread]
    assert len(in_thread) == 1
    assert "thread" in in_thread[0].text
    assert len(house.sql("SELECT id FROM inbox")) == 4


async def test_bots_are_not_answered(house: SlackStage, server: SlackServer) -> None:
    server.says(ANN, "hello", bot_id="B0OTHER", subtype="bot_message")
    server.says(ANN, "hello", bot_id="B0OTHER")
    server.says(BOT, "hello")
    server.says("USLACKBOT", "hello")
    server.says(ANN, "joined", subtype="channel_join")
    await house.quiet()
    assert server.sent == []
    assert house.sql("SELECT id FROM inbox") == []


async def test_a_mention_in_a_channel_gets_an_answer_that_only_they_see(
    house: SlackStage, server: SlackServer
) -> None:
    server.post(server.event(server.mention(ANN, "i feel tired")))
    await house.quiet()
    async with asyncio.timeout(5):
        while not server.whispers(ANN):
            await asyncio.sleep(0.01)
    (whisper,) = server.whispers(ANN)
    assert whisper.channel == TEAM_CHANNEL
    assert "private" in whisper.text
    assert [one for one in server.sent if one.kind != "ephemeral"] == []
    assert house.sql("SELECT id FROM inbox") == []


async def test_danger_in_a_mention_is_met_in_private(
    house: SlackStage, server: SlackServer
) -> None:
    server.post(server.event(server.mention(ANN, "I want to kill myself")))
    await house.quiet()
    assert house.sql("SELECT tier FROM safety_event") == [3]
    assert "emergency" in "\n".join(server.texts(ANN)).lower()
    seen = [one for one in server.sent if one.channel == TEAM_CHANNEL]
    assert all(one.kind == "ephemeral" for one in seen)


@pytest.mark.parametrize("kind", ["channel", "group", "mpim"])
async def test_what_is_said_where_others_read_is_neither_answered_nor_kept(
    house: SlackStage, server: SlackServer, kind: str
) -> None:
    message = server.message(ANN, "i feel tired")
    server.post(server.event({**message, "channel": TEAM_CHANNEL, "channel_type": kind}))
    await house.quiet()
    assert server.sent == []
    assert house.sql("SELECT id FROM inbox") == []


async def test_another_workspace_is_not_listened_to(house: SlackStage, server: SlackServer) -> None:
    server.post(server.event(server.message(ANN, "hello"), team="T0OTHER"))
    await house.quiet()
    assert server.sent == []
    assert house.sql("SELECT id FROM inbox") == []


async def test_help_is_a_command_without_consent(house: SlackStage, server: SlackServer) -> None:
    server.commands(ANN, "help")
    await house.quiet()
    assert "emergency" in (await server.heard(ANN, 1))[0].lower()


async def test_a_command_in_a_channel_is_answered_in_private(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    envelope = server.commands(ANN, "privacy", TEAM_CHANNEL)
    await house.quiet()
    assert "private chat" in envelope.answer["text"]
    assert [one for one in server.sent if one.channel == TEAM_CHANNEL] == []
    assert not server.commands(ANN, "privacy").answer


async def test_export_is_a_link_that_is_never_previewed_where_there_is_one(
    home: Path, server: SlackServer
) -> None:
    """A preview would fetch the link to somebody's data, which works once."""
    house = await SlackStage(home, server, public_url="https://belay.example").open()
    await house.agrees(ANN)
    server.commands(ANN, "export")
    await house.quiet()
    assert any("https://belay.example/chat/export/" in text for text in server.texts(ANN))
    for one in server.to(ANN):
        assert one.options["unfurl_links"] is False
        assert one.options["unfurl_media"] is False
    await house.close()


async def test_a_link_code_can_be_typed_after_the_command(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    server.commands(ANN, "link")
    await house.quiet()
    codes = [text for text in server.texts(ANN) if "Your code is " in text]
    server.commands(BEA, f"link {codes[-1].split('Your code is ')[1][:9]}")
    await house.quiet()
    server.presses(BEA, "Yes, both are mine")
    await house.quiet()
    assert len(house.sql("SELECT id FROM client")) == 1


async def test_nothing_a_client_writes_becomes_a_mention_or_a_link(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    server.says(ANN, "tell &lt;!channel&gt; and <@U0BEA> &amp; <https://x.example|him>")
    await house.quiet()
    for one in server.to(ANN):
        assert "<!" not in one.options["text"]
        assert "<@" not in one.options["text"]
        for block in one.options["blocks"]:
            if block["type"] == "section" and block["text"]["type"] == "mrkdwn":
                assert "<" not in block["text"]["text"]
