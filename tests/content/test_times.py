"""Times in the words of content/replies/times.yml."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from belay.content import Content
from belay.content.times import ClockShape

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (0, 0, "midnight"),
        (0, 30, "12:30 am"),
        (9, 0, "9 am"),
        (12, 0, "noon"),
        (12, 5, "12:05 pm"),
        (19, 30, "7:30 pm"),
    ],
)
def test_a_time_of_day_is_said_as_on_a_clock(
    content: Content, hour: int, minute: int, said: str
) -> None:
    assert content.words.times.clock(hour, minute) == said


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        (4, 19, "today at 7 pm"),
        (5, 19, "tomorrow at 7 pm"),
        (6, 9, "Friday at 9 am"),
        (10, 0, "Tuesday at midnight"),
        (11, 12, "Wednesday, 11 March, at noon"),
    ],
)
def test_a_day_is_said_as_people_say_it(content: Content, day: int, hour: int, said: str) -> None:
    due = datetime(2026, 3, day, hour, tzinfo=UTC)
    assert content.words.times.moment(due, ZoneInfo("UTC"), NOW) == said


def test_the_day_is_that_of_the_clients_clock(content: Content) -> None:
    due = datetime(2026, 3, 4, 18, tzinfo=UTC)
    assert content.words.times.moment(due, ZoneInfo("Asia/Tokyo"), NOW) == "tomorrow at 3 am"


def test_a_form_without_its_value_is_refused_with_the_remedy() -> None:
    with pytest.raises(ValidationError, match=r"'am' has to hold \{time\}\. Write it so\."):
        ClockShape(noon="noon", midnight="midnight", morning="am", afternoon="{time} pm")
