"""Reminders leave once, on time, or not at all: with a clock that is set, and restarts."""

from __future__ import annotations

from pathlib import Path

from tests.fakes import FixedClock
from tests.gateway.stage import Person, Stage
from tests.services.walking import finishes

BOUNDARY = "boundary_builder"


async def is_reminded_tomorrow(stage: Stage, name: str = "ann") -> Person:
    """Somebody with a plan and a note at 7 pm tomorrow in London, on this conversation."""
    ann = stage.person(name)
    await finishes(ann, BOUNDARY)
    await ann.presses("consent.review_off")
    await ann.says("tomorrow at 19:00", "London", "skip")
    stage.sql("INSERT INTO reminder_channel VALUES (?, ?)", ann.client_id, ann.talk)
    stage.delivered(name)
    return ann


def looks(stage: Stage) -> dict[str, int]:
    """One round of the job, now."""
    return dict(stage.belay.reminders.look(stage.clock()))


async def test_a_reminder_is_sent_when_it_is_due_and_not_before(stage: Stage) -> None:
    ann = await is_reminded_tomorrow(stage)
    stage.clock.advance(hours=30.9)
    assert looks(stage)["reminded"] == 0
    stage.clock.advance(hours=0.2)
    assert looks(stage)["reminded"] == 1
    assert stage.posted("ann") == ["remind.nudge"]
    assert looks(stage)["reminded"] == 0
    assert stage.posted("ann") == ["remind.nudge"]
    assert ann.name == "ann"


async def test_after_a_day_of_everything_being_down_a_late_reminder_expires(
    home: Path, clock: FixedClock
) -> None:
    first = await Stage(home, clock).open()
    await is_reminded_tomorrow(first)
    await first.close()
    clock.advance(hours=31 + 24)  # due in hour 31; a day late
    again = await Stage(home, clock).open()
    try:
        assert looks(again) == {"reminded": 0, "expired": 1, "dropped": 0}
        assert again.posted("ann") == []
        ann = await again.person().says("hello")
        assert "remind.missed" in ann.lines
        assert ann.lines[-1] == "practice.ask_first"
        await ann.says("hello")
        assert "remind.missed" not in ann.lines
    finally:
        await again.close()


async def test_after_some_hours_of_being_down_a_reminder_is_sent_once(
    home: Path, clock: FixedClock
) -> None:
    first = await Stage(home, clock).open()
    await is_reminded_tomorrow(first)
    await first.close()
    clock.advance(hours=31 + 1)
    for _ in range(2):
        again = await Stage(home, clock).open()
        looks(again)
        assert again.posted("ann") == ["remind.nudge"]
        await again.close()


async def test_two_rounds_at_the_same_moment_send_one(stage: Stage) -> None:
    await is_reminded_tomorrow(stage)
    stage.clock.advance(hours=31.1)
    now = stage.clock()
    stored = stage.belay.reminders._stored
    (due,) = stored.due(now)
    make = lambda seed: stage.belay.content.words.reply("remind.nudge", seed)  # noqa: E731
    assert [stored.send(due, make, now, now) for _ in range(2)] == [True, False]
    assert stage.posted("ann") == ["remind.nudge"]


async def test_a_late_reminder_waits_for_the_end_of_the_quiet_hours(stage: Stage) -> None:
    await is_reminded_tomorrow(stage)
    stage.clock.advance(hours=31 + 3)  # 10 pm in London
    assert looks(stage) == {"reminded": 0, "expired": 0, "dropped": 0}
    stage.clock.advance(hours=10)  # 8 am, more than twelve hours late
    assert looks(stage)["expired"] == 1


async def test_nobody_is_reminded_within_a_day_of_a_safety_event(stage: Stage) -> None:
    ann = await is_reminded_tomorrow(stage)
    stage.clock.advance(hours=20)
    await ann.says("I want to kill myself")
    await ann.presses("safety.choose:not_it")
    stage.delivered("ann")
    stage.clock.advance(hours=11.1)
    assert looks(stage) == {"reminded": 0, "expired": 0, "dropped": 1}


async def test_nobody_is_reminded_about_a_person_marked_red(stage: Stage) -> None:
    await is_reminded_tomorrow(stage)
    stage.sql("UPDATE counterpart SET risk = 'red'")
    stage.clock.advance(hours=31.1)
    assert looks(stage)["dropped"] == 1


async def test_a_blocked_channel_gets_nothing(stage: Stage) -> None:
    ann = await is_reminded_tomorrow(stage)
    stage.sql("INSERT INTO unreachable VALUES (?, 'blocked', '2026-03-02')", ann.talk)
    stage.clock.advance(hours=31.1)
    assert looks(stage)["reminded"] == 0
    assert stage.posted("ann") == []


async def test_in_the_middle_of_a_talk_a_reminder_waits(stage: Stage) -> None:
    ann = await is_reminded_tomorrow(stage)
    stage.clock.advance(hours=31)
    await ann.says("i feel tired")
    assert looks(stage)["reminded"] == 0
    stage.clock.advance(minutes=11)
    assert looks(stage)["reminded"] == 1


async def test_a_bare_stop_after_a_reminder_ends_them(stage: Stage) -> None:
    ann = await is_reminded_tomorrow(stage)
    stage.clock.advance(hours=31.1)
    looks(stage)
    await ann.says("Stop")
    assert ann.lines == ["remind.stopped"]
    assert stage.sql("SELECT status FROM reminder ORDER BY due_at") == ["sent", "dropped"]


async def test_two_days_later_the_question_comes_and_a_typed_yes_answers_it(stage: Stage) -> None:
    ann = await is_reminded_tomorrow(stage)
    stage.clock.advance(hours=31.1)
    looks(stage)
    stage.delivered("ann")
    stage.clock.advance(hours=48)
    looks(stage)
    assert stage.posted("ann") == ["remind.check"]
    await ann.says("yes")
    assert ann.lines[-1] == "practice.tried_yes"


async def test_what_was_reported_meanwhile_is_not_asked_about(stage: Stage) -> None:
    ann = await is_reminded_tomorrow(stage)
    stage.clock.advance(hours=31.1)
    looks(stage)
    await ann.says("hello")
    await ann.presses(next(one.press for one in ann.buttons if "rather_not" in one.press))
    stage.clock.advance(hours=48)
    looks(stage)
    assert stage.posted("ann").count("remind.check") == 0
