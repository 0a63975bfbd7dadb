"""What was typed in a hurry, by ear or in dialect is written out as it was meant."""

from __future__ import annotations

import pytest

from rasa_ext.spelling import Spelling, open_spelling


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("im scard of him wen he drincs", "I'm scared of him when he drinks"),
        ("i cnt do dis nemore", "i can't do this any more"),
        ("Ah want tae dee an naebody kens", "I want to die an nobody knows"),
        ("i wana hrut myslef", "i want to hurt myself"),
        ("hes gna lock me out 2nite", "he's going to lock me out tonight"),
        ("he kept shoutin at me", "he kept shouting at me"),
    ],
)
def test_what_is_spelled_oddly_is_written_out(typed: str, meant: str) -> None:
    assert open_spelling().written_out(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "He'd gone before I'd said a word.",
        "We're at my mother-in-law's, it's fine.",
        "I vape and she's on TikTok.",
        "Yesterday Oluwaseun and Mireille came.",
        "She has 2 cats and I have 4 weeks.",
        "Line one,\n  line two\t— “quoted”… 50 %",
        "",
    ],
)
def test_what_is_spelled_well_stays_as_it_is(text: str) -> None:
    assert open_spelling().written_out(text) == text


def test_a_digit_between_words_is_a_word_unless_something_is_counted() -> None:
    written_out = open_spelling().written_out
    assert written_out("i want 2 sleep") == "i want to sleep"
    assert written_out("she cooks 4 me") == "she cooks for me"
    assert written_out("i slept 4 hours") == "i slept 4 hours"


def test_a_slip_never_becomes_a_word_that_would_alarm() -> None:
    spelling = Spelling({}, never=["rape"])
    assert "rape" not in spelling.written_out("he took my rapr and my vrape").split()


def test_the_table_counts_before_any_guess() -> None:
    assert Spelling({"thng": "thought"}).written_out("a thng") == "a thought"
