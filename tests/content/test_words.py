"""How lines, buttons and people come out of content/."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belay.content import Content
from belay.content.words import AuthoredWords
from tests.content.conftest import FOLDER

SEEDS = [f"{number:032x}" for number in range(200)]


@pytest.fixture
def words(content: Content) -> AuthoredWords:
    return content.words


def test_the_same_turn_gets_the_same_words(words: AuthoredWords) -> None:
    said = {words.text("exercise.who", SEEDS[7], person="your mum") for _ in range(5)}
    assert len(said) == 1


def test_over_many_turns_every_variant_is_said(words: AuthoredWords) -> None:
    said = {words.text("talk.open", seed) for seed in SEEDS}
    assert said == set(words.lines["talk.open"].variants)


def test_an_unknown_line_is_an_error_that_names_it(words: AuthoredWords) -> None:
    with pytest.raises(KeyError, match=r"no line is called 'no\.such'"):
        words.text("no.such", SEEDS[0])
    assert not words.has("no.such")


def test_a_missing_value_is_an_error_that_names_line_and_value(words: AuthoredWords) -> None:
    with pytest.raises(KeyError, match=r"line 'delete\.done' needs a value for 'receipt'"):
        words.text("delete.done", SEEDS[0])


@given(st.text(max_size=60))
def test_words_of_a_client_are_never_read_as_placeholders(said: str) -> None:
    words = loaded()
    text = words.text("exercise.went_back", SEEDS[1], text=said + "{title}{lines}")
    assert f"{said}{{title}}{{lines}}'" in text


def loaded() -> AuthoredWords:
    from belay.content import load_content

    if not _KEPT:
        _KEPT.append(load_content(FOLDER).words)
    return _KEPT[0]


_KEPT: list[AuthoredWords] = []


def test_buttons_of_a_line_come_with_it(words: AuthoredWords) -> None:
    reply = words.reply("delete.confirm", SEEDS[0])
    assert [button.press for button in reply.buttons] == ["delete.yes", "delete.no", "export.yes"]
    assert [button.means for button in reply.buttons] == ["affirm", "deny", None]


def test_given_buttons_replace_those_of_the_line(words: AuthoredWords) -> None:
    reply = words.reply("delete.confirm", SEEDS[0], buttons=[words.button("skip")])
    assert [button.title for button in reply.buttons] == ["Skip"]
    assert words.reply("delete.confirm", SEEDS[0], buttons=[]).buttons == ()


def test_a_button_takes_values_in_title_and_press(words: AuthoredWords) -> None:
    button = words.button("start_exercise", exercise="kind_no", title="A kind, clear no")
    assert (button.title, button.press) == ("A kind, clear no", "exercise.start:kind_no")
    with pytest.raises(KeyError, match="button 'start_exercise' needs a value for 'title'"):
        words.button("start_exercise", exercise="kind_no")


def test_a_role_is_offered_in_the_clients_view(words: AuthoredWords) -> None:
    titles = [words.button("role", role=role, title="").title for role in words.roles()]
    assert titles[0] == "My partner"
    assert titles[-1] == "Someone else"


def test_every_role_of_the_buttons_can_be_spoken_of(words: AuthoredWords) -> None:
    assert list(words.roles()) == [
        *("partner", "ex", "parent", "child", "sibling", "friend", "boss", "coworker"),
        *("in_law", "roommate", "neighbour", "other"),
    ]
    for role in words.roles():
        assert words.person(role, None)


@pytest.mark.parametrize(
    ("role", "said", "spoken"),
    [
        ("parent", "my mum", "your mum"),
        ("parent", "mum", "your mum"),
        ("parent", "Mum", "your mum"),
        ("parent", "my mum's", "your mum"),
        ("sibling", "my sister", "your sister"),
        ("in_law", "my mother-in-law", "your mother-in-law"),
        ("in_law", "his mother", "your in-law"),
        ("boss", "Sam", "your boss"),
        ("boss", "my boss Sam", "your boss"),
        ("friend", "friend 2", "your friend"),
        ("partner", "the love of my life", "your partner"),
        ("partner", "him", "your partner"),
        ("partner", "{lines}", "your partner"),
        ("partner", None, "your partner"),
        ("partner", "", "your partner"),
        ("other", "other", "this person"),
        (None, None, "this person"),
        ("no_such_role", None, "this person"),
    ],
)
def test_people_are_spoken_of_by_role_or_by_the_clients_word(
    words: AuthoredWords, role: str | None, said: str | None, spoken: str
) -> None:
    assert words.person(role, said) == spoken


def test_an_offer_names_the_person_only_when_there_is_one(words: AuthoredWords) -> None:
    for seed in SEEDS[:30]:
        named = words.reply("offer.set_boundary", seed, person="your mum")
        nobody = words.reply("offer.set_boundary", seed, person=words.person(None, None))
        assert "your mum" in named.text
        assert "this person" not in nobody.text
        assert nobody.line == "offer.set_boundary.nobody"


def test_an_empty_value_leaves_no_gap(words: AuthoredWords) -> None:
    text = words.text("welcome.notice", SEEDS[0], named="")
    assert text == text.strip()
