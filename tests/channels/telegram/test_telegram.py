"""Telegram end to end: the unmodified client library against a Bot API on this machine."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from belay.gateway.render import split
from tests.channels.fakes.telegram_bot_api import AWAY, private_chat, user
from tests.channels.fakes.telegram_server import TelegramServer
from tests.channels.telegram.stage import TelegramStage

# The library warns about the coming type of its own `retry_after` whenever it makes one.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
ANN, BEA = 5001, 5002


async def test_the_note_on_who_can_read_this_is_said_once(
    house: TelegramStage, server: TelegramServer
) -> None:
    server.says(ANN, "hello")
    await house.quiet()
    server.says(ANN, "hello")
    await house.quiet()
    assert sum("A note on Telegram" in text for text in server.texts(ANN)) == 1


async def test_somebody_elses_button_changes_nothing(
    house: TelegramStage, server: TelegramServer
) -> None:
    server.says(ANN, "hello")
    server.says(BEA, "hello")
    await house.quiet()
    ann = server.to(ANN)[-1]
    server.presses_data(BEA, ann.buttons["I'm 18 or over, go on"], server.to(BEA)[-1])
    await house.quiet()
    assert house.sql("SELECT may_use FROM client") == [None, None]
    assert "button" in server.texts(BEA)[-1] or "choice" in server.texts(BEA)[-1]


async def test_an_update_that_comes_twice_is_answered_once(
    house: TelegramStage, server: TelegramServer
) -> None:
    await house.agrees(ANN)
    before = len(server.to(ANN))
    update = server.says(ANN, "i feel tired")
    await house.quiet()
    server._pending[update["update_id"]] = update
    server.says(ANN, "i feel sad")
    await house.quiet()
    assert len(house.sql("SELECT id FROM inbox WHERE channel = 'telegram'")) == 4
    assert len(server.to(ANN)) == before + 2


async def test_a_long_answer_is_sent_in_parts_with_the_buttons_under_the_last(
    house: TelegramStage, server: TelegramServer
) -> None:
    words = "word " * 2000
    assert all(len(part) <= 4096 for part in split(words, 4096))
    assert "".join(split(words, 4096)).replace(" ", "") == words.replace(" ", "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"sticker": {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1,
                      "height": 1, "is_animated": False, "is_video": False}}, "sticker"),
        ({"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}}, "help now"),
        ({"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]}, "picture"),
        ({"location": {"latitude": 1.5, "longitude": 2.5}}, "place"),
        ({"document": {"file_id": "a", "file_unique_id": "b"}}, "files"),
    ],
)  # fmt: skip
async def test_what_is_no_text_is_answered_kindly(
    house: TelegramStage, server: TelegramServer, content: dict[str, object], words: str
) -> None:
    server.post(message=server.message(ANN, **content))
    (text,) = await server.heard(ANN, 1)
    assert words in text
    assert house.sql("SELECT id FROM inbox") == []


async def test_a_caption_is_read_like_any_text(
    house: TelegramStage, server: TelegramServer
) -> None:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    server.post(message=server.message(ANN, photo=photo, caption="I want to kill myself"))
    await house.quiet()
    assert house.sql("SELECT tier FROM safety_event") == [3]
    assert "116 123" in server.texts(ANN)[0] or "help" in server.texts(ANN)[0].lower()


async def test_a_changed_message_is_answered_kindly_and_danger_in_it_is_met(
    house: TelegramStage, server: TelegramServer
) -> None:
    server.post(edited_message={**server.message(ANN, text="hello there"), "edit_date": 1})
    (text,) = await server.heard(ANN, 1)
    assert "changed" in text
    server.post(
        edited_message={**server.message(ANN, text="I want to kill myself"), "edit_date": 1}
    )
    await house.quiet()
    assert house.sql("SELECT tier FROM safety_event") == [3]


async def test_help_is_there_without_consent(house: TelegramStage, server: TelegramServer) -> None:
    server.says(ANN, "/help")
    texts = await server.heard(ANN, 1)
    assert "emergency" in texts[0].lower()


async def test_the_file_is_sent_although_the_first_try_fails(
    house: TelegramStage, server: TelegramServer
) -> None:
    await house.agrees(ANN)
    server.fail("sendDocument", AWAY, AWAY)
    server.says(ANN, "/export")
    await house.quiet()
    assert [one.kind for one in server.to(ANN)].count("document") == 1


async def test_when_someone_is_looking_the_chat_is_cleared_and_small_talk_stays(
    house: TelegramStage, server: TelegramServer
) -> None:
    await house.agrees(ANN)
    said = server.says(ANN, "i feel tired")
    await house.quiet()
    before = {one.message_id for one in server.to(ANN)}
    word = server.says(ANN, "someone is looking")
    await house.quiet()
    async with asyncio.timeout(5):
        while not server.deleted:
            await asyncio.sleep(0.01)
    assert before <= server.deleted
    assert {said["message"]["message_id"], word["message"]["message_id"]} <= server.deleted
    assert len(await server.heard(ANN, 1)) == 1


async def test_links_are_never_previewed(house: TelegramStage, server: TelegramServer) -> None:
    """A preview would fetch the link to somebody's data, which works once."""
    await house.agrees(ANN)
    for one in server.to(ANN):
        if one.kind == "text":
            assert '"is_disabled": true' in one.options["link_preview_options"]


async def test_who_blocks_the_bot_is_not_written_to_and_comes_back_by_writing(
    house: TelegramStage, server: TelegramServer
) -> None:
    await house.agrees(ANN)
    server.blocks(ANN)
    await house.quiet()
    assert not house.is_written_to
    server.unblocks(ANN)
    server.says(ANN, "i feel tired")
    await house.quiet()
    assert house.is_written_to


async def test_a_block_found_while_sending_is_recorded_and_nothing_waits(
    house: TelegramStage, server: TelegramServer
) -> None:
    await house.agrees(ANN)
    server.blocked.add(ANN)
    server.says(ANN, "i feel tired")
    await house.quiet()
    assert house.sql("SELECT reason FROM unreachable") == ["blocked"]
    assert house.sql("SELECT payload FROM outbox WHERE status = 'failed'") == [None]
    assert [(one.channel, one.failed) for one in house.belay.push.troubles()] == [("telegram", 1)]


async def test_groups_are_left_with_a_word(house: TelegramStage, server: TelegramServer) -> None:
    server.adds_to_group(-4001, by=ANN)
    (text,) = await server.heard(-4001, 1)
    assert "private" in text
    async with asyncio.timeout(5):
        while not server.count("leaveChat"):
            await asyncio.sleep(0.01)


async def test_what_is_said_in_a_group_is_neither_answered_nor_kept(
    house: TelegramStage, server: TelegramServer
) -> None:
    group = {"id": -4001, "title": "Family", "type": "supergroup"}
    server.post(message={**server.message(ANN, text="i feel tired"), "chat": group})
    other = {**server.message(ANN, text="hello"), "from": user(BEA), "chat": private_chat(ANN)}
    server.post(message=other)
    await server.drained()
    assert house.sql("SELECT id FROM inbox") == []
    assert server.sent == []


async def test_a_wrong_token_is_one_clear_sentence_and_belay_runs_on(
    home: Path, server: TelegramServer
) -> None:
    stage = await TelegramStage(home, server, telegram_token="1:wrong").open()
    assert any("BELAY_TELEGRAM_TOKEN" in told for told in stage.told)
    assert (await stage.person("cat").says("hello")).lines
    await stage.close()


async def test_typing_is_shown_while_an_answer_is_made(
    house: TelegramStage, server: TelegramServer
) -> None:
    await house.agrees(ANN)
    assert server.count("sendChatAction") >= 1
