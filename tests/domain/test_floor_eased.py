"""What the floor tells the model layer: which of its hits are denied, past or mourned."""

from __future__ import annotations

import pytest

from belay.domain.floor import judge
from tests.domain.the_floor import RULES


def eased(text: str) -> list[str]:
    return [text[start:end] for start, end in judge(text, RULES).eased]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I'm not suicidal, just sad", "suicidal"),
        ("He has never hit me", "hit me"),
        ("When I was fourteen I tried to kill myself, life is good now", "kill myself"),
        ("my father took his own life when I was ten", "took his own life"),
    ],
)
def test_a_hit_that_is_denied_past_or_mourned_is_named(text: str, words: str) -> None:
    (found,) = eased(text)
    assert words in found


def test_all_such_hits_are_named() -> None:
    assert len(eased("He has never hit me. I have never cut myself. I'm not suicidal.")) == 3


def test_danger_that_is_meant_eases_nothing() -> None:
    assert eased("He has never hit me but I want to die") == []


def test_what_was_never_a_hit_is_not_named() -> None:
    assert eased("my mum rings four times a day") == []
    assert eased("I feel hopeless about us") == []


def test_the_published_verdict_holds_no_place_in_the_text() -> None:
    verdict = judge("I'm not suicidal, just sad", RULES).as_dict()
    assert set(verdict) == {"tier", "route", "layer", "rule"}
