"""The finished statement: own words, fitted into the lines of the exercise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belay.domain.artefact import compose, fit

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)
FORMS = ("sentence", "phrase", "after_i_will", "after_i_felt", "after_i_need", "after_when")


@pytest.mark.parametrize(
    ("form", "text", "fitted"),
    [
        ("phrase", "Visits on Sunday.", "visits on Sunday"),
        ("phrase", "I like calls", "I like calls"),
        ("phrase", "I'd like calls", "I'd like calls"),
        ("phrase", "TV in the evening", "TV in the evening"),
        ("phrase", "Sunday visits", "Sunday visits"),
        ("phrase", "  much   too\nloud  ", "much too loud"),
        ("sentence", "would you ring me", "Would you ring me?"),
        ("sentence", "ring me first", "Ring me first."),
        ("sentence", "Would you ring me?", "Would you ring me?"),
        ("sentence", "ring me!", "Ring me!"),
        ("after_i_will", "I will end the call", "end the call"),
        ("after_i_will", "I'll end the call", "end the call"),
        ("after_i_will", "i’ll end the call.", "end the call"),
        ("after_i_will", "I am going to end the call", "end the call"),
        ("after_i_will", "end the call", "end the call"),
        ("after_i_felt", "I felt sad", "sad"),
        ("after_i_felt", "I just felt sad and tired", "sad and tired"),
        ("after_i_felt", "Sad", "sad"),
        ("after_i_need", "I need rest", "rest"),
        ("after_i_need", "I really wanted to be heard", "to be heard"),
        ("after_when", "When you called me", "you called me"),
        ("after_when", "On Tuesday you called me", "on Tuesday you called me"),
    ],
)
def test_an_answer_takes_the_form_of_its_place(form: str, text: str, fitted: str) -> None:
    assert fit(text, form) == fitted


def test_an_unknown_form_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(KeyError):
        fit("words", "shouted")


def test_a_line_without_its_answer_is_left_out() -> None:
    lines = ("One: {one}.", "Two: {two}.", "Both: {one} and {two}.")
    assert compose(lines, {"one": "First", "two": "  "}) == "One: first."
    assert compose(lines, {}) == ""


def test_a_question_inside_a_line_does_not_end_twice() -> None:
    assert compose(("{ask|sentence}.",), {"ask": "would you ring?"}) == "Would you ring?"


@given(WORDS, st.sampled_from(FORMS))
def test_fitting_twice_changes_nothing_more(text: str, form: str) -> None:
    once = fit(text, form) if text.strip() else ""
    if once and form in ("sentence", "phrase"):
        assert fit(once, form) == once


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), WORDS))
def test_no_answer_is_ever_read_as_a_place(texts: dict[str, str]) -> None:
    texts["a"] = "my {b} and {c|sentence}"
    assert "{b}" in compose(("{a}.", "{b}.", "{c|sentence}"), texts)


@given(WORDS)
def test_no_word_of_an_answer_is_lost_in_a_sentence(text: str) -> None:
    if text.strip():
        kept = compose(("{a|sentence}",), {"a": text}).upper().split()
        wanted = " ".join(text.split()).upper().split()
        assert [word.rstrip(".?!") for word in kept] == [word.rstrip(".?!") for word in wanted]
