"""What is no text in Slack: the picture of progress, and a client's own data."""

from __future__ import annotations

import asyncio
from io import BytesIO

import pytest
from PIL import Image

from belay.domain.reply import Card, Reply
from belay.gateway.channel import Delivery, Undeliverable
from tests.channels.fakes.slack_payloads import TEAM
from tests.channels.fakes.slack_server import SlackServer
from tests.channels.fakes.slack_web_api import AWAY, Sent, too_many
from tests.channels.slack.stage import SlackStage

ANN = "U0ANN"
POINTS = ({"label": "Say a limit", "before": 3, "after": 7},)
PROGRESS = Card("progress", "Your progress", "How sure you felt, from 0 to 10.", points=POINTS)
COMPLETE = "files.completeUploadExternal"


def to_ann(house: SlackStage, card: Card = PROGRESS) -> Delivery:
    reply = Reply("progress.show", "Here it is.", card=card)
    return Delivery(house.talk(ANN), f"{TEAM}/{ANN}", reply, key="one")


def pictures(server: SlackServer) -> list[Sent]:
    return [one for one in server.to(ANN) if one.kind == "picture"]


async def test_progress_comes_in_words_and_then_as_a_picture(
    house: SlackStage, server: SlackServer
) -> None:
    await house.channel.deliver(to_ann(house))
    assert [one.kind for one in server.to(ANN)] == ["text", "picture"]
    assert "Say a limit: 3 \u2192 7" in server.texts(ANN)[0]
    (sent,) = pictures(server)
    assert Image.open(BytesIO(sent.data)).format == "PNG"
    assert sent.options["title"] == "Your progress"


async def test_whoever_sees_no_pictures_is_told_what_it_shows(
    house: SlackStage, server: SlackServer
) -> None:
    await house.channel.deliver(to_ann(house))
    (asked,) = [given for name, given in server.calls if name == "files.getUploadURLExternal"]
    assert asked["alt_txt"] == PROGRESS.text


async def test_a_card_with_nothing_to_draw_is_words_alone(
    house: SlackStage, server: SlackServer
) -> None:
    await house.channel.deliver(to_ann(house, Card("progress", "Your progress", "Nothing yet.")))
    assert [one.kind for one in server.to(ANN)] == ["text"]


async def test_without_the_scope_the_words_stand_alone_and_nothing_is_tried_again(
    house: SlackStage, server: SlackServer
) -> None:
    server.scopes = server.scopes.replace("files:write,", "")
    await house.channel.deliver(to_ann(house))
    assert [one.kind for one in server.to(ANN)] == ["text"]


@pytest.mark.parametrize("refusal", [AWAY, too_many(3)])
async def test_another_try_sends_the_picture_and_not_the_words_again(
    house: SlackStage, server: SlackServer, refusal: object
) -> None:
    server.fail(COMPLETE, refusal)  # type: ignore[arg-type]
    with pytest.raises(Undeliverable) as raised:
        await house.channel.deliver(to_ann(house))
    assert not raised.value.final
    await house.channel.deliver(to_ann(house))
    assert [one.kind for one in server.to(ANN)] == ["text", "picture"]


async def test_data_whose_upload_failed_is_still_there_at_the_next_try(
    house: SlackStage, server: SlackServer
) -> None:
    await house.agrees(ANN)
    server.fail(COMPLETE, AWAY)
    server.commands(ANN, "export")
    await house.quiet()
    async with asyncio.timeout(5):
        while not (sent := [one for one in server.to(ANN) if one.kind == "file"]):
            await asyncio.sleep(0.01)
    assert '"conversations"' in sent[0].text
