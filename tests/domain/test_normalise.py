"""Typed text in plain form: what was meant, and where it stood."""

import pytest

from belay.domain.normalise import Plain, Spelling, plain

SPELLING = Spelling(
    table={"kil": "kill", "my self": "myself", "i am": "im", "wanna": "want to"},
    known={"kill", "myself", "die", "want", "hurt"},
    close=["suicide", "strangle"],
)


def seen(text: str) -> str:
    return plain(text, SPELLING).text


def source(text: str, part: str) -> str:
    view: Plain = plain(text, SPELLING)
    start = view.text.index(part)
    return text[slice(*view.source(start, start + len(part)))]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("I DON'T know", "i dont know"),
        ("I don\u2019t know", "i dont know"),
        ("I don\u02bct know", "i dont know"),
        ("kill\u200bed it", "killed it"),
        ("hurt\u0000 me", "hurt me"),
        ("\U0001d424\U0001d422\U0001d425\U0001d425 me", "kill me"),
        ("h\u00fart me", "hurt me"),
        ("kiiiill me", "kill me"),
        ("diiiieeee", "die"),
        ("sooooo tired", "soo tired"),
        ("k1ll mys3lf", "kill myself"),
        ("k i l l me", "kill me"),
        ("i d.i.e", "i die"),
        ("kil my self", "kill myself"),
        ("I am wanna", "im want to"),
        ("suicde", "suicide"),
        ("siucide", "suicide"),
        ("\u201cso\u201d", '"so"'),
        ("i   want\n\tto die", "i want to die"),
        ("i want to... die", "i want to die"),
    ],
)
def test_the_plain_form_says_what_was_meant(typed: str, meant: str) -> None:
    assert seen(typed) == meant


@pytest.mark.parametrize(
    "typed", ["15 minutes", "2am", "10mins", "b4 noon", "skilled", "a happy book", "stop!he left"]
)
def test_ordinary_words_and_numbers_stay_as_they_are(typed: str) -> None:
    assert seen(typed) == typed


def test_a_span_leads_back_to_the_words_that_were_typed() -> None:
    text = "Look:  I  wanna k1ll   my self \u2026 ok"
    assert source(text, "kill myself") == "k1ll   my self"
    assert source(text, "want to") == "wanna"
    assert source(text, "ok") == "ok"


def test_every_character_of_the_plain_form_has_a_source() -> None:
    text = "\ufb01ne \u2026 h\u00e9 said \u201cI\u2019m OK\u201d \U0001f62d\u200d k i l l"
    view = plain(text, SPELLING)
    assert len(view.text) == len(view.starts) == len(view.ends)
    for i in range(len(view.text)):
        start, end = view.source(i, i + 1)
        assert 0 <= start < end <= len(text)


def test_nothing_and_white_space_give_nothing() -> None:
    assert seen("") == ""
    assert seen(" \n\t ") == ""


def test_many_stretched_letters_do_not_multiply_the_work() -> None:
    assert len(seen("aaabbbcccdddeeefffggg" * 200)) > 0
