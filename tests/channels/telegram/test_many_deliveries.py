"""Thousands of messages through a bad network, with a restart in the middle. Seeded.

5 % of the updates come twice, 2 % out of order, 1 % of all calls to the provider fail, before
or after they took effect; half way the house is shut down with turns in flight and started again.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.channels.bad_network import in_order, unlimited
from tests.channels.fakes.telegram_bot_api import Refusal, too_many
from tests.channels.fakes.telegram_server import TelegramServer
from tests.channels.telegram.stage import TelegramStage

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
SEED = 20261123
PEOPLE = 20
WAVE = 100


class BadNetwork:
    """What goes wrong, drawn from one seed; `repeated` counts replies that went out but failed."""

    def __init__(self, server: TelegramServer) -> None:
        self._chance = random.Random(SEED)
        self._echoed: set[int] = set()
        self.repeated = 0
        self.failed = 0
        self.swapped = 0
        server.echo = self.comes_twice
        server.shuffle = self.out_of_order
        server.fault = self.fails

    @property
    def echoed(self) -> int:
        return len(self._echoed)

    def comes_twice(self, update: dict[str, Any]) -> bool:
        number = update["update_id"]
        if number in self._echoed or self._chance.random() >= 0.05:
            return False
        self._echoed.add(number)
        return True

    def out_of_order(self, batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
        mixed = list(batch)
        for place in range(len(mixed) - 1):
            if self._chance.random() < 0.02:
                mixed[place], mixed[place + 1] = mixed[place + 1], mixed[place]
                self.swapped += 1
        return mixed

    def fails(self, method: str, _: dict[str, Any]) -> Refusal | None:
        if self._chance.random() >= 0.01:
            return None
        self.failed += 1
        if method != "sendMessage":
            return Refusal(502, "Bad Gateway")
        kind = self._chance.random()
        if kind < 0.1:
            return too_many(1)
        if kind < 0.6:
            return Refusal(502, "Bad Gateway")
        self.repeated += 1
        return Refusal(504, "Gateway Timeout", after=True)


async def run(home: Path, messages: int) -> None:
    server = await TelegramServer().start()
    stage = await TelegramStage(home, server).open()
    try:
        await play(server, stage, messages)
    finally:
        await stage.close()
        await server.stop()


async def play(server: TelegramServer, stage: TelegramStage, messages: int) -> None:
    said: dict[int, list[str]] = defaultdict(list)
    chance = random.Random(SEED + 1)
    people = [9000 + number for number in range(PEOPLE)]
    for chat in people:
        server.says(chat, "hello")
    await stage.quiet(60)
    stage.sql("UPDATE client SET adult = 1, may_use = 1, may_save = 1")
    skipped = {chat: len(server.to(chat)) for chat in people}
    before = stage.sql("SELECT count(*) FROM inbox")[0]
    network = BadNetwork(server)
    unlimited(stage)
    restart_at = messages // 2 // WAVE * WAVE
    for first in range(0, messages, WAVE):
        for number in range(first, min(first + WAVE, messages)):
            chat = chance.choice(people)
            text = f"i feel number {number}"
            said[chat].append(text)
            server.says(chat, text)
        if first == restart_at:
            await asyncio.sleep(0.2)
            await stage.close()
            await stage.open()
            unlimited(stage)
        await stage.quiet(300)
    await stage.quiet(300)

    assert stage.sql("SELECT count(*) FROM inbox WHERE status = 'answered'")[0] == messages + before
    turns = stage.sql(
        "SELECT count(DISTINCT turn_id), count(*) FROM message WHERE author = 'client'"
    )
    assert turns[0][0] == turns[0][1] == messages
    repeats = 0
    for chat in people:
        talk = stage.talk(chat)
        heard = stage.sql(
            "SELECT text FROM message WHERE conversation_id = ? AND author = 'client' ORDER BY id",
            talk,
        )
        assert heard == said[chat]
        answers = stage.sql(
            "SELECT text FROM message WHERE conversation_id = ? AND author = 'bot' ORDER BY id",
            talk,
        )
        repeats += in_order(server.texts(chat)[skipped[chat] :], answers)
    # A reply is repeated only where the provider had it and did not say so, or at the restart.
    assert repeats <= network.repeated + PEOPLE
    print(
        f"{messages} messages, {network.echoed} twice, {network.swapped} out of order, "
        f"{network.failed} calls failed, {network.repeated} of them after they took effect; "
        f"{repeats} replies repeated"
    )
    assert network.echoed > messages * 0.03
    assert network.failed > 0
    assert network.swapped > 0
    assert stage.sql("SELECT count(*) FROM outbox WHERE status = 'failed'") == [0]


async def test_500_messages_through_a_bad_network_are_each_answered_once_and_in_order(
    home: Path,
) -> None:
    await run(home, 500)


@pytest.mark.long
async def test_10000_messages_through_a_bad_network_are_each_answered_once_and_in_order(
    home: Path,
) -> None:
    await run(home, 10_000)
