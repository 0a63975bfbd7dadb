"""Each accepted message is worked once, whatever is sent twice and whatever breaks when."""

from __future__ import annotations

import asyncio

import pytest

from tests.gateway.stage import Stage


def said(stage: Stage) -> list[str]:
    """What clients said, as the transcript has it."""
    return stage.sql("SELECT text FROM message WHERE author = 'client' ORDER BY id")


async def test_a_message_that_is_sent_twice_is_answered_once(stage: Stage) -> None:
    first = await stage.receive("ann", "i feel tired", id="one")
    await stage.settled("ann")
    second = await stage.receive("ann", "i feel tired", id="one")
    await stage.settled("ann")
    assert (first.duplicate, second.duplicate) == (False, True)
    assert first.inbox_id == second.inbox_id
    assert said(stage) == ["i feel tired"]
    assert stage.posted("ann") == ["feeling.open"]


async def test_many_copies_at_the_same_moment_are_one_message(stage: Stage) -> None:
    taken = await asyncio.gather(
        *(stage.receive("ann", "i feel tired", id="one") for _ in range(8))
    )
    await stage.settled("ann")
    assert sum(not one.duplicate for one in taken) == 1
    assert said(stage) == ["i feel tired"]


async def test_a_copy_that_comes_while_the_first_is_worked_changes_nothing(stage: Stage) -> None:
    gate = stage.hold()
    await stage.receive("ann", "i feel tired", id="one")
    await stage.until_rasa_thinks()
    assert (await stage.receive("ann", "i feel tired", id="one")).duplicate
    gate.set()
    await stage.settled("ann")
    assert said(stage) == ["i feel tired"]


async def test_the_same_id_from_two_channels_is_two_messages(stage: Stage) -> None:
    await stage.receive("ann", "i feel tired", id="one")
    other = stage.message("ann", "i feel sad", id="one")
    await stage.belay.gateway.receive(type(other)(**{**vars(other), "channel": "probe"}))
    assert len(stage.sql("SELECT id FROM inbox")) == 2


async def test_asking_with_an_id_that_was_used_is_refused(stage: Stage) -> None:
    message = stage.message("ann", "hello", id="one", onboarded=True)
    await stage.belay.gateway.ask(message)
    with pytest.raises(Exception, match="sent before"):
        await stage.belay.gateway.ask(message)


async def test_a_crash_while_rasa_thinks_loses_nothing(stage: Stage) -> None:
    stage.hold()
    await stage.receive("ann", "i feel tired", id="one")
    await stage.until_rasa_thinks()
    stage.rasa.hold = None
    await stage.restart()
    await stage.settled("ann")
    assert said(stage) == ["i feel tired"]
    assert stage.posted("ann") == ["feeling.open"]


async def test_a_crash_before_rasa_was_asked_loses_nothing(stage: Stage) -> None:
    await stage.belay.gateway.stop()
    await stage.receive("ann", "i feel tired", id="one")
    await stage.restart()
    await stage.settled("ann")
    assert said(stage) == ["i feel tired"]


async def test_a_crash_after_the_commit_repeats_no_effect(stage: Stage) -> None:
    await stage.receive("ann", "start boundary_builder", id="one")
    await stage.settled("ann")
    await stage.restart()
    assert (await stage.receive("ann", "start boundary_builder", id="one")).duplicate
    await stage.settled("ann")
    assert len(stage.sql("SELECT id FROM run")) == 1
    assert len(said(stage)) == 1


async def test_a_reply_that_was_not_delivered_before_a_crash_is_there_after_it(
    stage: Stage,
) -> None:
    await stage.receive("ann", "i feel tired")
    await stage.settled("ann")
    await stage.restart()
    assert stage.posted("ann") == ["feeling.open"]


async def test_a_message_redelivered_after_a_crash_before_its_commit_is_worked_once(
    stage: Stage,
) -> None:
    stage.hold()
    await stage.receive("ann", "start boundary_builder", id="one")
    await stage.until_rasa_thinks()
    stage.rasa.hold = None
    await stage.restart()
    await stage.receive("ann", "start boundary_builder", id="one")
    await stage.settled("ann")
    assert len(stage.sql("SELECT id FROM run")) == 1
    assert stage.posted("ann") == ["exercise.start", "exercise.who"]


async def test_a_crash_message_is_recorded_once_although_it_comes_twice(stage: Stage) -> None:
    for _ in range(2):
        await stage.receive("ann", "I want to kill myself", id="one")
        await stage.settled("ann")
    assert len(stage.sql("SELECT id FROM safety_event")) == 1


async def test_messages_of_one_conversation_are_answered_in_the_order_they_came(
    stage: Stage,
) -> None:
    gate = stage.hold()
    texts = [f"i feel number {number}" for number in range(6)]
    for text in texts:
        await stage.receive("ann", text)
    await stage.until_rasa_thinks()
    assert len(stage.rasa.turns) == 1
    gate.set()
    await stage.settled("ann")
    assert said(stage) == texts


async def test_one_conversation_does_not_wait_for_another(stage: Stage) -> None:
    gate = stage.hold()
    await stage.receive("ann", "i feel tired")
    await stage.until_rasa_thinks()
    stage.rasa.hold = None
    await stage.person("bea").says("i feel well")
    assert said(stage) == ["i feel well"]
    gate.set()
    await stage.settled("ann")


async def test_a_message_that_comes_just_as_the_worker_goes_to_rest_is_answered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker looked and found nothing; before it rests, a message is stored."""
    real, slipped = stage.belay.inbox.next_for, asyncio.Event()
    loop = asyncio.get_running_loop()

    def looks_too_early(conversation_id: str):  # type: ignore[no-untyped-def]
        found = real(conversation_id)
        if found is None and not slipped.is_set():
            loop.call_soon_threadsafe(slipped.set)
            late = asyncio.run_coroutine_threadsafe(stage.receive("ann", "i feel late"), loop)
            late.result(5)
        return found

    monkeypatch.setattr(stage.belay.inbox, "next_for", looks_too_early)
    await stage.receive("ann", "i feel tired")
    async with asyncio.timeout(5):
        while len(said(stage)) < 2:
            await asyncio.sleep(0.01)
            await stage.settled("ann")
    assert said(stage) == ["i feel tired", "i feel late"]


async def test_what_is_said_while_belay_stops_is_answered_after_the_start(stage: Stage) -> None:
    await stage.belay.gateway.stop()
    taken = await stage.receive("ann", "i feel tired")
    assert not taken.duplicate
    assert said(stage) == []
    await stage.restart()
    await stage.settled("ann")
    assert said(stage) == ["i feel tired"]
