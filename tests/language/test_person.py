"""Who a text is about: a role and the client's own word."""

from pathlib import Path

import pytest

from belay.language.person import Person, PersonFinder

FINDER = PersonFinder(Path(__file__).parents[2] / "content")


@pytest.mark.parametrize(
    ("text", "role", "words"),
    [
        ("My Mum calls every day", "parent", "Mum"),
        ("it's about my mother-in-law", "in_law", "mother-in-law"),
        ("my ex-boyfriend and my sister", "ex", "ex-boyfriend"),
        ("the boss", "boss", "boss"),
    ],
)
def test_the_first_role_is_found_in_the_clients_words(text: str, role: str, words: str) -> None:
    assert FINDER.find(text) == Person(role, words)


def test_a_name_is_nobody() -> None:
    assert FINDER.find("Sam and Priya") is None
