"""Times of a clock as they are said."""

from __future__ import annotations

import pytest

from belay.domain.clock_words import ClockTime, number_in, read_clock


@pytest.mark.parametrize(
    ("said", "time", "hour_of_day"),
    [
        ("7", ClockTime(7), 7),
        ("19", ClockTime(19), 19),
        ("24", ClockTime(24), 0),
        ("seven", ClockTime(7), 7),
        ("7pm", ClockTime(7, 0, "pm", exact=True), 19),
        ("7:30 p.m.", ClockTime(7, 30, "pm", exact=True), 19),
        ("12 am", ClockTime(12, 0, "am", exact=True), 0),
        ("12 pm", ClockTime(12, 0, "pm", exact=True), 12),
        ("seven o'clock", ClockTime(7, exact=True), 7),
        ("18h15", ClockTime(18, 15, exact=True), 18),
        ("noon", ClockTime(12, 0, "pm", exact=True), 12),
        ("lunchtime", ClockTime(12, 0, "pm", exact=True), 12),
        ("midnight", ClockTime(12, 0, "am", exact=True), 0),
    ],
)
def test_a_time_is_read_as_it_was_said(said: str, time: ClockTime, hour_of_day: int) -> None:
    assert read_clock(said) == time
    assert read_clock(said).hour_of_day == hour_of_day


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="no time of a clock"):
        read_clock("soon")


def test_numbers_are_known_as_words_and_as_digits() -> None:
    assert [number_in(word) for word in ("one", "twelve", "31")] == [1, 12, 31]
