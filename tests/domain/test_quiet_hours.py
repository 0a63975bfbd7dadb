"""Quiet hours as people ask for them, and what is no such wish."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belay.domain.quiet_hours import has_room, quiet_in, speaks_of_reminders
from belay.domain.reminder import Quiet, Wishes

HOUSE = Quiet(21, 8)


@pytest.mark.parametrize(
    ("said", "begins", "ends"),
    [
        ("not at night", 21, 8),
        ("Not at night, please.", 21, 8),
        ("no messages before 10", 21, 10),
        ("no messages before ten please", 21, 10),
        ("don’t message me before 9:30", 21, 10),
        ("nothing after 8pm", 20, 8),
        ("please don't remind me after nine", 21, 8),
        ("no notes after 7:30 pm", 19, 8),
        ("never between 22 and 9", 22, 9),
        ("no reminders from 10 pm to 7 am", 22, 7),
        ("no reminders between 9 and 17", 9, 17),
        ("no reminders in the morning", 21, 12),
        ("no notes in the evening", 17, 8),
        ("not before noon", 21, 12),
        ("no notes after midnight", 0, 8),
        ("no texts after 10 at night", 22, 8),
        ("only after 10", 21, 10),
        ("only between 10 and 6", 18, 10),
        ("only in the evening", 21, 17),
        ("no messages before 9 pm", 0, 21),
        ("i don't want any reminders after 7 pm", 19, 8),
    ],
)
def test_hours_are_read_as_people_ask_for_them(said: str, begins: int, ends: int) -> None:
    assert quiet_in(said, HOUSE) == Quiet(begins, ends)


@pytest.mark.parametrize(
    "said",
    [
        "no",
        "never mind",
        "tomorrow at 7 pm",
        "between 9 and 10",
        "I can't sleep at night",
        "he never comes home before 10",
        "no calls after nine",
        "not before 10 people asked me",
        "no messages at weekends",
        "he writes messages after 10 and I don't want that",
        "no visits before 10",
        "",
    ],
)
def test_what_asks_for_no_quiet_hours_is_none(said: str) -> None:
    assert quiet_in(said, HOUSE) is None


@pytest.mark.parametrize(
    ("said", "begins", "ends"),
    [("9 pm to 10 am", 21, 10), ("before 10", 21, 10), ("at night", 21, 8), ("any time", 0, 0)],
)
def test_bare_hours_count_where_they_were_asked_for(said: str, begins: int, ends: int) -> None:
    assert quiet_in(said, HOUSE) is None
    assert quiet_in(said, HOUSE, asked=True) == Quiet(begins, ends)


def test_what_is_not_named_stays_as_it_was() -> None:
    assert quiet_in("nothing after 7 pm", Quiet(22, 11)) == Quiet(19, 11)
    assert quiet_in("not before 9", Quiet(19, 11)) == Quiet(19, 9)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(said: str) -> None:
    found = quiet_in(said, HOUSE, asked=True)
    assert found is None or (0 <= found.begins < 24 and 0 <= found.ends < 24)


@given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 23))
def test_any_hour_gives_hours_of_a_day(hour: int, begins: int, ends: int) -> None:
    for said in (f"not before {hour}", f"nothing after {hour}", f"only after {hour}"):
        found = quiet_in(said, Quiet(begins, ends))
        assert found is not None
        assert 0 <= found.begins < 24
        assert 0 <= found.ends < 24


def test_room_is_counted_over_midnight() -> None:
    assert has_room(Quiet(21, 8))
    assert has_room(Quiet(0, 0))
    assert not has_room(Quiet(8, 7))
    assert not has_room(Quiet(0, 23))


def test_only_own_notes_are_plainly_meant_in_an_exercise() -> None:
    assert speaks_of_reminders("no reminders before 10")
    assert not speaks_of_reminders("no messages after 10")


def test_own_hours_take_the_place_of_those_of_the_house() -> None:
    assert Wishes().quiet(HOUSE) == HOUSE
    assert Wishes(quiet_from=22, quiet_until=10).quiet(HOUSE) == Quiet(22, 10)


@pytest.mark.parametrize(
    ("zone", "at", "moved"),
    [
        ("Europe/Berlin", "2026-03-03 22:30", "2026-03-04 09:00"),  # 23:30 there, over midnight
        ("Europe/Berlin", "2026-03-03 04:00", "2026-03-03 09:00"),  # 5 there, the same day
        ("America/New_York", "2026-03-04 02:30", "2026-03-04 15:00"),  # 21:30 there
        ("Pacific/Auckland", "2026-03-03 09:30", "2026-03-03 21:00"),  # 22:30 there
        ("Europe/Berlin", "2026-03-28 22:00", "2026-03-29 08:00"),  # the clock goes forward
        ("Europe/Berlin", "2026-03-03 12:00", "2026-03-03 12:00"),  # no quiet hour
    ],
)
def test_a_time_in_quiet_hours_moves_to_their_end_on_the_clients_clock(
    zone: str, at: str, moved: str
) -> None:
    due = datetime.fromisoformat(at).replace(tzinfo=UTC)
    end = Quiet(21, 10).over_at(due, ZoneInfo(zone))
    assert end == datetime.fromisoformat(moved).replace(tzinfo=UTC)
