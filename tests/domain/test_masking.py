"""What a coach does not get to read, and what must stay readable."""

from __future__ import annotations

import time

import pytest

from belay.domain.masking import Masking, mask, pseudonym
from tests.gateway.shared import shared_content

CONTENT = shared_content()
NAMES, ALSO_WORDS = CONTENT.names, CONTENT.names_also_words


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Write to anna.k+1@example.org please", "Write to {email} please"),
        ("my mail is anna (at) example.org", "my mail is {email}"),
        ("see https://example.org/a?b=c now", "see {link} now"),
        ("she posted it on www.example.com/me", "she posted it on {link}"),
        ("my shop is annascakes.co.uk", "my shop is {link}"),
        ("call me on +44 7700 900123", "call me on {phone}"),
        ("his number is (555) 010-2345.", "his number is {phone}."),
        ("0151 123 4567 is mine", "{phone} is mine"),
        ("I live at 12 Oak Street with two kids", "I live at {address} with two kids"),
        ("we are at 14b old mill road", "we are at {address}"),
        ("221 Baker St. is loud", "{address} is loud"),
        ("I moved to LS1 4AP", "I moved to {address}"),
        ("my sister Anna calls late", "my sister {person} calls late"),
        ("my friend Anna Lopez lent me money", "my friend {person} lent me money"),
        ("My boss, Dmitri, wants more", "My boss, {person}, wants more"),
        ("Anna said I was late", "{person} said I was late"),
        ("I told Zoë that I was tired", "I told {person} that I was tired"),
        ("my son is called Émile", "my son is called {person}"),
        ("My name is Mary-Jane", "My name is {person}"),
        ("My partner's sister Anna's car", "My partner's sister {person}'s car"),
        ("my sister Anna is loud. Yesterday I saw that Anna cried",
         "my sister {person} is loud. Yesterday I saw that {person} cried"),
    ],
)  # fmt: skip
def test_what_identifies_people_is_replaced(said: str, read: str) -> None:
    assert mask(said) == read


@pytest.mark.parametrize(
    "said",
    [
        "She said I was late. He never listens. They want more.",
        "I told Mum that I was tired",
        "My mother always calls after eight",
        "On Tuesday my sister came at 20:30 and left on 12.05.2026",
        "about 7 out of 10, maybe 8/10",
        "Ten minutes after dinner, 2 times a week, 100 percent",
        "We walked 2 miles down the road and met 5 people on the way",
        "I love Christmas with my family",
        "Everyone knows. Nobody called. Who asked?",
        "Would you text me before you drop by?",
        "my boss I like, my manager He is new",
        "I'm okay with calls until eight. I'm not okay with calls after eight.",
        "MY SISTER SAID NO",
        "",
        "😀",
    ],
)
def test_what_names_nobody_is_left_alone(said: str) -> None:
    assert mask(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "We moved in May and it was hard",
        "On Sunday my sister called, on Sundays she always does",
        "It has been like this since April",
        "By June I want to have said it",
        "I will ask her next August, not this June",
        "My dad rang every Sunday until last May",
        "She came on 3 May and again on May 14",
        "The first of April was a bad day, and so was the end of June",
        "From May to August we did not talk",
        "Between April and June I lived with my mum",
        "It was August when he left",
        "By Friday or Saturday I will know",
        "I told him in April 2024 that I was done",
        "We argue each Summer and every Winter",
        "He wants an answer by Wed or Thu",
        "In early May we argued, in late June again",
        "May I ask you something? I may be wrong.",
        "After August I felt better",
        "I start work on Monday's early shift",
    ],
)
def test_months_and_days_are_no_names(said: str) -> None:
    masked = Masking(NAMES, ALSO_WORDS)
    assert masked(said) == said
    assert mask(said) == said


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("April said I was late", "{person} said I was late"),
        ("my sister April is loud", "my sister {person} is loud"),
        ("I told June that I was tired", "I told {person} that I was tired"),
        ("I spoke with May about it", "I spoke with {person} about it"),
        ("I met May in May", "I met {person} in May"),
        ("April said no. She says no every April.", "{person} said no. She says no every April."),
        ("since April left me I sleep badly", "since {person} left me I sleep badly"),
        ("before June came home I cried", "before {person} came home I cried"),
        ("May and I argue", "{person} and I argue"),
        ("I think April's phone was off", "I think {person}'s phone was off"),
        ("my friend called August wants more", "my friend called {person} wants more"),
        ("I love how Summer laughs", "I love how {person} laughs"),
    ],
)
def test_a_month_that_acts_like_a_person_is_masked(said: str, read: str) -> None:
    assert Masking(NAMES, ALSO_WORDS)(said) == read


def test_masking_twice_changes_nothing_more() -> None:
    once = mask("My sister Anna (anna@example.org, 0151 123 4567) said no at 12 Oak Street")
    assert mask(once) == once
    assert "Anna" not in once


@pytest.mark.parametrize(
    "piece", ["my friend Anna said 12 oak 1 1 1 a.b.c@d ", "a-", "a.", "1 ", "a'", "12 Oak "]
)
def test_a_long_text_is_masked_in_a_moment(piece: str) -> None:
    begun = time.process_time()
    said = piece * (6000 // len(piece))
    assert "Anna" not in mask(said)
    assert time.process_time() - begun < 1


def test_the_pseudonym_is_stable_short_and_not_the_id() -> None:
    assert pseudonym("a" * 32) == pseudonym("a" * 32)
    assert pseudonym("a" * 32) != pseudonym("b" * 32)
    assert pseudonym("a" * 32).startswith("Client ")
    assert "aaaa" not in pseudonym("a" * 32)


def test_a_thousand_clients_hardly_share_a_pseudonym() -> None:
    assert len({pseudonym(str(number)) for number in range(1000)}) >= 998
