"""Times, and words with a second meaning: what stands around them decides."""

from __future__ import annotations

import pytest
from rasa_process import ROOT

from rasa_ext.language_model import build_language
from rasa_ext.nlp import found_in

FOLDER = ROOT / "content" / "language" / "entities"
TIMES = {
    "He called on Wednesday evening": ["Wednesday evening"],
    "it started two months ago": ["two months ago"],
    "we meet tomorrow at half past six": ["tomorrow at half past six"],
    "ring me on Sunday at 4pm": ["Sunday at 4pm"],
    "she came home at eleven and slept": ["eleven"],
    "the party was on 9 June": ["9 June"],
    "since 2019 we live apart": ["2019"],
    "he works until 10:30": ["10:30"],
    "last winter we nearly split": ["last winter"],
    "on the third of April": ["the third of April"],
    "every other Tuesday": ["every other Tuesday"],
    "at ten to five he left": ["ten to five"],
}
NO_TIMES = [
    "I'd put it at 7",
    "the price went up by 3 percent",
    "she may march in and shout",
    "we waited for 3 hours",
    "it was a second chance",
    "they sat down",
]
FEELINGS = {
    "I feel low today": ["low"],
    "the price is low": [],
    "write down what you want": [],
    "I was so moved": ["moved"],
    "my ex moved out": [],
    "he made a strong coffee": [],
    "I'm hopeless at parking": [],
    "I feel hopeless": ["hopeless"],
}
ROLES = {
    "my date was late": ["date"],
    "what is your date of birth": [],
    "my missus and our team": ["missus", "team"],
    "my man forgot again": ["man"],
    "both brothers-in-law came": ["brothers-in-law"],
}


def found(text: str, kind: str) -> list[str]:
    entities = found_in(text, build_language(FOLDER)(text), rating_asked=False)
    return [entity["text"] for entity in entities if entity["entity"] == kind]


@pytest.mark.parametrize(("text", "times"), TIMES.items())
def test_a_time_is_found_without_the_little_word_before_it(text: str, times: list[str]) -> None:
    assert found(text, "time") == times


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_is_no_time_is_none(text: str) -> None:
    assert found(text, "time") == []


@pytest.mark.parametrize(("text", "feelings"), FEELINGS.items())
def test_a_word_with_a_second_meaning_is_a_feeling_only_where_it_is_meant(
    text: str, feelings: list[str]
) -> None:
    assert found(text, "feeling") == feelings


@pytest.mark.parametrize(("text", "roles"), ROLES.items())
def test_a_role_is_the_noun_alone(text: str, roles: list[str]) -> None:
    assert found(text, "person_role") == roles


def test_the_number_of_a_time_is_not_also_a_rating() -> None:
    assert found("maybe on Friday at 8", "rating") == []
    assert found("maybe an 8 on Friday", "rating") == ["8"]


def test_places_are_those_of_the_message() -> None:
    text = "Then, on Monday at nine, my man rang"
    entities = found_in(text, build_language(FOLDER)(text), rating_asked=False)
    assert all(text[one["start"] : one["end"]] == one["text"] for one in entities)
