"""A client's own quiet hours: named once, kept, and held by what is set, moved and sent."""

from __future__ import annotations

import pytest

from tests.gateway.stage import Person, Stage
from tests.services.walking import finishes, stands_at

BOUNDARY = "boundary_builder"


async def has_a_note(stage: Stage, when: str = "tomorrow at 9 am") -> Person:
    """Somebody in Berlin with a plan and a note about it."""
    ann = stage.person()
    await finishes(ann, BOUNDARY)
    await ann.presses("consent.review_off")
    await ann.says(when, "Berlin", "skip")
    return ann


def due(stage: Stage) -> list[str]:
    """When the notes that wait will come, in UTC."""
    query = "SELECT substr(due_at, 1, 16) FROM reminder WHERE status = 'scheduled' ORDER BY due_at"
    return stage.sql(query)


def hours(stage: Stage) -> list[tuple[int, int]]:
    """What is kept of a client's quiet hours."""
    return stage.sql("SELECT quiet_from, quiet_until FROM reminder_wish")


async def test_nobody_is_asked_for_quiet_hours_and_those_of_the_house_hold(stage: Stage) -> None:
    ann = stage.person()
    await finishes(ann, BOUNDARY)
    await ann.presses("consent.review_off")
    await ann.says("tomorrow at 9 am", "Berlin")
    assert ann.lines == ["remind.set", "practice.fear"]
    assert "Quiet: 9 pm to 8 am" in [one.title for one in ann.buttons]
    assert hours(stage) == [(None, None)]


async def test_the_button_under_a_note_changes_them(stage: Stage) -> None:
    ann = await has_a_note(stage)
    await ann.says("a reminder", "tomorrow at 11 pm")
    assert ann.lines == ["remind.quiet"]
    await ann.presses("remind.hours")
    assert ann.lines == ["remind.hours"]
    await ann.presses("remind.quiet:22-7")
    assert ann.lines == ["remind.hours_set", "remind.ask_when"]
    assert hours(stage) == [(22, 7)]
    await ann.says("tomorrow at 7:30 am")
    assert ann.lines[0] == "remind.set"


async def test_a_note_that_waits_is_moved_out_of_the_new_hours(stage: Stage) -> None:
    ann = await has_a_note(stage)
    assert due(stage)[0] == "2026-03-03 08:00"
    await ann.says("no messages before 10")
    assert ann.lines == ["remind.hours_set", "remind.hours_moved", "practice.and_now"]
    assert "10 am" in ann.heard
    assert "tomorrow at 10 am" in ann.heard
    assert due(stage) == ["2026-03-03 09:00", "2026-03-05 09:00"]


async def test_hours_that_are_told_in_place_of_a_time_keep_the_question_open(stage: Stage) -> None:
    ann = stage.person()
    await finishes(ann, BOUNDARY)
    await ann.presses("consent.review_off")
    await ann.says("not before 10")
    assert ann.lines == ["remind.hours_set", "remind.ask_when"]
    await ann.says("tomorrow at 9 am", "Berlin")
    assert ann.lines == ["remind.quiet"]
    assert "10 am" in ann.heard


async def test_hours_told_before_the_clock_is_known_do_not_lose_the_time(stage: Stage) -> None:
    ann = stage.person()
    await finishes(ann, BOUNDARY)
    await ann.presses("consent.review_off")
    await ann.says("tomorrow at 11 am", "not at night")
    assert ann.lines == ["remind.hours_set", "remind.ask_zone"]
    await ann.says("Berlin")
    assert ann.lines[0] == "remind.set"
    assert due(stage)[0] == "2026-03-03 10:00"


async def test_a_note_is_held_back_until_the_clients_own_hours_are_over(stage: Stage) -> None:
    ann = await has_a_note(stage, "tomorrow at 7 pm")
    stage.sql("INSERT INTO reminder_channel VALUES (?, ?)", ann.client_id, ann.talk)
    stage.delivered("ann")
    # Set by hand behind the reminder's back: what waits is held at sending as well.
    stage.sql("UPDATE reminder_wish SET quiet_from = 18, quiet_until = 6")
    stage.clock.advance(hours=31)
    assert stage.belay.reminders.look(stage.clock())["reminded"] == 0
    stage.clock.advance(hours=9.9)  # before 6 in the morning in Berlin
    assert stage.belay.reminders.look(stage.clock())["reminded"] == 0
    stage.sql("UPDATE reminder_wish SET quiet_until = 4")
    assert stage.belay.reminders.look(stage.clock())["reminded"] == 1


async def test_hours_that_leave_no_room_are_asked_about(stage: Stage) -> None:
    ann = await has_a_note(stage)
    await ann.says("no reminders from 8 am to 7 am")
    assert ann.lines == ["remind.hours_no_room"]
    assert hours(stage) == [(None, None)]
    await ann.says("9 pm to 8 am")
    assert hours(stage) == [(21, 8)]


async def test_messages_among_people_are_not_meant(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("no messages before 10")
    assert "remind.hours_set" not in ann.lines
    await stands_at(ann, BOUNDARY, "step.not_ok")
    await ann.says("no messages after 10")
    assert ann.step == "step.request"
    assert stage.sql("SELECT text FROM answer WHERE step = 'not_ok'") == ["no messages after 10"]
    assert hours(stage) == []


@pytest.mark.parametrize("said", ["stop reminders", "a reminder"])
async def test_other_wishes_about_reminders_are_what_they_were(stage: Stage, said: str) -> None:
    ann = await has_a_note(stage)
    await ann.says(said)
    assert ann.lines == [{"stop reminders": "remind.stopped"}.get(said, "remind.ask_when")]
