"""Thousands of Slack messages through a bad network, with a restart in the middle. Seeded.

5 % of the acknowledgements are lost, so that Slack delivers again; 2 % of the messages are
overtaken by later ones of the same person; 3 % of the calls to Slack fail, before or after they
took effect; the connection is refreshed, and half way the house is shut down with turns in flight
and started again. What a lost connection swallowed comes seconds later and is taken then; all
else keeps the order in which each person wrote.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from belay.channels.slack_door import SocketPace
from tests.channels.bad_network import in_order, unlimited
from tests.channels.fakes.slack_server import Envelope, SlackServer
from tests.channels.fakes.slack_web_api import AWAY, Refusal
from tests.channels.slack.stage import SWIFT, SlackStage

SEED = 20261123
PEOPLE = [f"U{number:04d}" for number in range(10)]
WAVE = 50
# Longer than it takes to store what overtakes, shorter than an earlier message is waited for.
LAG = 0.15
ORDERLY = replace(SWIFT, settle=SocketPace().settle)


class BadNetwork:
    """What goes wrong; `repeated` counts replies that went out though the call failed."""

    def __init__(self, server: SlackServer) -> None:
        self._chance = random.Random(SEED)
        self._lag = random.Random(SEED + 2)  # of its own: drawn in the order of writing
        self.repeated = self.failed = self.lost = self.lagged = 0
        self.stored_at: dict[int, int] = {}
        server.swallow = self.swallows
        server.lag = self.lags
        server.fault = self.fails

    def lags(self, _: Envelope) -> float:
        """How long a delivery is overtaken by others."""
        late = self._lag.random() < 0.02
        self.lagged += late
        return LAG if late else 0.0

    def swallows(self, envelope: Envelope) -> bool:
        self.stored_at.setdefault(id(envelope), envelope.tries)
        lost = self._chance.random() < 0.05
        self.lost += lost
        return lost

    def fails(self, method: str, _: dict[str, Any]) -> Refusal | None:
        if self._chance.random() >= 0.03:
            return None
        self.failed += 1
        if method != "chat.postMessage" or self._chance.random() < 0.5:
            return AWAY
        self.repeated += 1
        return Refusal("timeout", 504, after=True)


async def run(home: Path, messages: int) -> None:
    server = await SlackServer().start()
    stage = await SlackStage(home, server).open()
    try:
        await play(server, stage, messages)
    finally:
        await stage.close()
        await server.stop()


async def play(server: SlackServer, stage: SlackStage, messages: int) -> None:
    chance = random.Random(SEED + 1)
    for user in PEOPLE:
        server.says(user, "hello")
    await stage.quiet(60)
    stage.sql("UPDATE client SET adult = 1, may_use = 1, may_save = 1")
    skipped = {user: len(server.to(user)) for user in PEOPLE}
    said: dict[str, list[str]] = {user: [] for user in PEOPLE}
    posted: dict[str, Envelope] = {}
    network = BadNetwork(server)
    opened(stage)
    for first in range(0, messages, WAVE):
        for number in range(first, first + WAVE):
            user = chance.choice(PEOPLE)
            said[user].append(f"i feel number {number}")
            posted[said[user][-1]] = server.says(user, said[user][-1])
        if first == messages // 2 // WAVE * WAVE:
            await asyncio.sleep(0.1)
            await stage.close()
            await stage.open()
            opened(stage)
        elif first % (WAVE * 4) == WAVE:
            await server.refresh()
        await stage.quiet(120)

    # Their first delivery was lost whole, with a connection that ended.
    lost = {text for text, one in posted.items() if network.stored_at[id(one)] > 1}
    repeats = overtaken = 0
    for user in PEOPLE:
        heard = told(stage, user, "client")
        assert sorted(heard) == sorted(said[user])
        assert without(lost, heard) == without(lost, said[user])
        delivered = [text_of(one) for one in server.delivered if is_by(one, user)]
        overtaken += inversions(without(lost, delivered))
        repeats += in_order(server.texts(user)[skipped[user] :], told(stage, user, "bot"))
    assert repeats <= network.repeated + len(PEOPLE)
    assert network.lost > messages * 0.02
    assert network.lagged > messages * 0.01
    assert overtaken > 0
    assert len(lost) <= WAVE + messages * 0.05  # the wave of the restart, and the refreshes
    assert network.failed > 0
    assert stage.sql("SELECT count(*) FROM outbox WHERE status = 'failed'") == [0]
    print(
        f"{messages} messages, {network.lost} acknowledgements lost, {network.lagged} held up, "
        f"{overtaken} overtaken by the same person's next, {len(lost)} delivered again after a "
        f"lost connection, {network.failed} calls failed, {network.repeated} of them after they "
        f"took effect; {repeats} replies repeated"
    )


def told(stage: SlackStage, user: str, author: str) -> list[str]:
    return stage.sql(
        "SELECT text FROM message WHERE conversation_id = ? AND author = ? ORDER BY id",
        stage.talk(user),
        author,
    )


def opened(stage: SlackStage) -> None:
    unlimited(stage)
    stage.channel.pace = ORDERLY


def without(lost: set[str], texts: list[str]) -> list[str]:
    return [text for text in texts if text not in lost]


def text_of(envelope: Envelope) -> str:
    return str(envelope.payload["event"]["text"])


def is_by(envelope: Envelope, user: str) -> bool:
    event = envelope.payload.get("event", {})
    return event.get("user") == user and event["text"].startswith("i feel number")


def inversions(texts: list[str]) -> int:
    """How many of one person's numbered texts stand right before an earlier one."""
    numbers = [int(text.rsplit(" ", 1)[1]) for text in texts]
    return sum(later < earlier for earlier, later in pairwise(numbers))


async def test_600_messages_through_a_bad_network_are_each_answered_once_and_in_order(
    home: Path,
) -> None:
    await run(home, 600)


@pytest.mark.long
async def test_10000_messages_through_a_bad_network_are_each_answered_once_and_in_order(
    home: Path,
) -> None:
    await run(home, 10_000)
