"""Times as people write them, quiet hours, and when a reminder may go out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belay.domain.reminder import Decision, Facts, Kind, Quiet, Reminder, decide, room_for
from belay.domain.reminder_time import LocalTime, time_in
from belay.domain.zones import zone_in

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
BERLIN, LONDON = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("tomorrow at 7 pm", "+1 19:00"),
        ("Friday evening", "fri 19:00"),
        ("on wednesday at 18:30", "wed 18:30"),
        ("tonight", "+0 20:00"),
        ("the day after tomorrow at noon", "+2 12:00"),
        ("in 2 hours", "in 120"),
        ("in a week", "in 10080"),
        ("7pm", "- 19:00"),
        ("at seven", "- 19:00"),
        ("8 in the morning", "- 08:00"),
        ("maybe Sunday morning, please", "sun 09:00"),
        ("12 am", "- 00:00"),
    ],
)
def test_a_time_is_read_as_people_write_it(said: str, written: str) -> None:
    found = time_in(said)
    assert found is not None
    assert (found[0].written(), found[1]) == (written, True)


@pytest.mark.parametrize("said", ["yes", "He said 3 things", "", "no idea", "25:00", "every day"])
def test_what_names_no_time_is_none(said: str) -> None:
    assert time_in(said) is None


@pytest.mark.parametrize("said", ["I talked to my mum on Friday", "I want to die tonight"])
def test_a_time_inside_other_words_does_not_stand_alone(said: str) -> None:
    found = time_in(said)
    assert found is not None
    assert not found[1]


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_times_or_places(said: str) -> None:
    found = time_in(said)
    assert found is None or LocalTime.read(found[0].written()) == found[0]
    zone = zone_in(said, None, NOON)
    assert zone is None or ZoneInfo(zone)


def test_the_time_is_on_the_clients_clock_and_a_weekday_is_the_next_one() -> None:
    evening = LocalTime(19, 0, weekday=4)
    assert evening.resolve(NOON, BERLIN) == datetime(2026, 3, 6, 18, tzinfo=UTC)
    today = LocalTime(9, 0, weekday=0)
    assert today.resolve(NOON, BERLIN) == datetime(2026, 3, 9, 8, tzinfo=UTC)
    assert LocalTime(9, 0, day=0).resolve(NOON, BERLIN) is None


def test_summer_time_is_kept() -> None:
    after = LocalTime(19, 0, day=28).resolve(NOON, BERLIN)  # 30 March: clocks went forward
    assert after == datetime(2026, 3, 30, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("I'm in Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Vancouver, Canada", "America/Vancouver"),
        ("uk", "Europe/London"),
        ("it's 1 pm here", "Etc/GMT-1"),
        ("5:30 pm", "Asia/Kolkata"),
    ],
)
def test_a_place_or_the_time_there_tells_the_zone(said: str, zone: str) -> None:
    assert zone_in(said, None, NOON) == zone


def test_the_time_there_picks_a_zone_of_the_known_country() -> None:
    assert zone_in("it is 7 am", "US", NOON) == "America/New_York"


@given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 60 * 24 * 30))
def test_the_end_of_quiet_hours_is_never_quiet(begins: int, ends: int, minutes: int) -> None:
    quiet, at = Quiet(begins, ends), NOON + timedelta(minutes=minutes)
    after = quiet.over_at(at, LONDON)
    assert after >= at
    assert not quiet.covers(after, LONDON)
    assert after - at < timedelta(days=1, hours=1)


def facts(**other: object) -> Facts:
    """Nothing stands in the way."""
    plain = Facts(
        wanted=True,
        reachable=True,
        red=False,
        closed=False,
        unsettled=False,
        safety_at=None,
        talked_at=None,
        sent=(),
        zone=LONDON,
        quiet=Quiet(),
    )
    return replace(plain, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "decision"),
    [
        ({}, Decision.SEND),
        ({"wanted": False}, Decision.DROP),
        ({"reachable": False}, Decision.EXPIRE),
        ({"red": True}, Decision.DROP),
        ({"closed": True}, Decision.DROP),
        ({"unsettled": True}, Decision.WAIT),
        ({"safety_at": NOON - timedelta(hours=23)}, Decision.DROP),
        ({"safety_at": NOON - timedelta(hours=25)}, Decision.SEND),
        ({"talked_at": NOON - timedelta(minutes=3)}, Decision.WAIT),
        ({"sent": (NOON - timedelta(days=1), NOON - timedelta(days=6))}, Decision.EXPIRE),
        ({"sent": (NOON - timedelta(days=1), NOON - timedelta(days=8))}, Decision.SEND),
        ({"zone": ZoneInfo("Asia/Tokyo")}, Decision.WAIT),
    ],
)
def test_what_is_due_goes_out_unless_something_speaks_against_it(
    other: dict[str, object], decision: Decision
) -> None:
    due = Reminder("r", "c", Kind.NUDGE, NOON, NOON - timedelta(minutes=1))
    assert decide(due, facts(**other), NOON) is decision


def test_twelve_hours_late_is_too_late() -> None:
    late = Reminder("r", "c", Kind.NUDGE, NOON, NOON - timedelta(hours=12, minutes=1))
    assert decide(late, facts(), NOON) is Decision.EXPIRE


def test_two_fit_into_any_seven_days() -> None:
    days = [NOON + timedelta(days=day) for day in (0, 3)]
    assert not room_for(NOON + timedelta(days=5), days)
    assert not room_for(NOON - timedelta(days=2), days)
    assert room_for(NOON + timedelta(days=7), days)
    assert room_for(NOON + timedelta(days=1), days[:1])
