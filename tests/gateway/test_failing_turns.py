"""A turn that fails leaves nothing, is tried again, and is given up in the open."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from belay.gateway.gateway import TRIES, Pace
from tests.fakes import FixedClock
from tests.gateway.stage import Stage
from tests.services.walking import walks_to


async def test_an_action_that_raises_once_is_tried_again(stage: Stage) -> None:
    stage.rasa.faults = 1
    ann = stage.person()
    await ann.says("start boundary_builder")
    assert ann.step == "who"
    assert len(stage.sql("SELECT id FROM run")) == 1


async def test_effects_of_a_failed_try_are_thrown_away(stage: Stage) -> None:
    stage.rasa.fails_at_the_end = 3
    ann = stage.person()
    await ann.says("start boundary_builder")
    assert len(stage.sql("SELECT id FROM run")) == 1
    kinds = stage.sql("SELECT kind FROM happening")
    assert kinds == ["exercise_start"]
    assert stage.sql("SELECT attempts FROM inbox") == [3]


async def test_nothing_is_written_while_a_turn_keeps_failing(stage: Stage) -> None:
    ann = await stage.person().says("hello")
    before = stage.rows_in_all()
    stage.rasa.fails_at_the_end = TRIES - 1
    gate = stage.hold()
    await stage.receive("ann", "start boundary_builder")
    await stage.until_rasa_thinks()
    assert stage.rows_in_all() == {**before, "inbox": before["inbox"] + 1}
    gate.set()
    await stage.settled("ann")
    assert ann.lines == ["greet.hello"]
    assert stage.posted("ann")[-2:] == ["exercise.start", "exercise.who"]


async def test_after_five_tries_the_client_is_told_and_the_next_message_is_answered(
    stage: Stage,
) -> None:
    stage.rasa.fails_at_the_end = TRIES
    ann = stage.person()
    await ann.says("start boundary_builder")
    assert ann.lines == ["gateway.failed"]
    assert stage.sql("SELECT id FROM run") == []
    await ann.says("hello")
    assert ann.lines == ["greet.hello"]


async def test_tries_are_counted_over_a_restart(stage: Stage) -> None:
    stage.rasa.fails_at_the_end = 100
    stage.sql("SELECT 1")
    gate = stage.hold()
    await stage.receive("ann", "hello")
    await stage.until_rasa_thinks()
    stage.sql("UPDATE inbox SET attempts = ?", TRIES - 1)
    await stage.restart()
    gate.set()
    await stage.settled("ann")
    assert stage.posted("ann") == ["gateway.failed"]


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(200, json={"nothing": "of use"}),
        httpx.Response(200, text="not json"),
        httpx.Response(400, json={"detail": "wrong shape"}),
        httpx.Response(500, json={"detail": "the rules go in circles"}),
    ],
    ids=["no understanding", "no json", "refused", "broken"],
)
async def test_a_message_that_rasa_can_never_answer_does_not_block_the_conversation(
    stage: Stage, response: httpx.Response
) -> None:
    stage.rasa.garbage = [response] * TRIES
    ann = stage.person()
    await ann.says("i feel tired")
    assert ann.lines == ["gateway.failed"]
    await ann.says("hello")
    assert ann.lines == ["greet.hello"]


async def test_a_use_case_that_raises_does_not_block_the_conversation(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr(stage.belay.use_cases.small_talk, "greet", broken)
        ann = await stage.person().says("hello")
        assert ann.lines == ["gateway.failed"]
    await ann.says("hello")
    assert ann.lines == ["greet.hello"]


async def test_a_planner_that_raises_does_not_block_the_conversation(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr(stage.belay.use_cases.steps, "expects", broken)
        ann = stage.person()
        await ann.says("hello")
        assert ann.lines == ["gateway.failed"]
    await ann.says("hello")
    assert ann.lines == ["greet.hello"]


async def test_rasa_that_is_away_costs_no_tries(stage: Stage) -> None:
    stage.rasa.down = True
    await stage.receive("ann", "hello")
    await asyncio.sleep(0.1)
    assert stage.sql("SELECT attempts, status FROM inbox") == [(0, "accepted")]
    stage.rasa.down = False
    await stage.settled("ann")
    assert stage.posted("ann") == ["greet.hello"]


async def test_before_rasa_was_started_messages_wait(stage: Stage) -> None:
    link = stage.belay.rasa
    client, link._client = link._client, None
    await stage.receive("ann", "hello")
    await asyncio.sleep(0.05)
    assert stage.posted("ann") == []
    link._client = client
    await stage.settled("ann")
    assert stage.posted("ann") == ["greet.hello"]


async def heard(stage: Stage, line: str) -> None:
    """Wait until the last line that waits for ann is this one."""
    async with asyncio.timeout(10):
        while stage.posted("ann")[-1:] != [line]:
            await asyncio.sleep(0.01)


class TestLate:
    """The line that says: kept, not answered yet, here is help now."""

    @pytest.fixture
    async def slow(self, home, clock: FixedClock):  # type: ignore[no-untyped-def]
        made = Stage(home, clock, pace=Pace(late=0.05, retry=0.001, retry_at_most=0.01))
        await made.open()
        yield made
        await made.close()

    async def test_it_is_said_once_and_the_answer_follows(self, slow: Stage) -> None:
        slow.rasa.down = True
        await slow.receive("ann", "hello")
        await heard(slow, "gateway.late")
        await asyncio.sleep(0.1)
        assert slow.posted("ann") == ["gateway.late"]
        slow.rasa.down = False
        await slow.settled("ann")
        assert slow.posted("ann") == ["gateway.late", "greet.hello"]

    async def test_it_is_said_once_although_belay_starts_again(self, slow: Stage) -> None:
        slow.rasa.down = True
        await slow.receive("ann", "hello")
        await heard(slow, "gateway.late")
        await slow.restart()
        await asyncio.sleep(0.15)
        assert slow.posted("ann") == ["gateway.late"]

    async def test_it_is_not_said_when_the_answer_was_in_time(self, slow: Stage) -> None:
        await slow.close()
        slow.pace = Pace(late=0.8)
        await slow.open()
        await slow.person().says("hello")
        await asyncio.sleep(0.9)
        assert slow.posted("ann") == ["greet.hello"]

    async def test_it_does_not_take_the_open_buttons_away(self, slow: Stage) -> None:
        ann = slow.person()
        await walks_to(ann, "boundary_builder", "gate.afraid")
        gate = slow.hold()
        await slow.receive("ann", "no")
        await heard(slow, "gateway.late")
        gate.set()
        await slow.settled("ann")
        assert slow.sql("SELECT position FROM run") == ["gate.hurt"]

    async def test_a_client_who_is_erased_meanwhile_is_left_alone(self, slow: Stage) -> None:
        ann = await slow.person().says("hello")
        slow.hold()
        await slow.receive("ann", "i feel tired")
        await slow.until_rasa_thinks()
        slow.belay.erasure.erase(ann.client_id, slow.clock())
        await asyncio.sleep(0.15)
        assert slow.rows_in_all() == {}
