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
    "6ish": [6],
    "8-9": [8.5],
    "5 cause I'm tired": [5],
    "6 outta 10": [6],
    "on a scale of 1 to 10 I'm a 4": [4],
    "If I'm honest, 3": [3],
}
WEIGHED = {
    "six and a half": [6.5],
    "I'd say a three, tired as I am": [3],
    "between 6 and 7, it went better this time than I thought": [6, 7],
    "stress 8 before the talk and 4 after it": [8, 4],
    "rate it nine please": [9],
    "oh, eight, since we talked last week I think": [8],
    "we talked and I would go for seven": [7],
    "it went from a 7 to a 4": [7, 4],
    "that's gone from 7 to 4": [7, 4],
    "6 today, 3 last week": [6, 3],
    "I'd go for 7 today, given how the call went": [7],
    "a very firm 9 after all that talking": [9],
    "dropped to 2 overnight and stayed there": [2],
    "it was a two and now it's a strong eight": [2, 8],
}
ONLY_WHEN_ASKED = {
    "oh, since we talked last week, eight, as far as I can tell": [8],
    "we talked, and for me seven, all things considered": [7],
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
    "we met at platform 9",
    "she bought 6 eggs and a lemon",
    "my dog is 9",
    "page 3, paragraph 2",
    "three of the four plates were chipped",
    "I'd rather skip this one",
    "the rent went up by 8 percent",
    "we were eight at the table",
    "50%",
    "no number here",
    "the film was a 9 out of ten",
    "he gave my cooking a 3",
    "I'd give him a 2 for effort",
    "he's a 10 in her eyes",
    "they're 8 and 10",
    "when I was 7 he left",
    "9 out of 10 times it's me",
    "2 out of 3 times he forgets",
    "between 6 and 7 in the evening",
    "he owes me 10",
    "a bit of an odd one",
]


@pytest.mark.parametrize(("text", "values"), ANYWHERE.items())
def test_a_rating_is_found_wherever_it_is_plain(text: str, values: list[float]) -> None:
    assert [rating["value"] for rating in ratings_of(text)] == values
    assert [rating["value"] for rating in ratings_of(text, asked=True)] == values


@pytest.mark.parametrize(("text", "values"), WEIGHED.items())
def test_a_number_that_weighs_something_is_a_rating_in_any_sentence(
    text: str, values: list[float]
) -> None:
    assert [rating["value"] for rating in ratings_of(text)] == values


@pytest.mark.parametrize("text", NEVER)
def test_counts_and_places_are_no_ratings_even_when_one_was_asked(text: str) -> None:
    if text not in ("I'm 15", "12"):
        assert ratings_of(text, asked=True) == []


def test_a_number_behind_a_feeling_weighs_it() -> None:
    text = "ashamed 8, sad 5"
    feelings = [(0, 7), (11, 14)]
    assert [rating["value"] for rating in ratings_of(text, feelings=feelings)] == [8, 5]


def test_the_number_of_a_time_is_no_rating() -> None:
    text = "maybe at nine"
    assert ratings_of(text, asked=True, taken=[(9, 13)]) == []


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
