"""Numbers from 0 to 10 in what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belay.domain.rating import parse_rating


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("7", 7),
        ("0", 0),
        ("10", 10),
        ("about a six", 6),
        ("Seven!", 7),
        ("8/10", 8),
        ("8 / 10", 8),
        ("8 out of 10", 8),
        ("ten out of ten", 10),
        ("10/10", 10),
        ("7.5", 7),
        ("7,5", 7),
        ("I'd say 4.", 4),
        ("4, I think", 4),
        ("a 3, no more", 3),
        ("it is a 5 today", 5),
    ],
)
def test_one_number_is_found(text: str, rating: int) -> None:
    assert parse_rating(text) == rating


@pytest.mark.parametrize(
    "text",
    ["", "no idea", "15", "11", "100", "6 or 7", "between 3 and 5", "six or seven", "-", "someone"],
)
def test_no_number_and_two_numbers_are_no_rating(text: str) -> None:
    assert parse_rating(text) is None


@pytest.mark.parametrize("text", ["at 7:30", "7:30", "12:05"])
def test_a_time_is_no_rating(text: str) -> None:
    assert parse_rating(text) is None


@given(
    st.integers(0, 10), st.sampled_from(["{}", " {} ", "I'd say {}", "{} I guess", "{}/10", "{}."])
)
def test_every_rating_is_found_in_every_frame(rating: int, frame: str) -> None:
    assert parse_rating(frame.format(rating)) == rating


@given(st.text(max_size=200))
def test_whatever_is_typed_gives_a_rating_in_range_or_none(text: str) -> None:
    rating = parse_rating(text)
    assert rating is None or 0 <= rating <= 10
