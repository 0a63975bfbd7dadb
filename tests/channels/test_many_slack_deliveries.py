"""Hundreds of Slack messages through a bad network, with a restart in the middle. Seeded.

5 % of the acknowledgements are lost, so that Slack delivers again; 3 % of the calls to Slack
fail, before or after they took effect; the connection is refreshed, and half way the house is
shut down with turns in flight and started again.
"""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import Any

import pytest

from belay.gateway.rate import Rate
from tests.channels.fakes.slack_server import AWAY, Envelope, Refusal, SlackServer
from tests.channels.slack_stage import SlackStage
from tests.channels.test_many_deliveries import in_order

SEED = 20261123
PEOPLE = [f"U{number:04d}" for number in range(10)]
WAVE = 50


class BadNetwork:
    """What goes wrong; `repeated` counts replies that went out though the call failed."""

    def __init__(self, server: SlackServer) -> None:
        self._chance = random.Random(SEED)
        self.repeated = self.failed = self.lost = 0
        server.patience = 0.3
        server.swallow = self.swallows
        server.fault = self.fails

    def swallows(self, _: Envelope) -> bool:
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
    network = BadNetwork(server)
    unlimited(stage)
    for first in range(0, messages, WAVE):
        for number in range(first, first + WAVE):
            user = chance.choice(PEOPLE)
            said[user].append(f"i feel number {number}")
            server.says(user, said[user][-1])
        if first == messages // 2 // WAVE * WAVE:
            await asyncio.sleep(0.1)
            await stage.close()
            await stage.open()
            unlimited(stage)
        elif first % (WAVE * 4) == WAVE:
            await server.refresh()
        await stage.quiet(120)

    repeats = 0
    for user in PEOPLE:
        heard = told(stage, user, "client")
        assert sorted(heard) == sorted(said[user])
        repeats += in_order(server.texts(user)[skipped[user] :], told(stage, user, "bot"))
    assert repeats <= network.repeated + len(PEOPLE)
    assert network.lost > messages * 0.02
    assert network.failed > 0
    assert stage.sql("SELECT count(*) FROM outbox WHERE status = 'failed'") == [0]
    print(
        f"{messages} messages, {network.lost} acknowledgements lost, {network.failed} calls "
        f"failed, {network.repeated} of them after they took effect; {repeats} replies repeated"
    )


def told(stage: SlackStage, user: str, author: str) -> list[str]:
    return stage.sql(
        "SELECT text FROM message WHERE conversation_id = ? AND author = ? ORDER BY id",
        stage.talk(user),
        author,
    )


def unlimited(stage: SlackStage) -> None:
    """These people write faster than anybody does."""
    stage.belay.push.reception._rate = Rate("many", 1_000_000)


async def test_300_messages_through_a_bad_network_are_each_answered_once(home: Path) -> None:
    await run(home, 300)


@pytest.mark.long
async def test_10000_messages_through_a_bad_network_are_each_answered_once(home: Path) -> None:
    await run(home, 10_000)
