"""Ratings: what is a number from 0 to 10, and what is an age, a time or a count."""

from __future__ import annotations

import pytest

from rasa_ext.rating import ratings_of

ANYWHERE = {
    "7": [7],
    "about a six": [6],
    "I'd say 7/10 for today": [7],
    "ten out of ten": [10],
    "honestly it went fine, 3.5 of 10 maybe, not more than that": [3.5],
    "zero": [0],
    "maybe 4 or 5": [4.5],
    "i am a 6": [6],
}
ONLY_WHEN_ASKED = {
    "six and a half": [6.5],
    "it's somewhere around eight I think, since we talked": [8],
    "between 6 and 7, it went better this time than I thought": [6, 7],
}
NEVER = [
    "I'm 15",
    "12",
    "11/10",
    "100",
    "2 years",
    "8 pm",
    "10:30",
    "-3",
    "$5",
    "50%",
    "no number here",
]


@pytest.mark.parametrize(("text", "values"), ANYWHERE.items())
def test_a_rating_is_found_wherever_it_is_plain(text: str, values: list[float]) -> None:
    assert [rating["value"] for rating in ratings_of(text)] == values
    assert [rating["value"] for rating in ratings_of(text, asked=True)] == values


@pytest.mark.parametrize(("text", "values"), ONLY_WHEN_ASKED.items())
def test_a_bare_number_in_a_sentence_counts_when_a_rating_was_asked(
    text: str, values: list[float]
) -> None:
    assert ratings_of(text) == []
    assert [rating["value"] for rating in ratings_of(text, asked=True)] == values


@pytest.mark.parametrize("text", NEVER)
def test_what_is_no_rating_is_none(text: str) -> None:
    assert ratings_of(text) == []


def test_a_rating_knows_its_place() -> None:
    text = "well, 7 out of 10"
    (rating,) = ratings_of(text)
    assert text[rating["start"] : rating["end"]] == rating["text"] == "7 out of 10"
