"""A disclosure is said back: right person, right event, nothing that was not said."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from belay.language.reflection import Reflector

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def reflector() -> Reflector:
    return Reflector(CONTENT)


TURNED = [
    (
        "my wife left me yesterday and I keep cooking for two",
        "your wife left you yesterday and you keep cooking for two",
    ),
    ("My husband and I don't talk anymore.", "you and your husband don't talk anymore"),
    (
        "Me and my brother haven't spoken since the funeral.",
        "you and your brother haven't spoken since the funeral",
    ),
    ("She and I used to be best friends.", "you and she used to be best friends"),
    ("We broke up on Saturday.", "you broke up on Saturday"),
    ("I was too tired to call her.", "you were too tired to call her"),
    (
        "I lost my job and was told by text.",
        "you lost your job and were told by text",
    ),
    (
        "My boyfriend told me I was the love of his life and then he left.",
        "your boyfriend told you that you were the love of his life and then he left",
    ),
    ("Mum has stopped calling.", "your mum has stopped calling"),
    (
        "I'm looking after mum on my own.",
        "you're looking after your mum on your own",
    ),
    ("My own dad's gone.", "your own dad's gone"),
    ("I saw him with a baby that isn't mine.", "you saw him with a baby that isn't yours"),
    ("I want some time for me.", "you want some time for yourself"),
    (
        "His new girlfriend is kind to my children and I cried.",
        "his new girlfriend is kind to your children and you cried",
    ),
    ("I love her and I dread the weekend.", "you love her and you dread the weekend"),
]


@pytest.mark.parametrize(("told", "said"), TURNED)
def test_pronouns_and_verbs_are_turned(reflector: Reflector, told: str, said: str) -> None:
    assert reflector.clause(told) == said


COMPLETED = [
    ("lost my mum last week", "you lost your mum last week"),
    ("dumped on my birthday", "you were dumped on your birthday"),
    ("got ghosted", "you got ghosted"),
    ("jealous of his new coworker", "you're jealous of his new coworker"),
    ("still love him", "you still love him"),
    ("feeling invisible", "you're feeling invisible"),
    ("boyfriend moved out on Sunday", "your boyfriend moved out on Sunday"),
]


@pytest.mark.parametrize(("told", "said"), COMPLETED)
def test_what_people_leave_out_is_put_back(reflector: Reflector, told: str, said: str) -> None:
    assert reflector.clause(told) == said


MENDED = [
    ("my husban left on saterday an i cant sleep", "your husband left on Saturday and you can't"),
    ("my bf n i broke up in march", "you and your boyfriend broke up in March"),
    (
        "hes moving 2 berlin 4 work n he didnt ask me",
        "he's moving to Berlin for work and he didn't",
    ),
    ("i havent seen my kids 4 4 weeks", "you haven't seen your kids for 4 weeks"),
    ("i had 2 cancel my birthday", "you had to cancel your birthday"),
    ("um so I I miss my dad so much", "you miss your dad so much"),
    ("my mum likes my bro better n its every wkend", "your mum likes your brother better"),
    ("my son has stoped hugging me", "your son has stopped hugging you"),
]


@pytest.mark.parametrize(("told", "said"), MENDED)
def test_slips_of_the_keyboard_are_mended(reflector: Reflector, told: str, said: str) -> None:
    clause = reflector.clause(told)
    assert clause is not None
    assert clause.startswith(said)


def test_a_name_that_looks_like_a_slip_is_left_as_a_name(reflector: Reflector) -> None:
    clause = reflector.clause("my friend Neva forgot my birthday and i feel sad")
    assert clause == "your friend forgot your birthday and you feel sad"


def test_the_heaviest_part_of_a_message_is_said_back(reflector: Reflector) -> None:
    told = (
        "We met at a salsa class. My husband died in March. I have a cat and a small garden "
        "and I work in a library."
    )
    assert reflector.clause(told) == "your husband died in March"


def test_a_feeling_named_in_the_next_sentence_is_joined(reflector: Reflector) -> None:
    told = (
        "My boyfriend broke up with me yesterday. We've been together two years. I am devastated."
    )
    said = "your boyfriend broke up with you yesterday, and you are devastated"
    assert reflector.clause(told) == said


def test_what_stands_before_but_is_not_said_back_alone(reflector: Reflector) -> None:
    clause = reflector.clause("I love my wife but I feel so lonely next to her")
    assert clause is not None
    assert "you feel so lonely next to her" in clause


def test_a_message_of_feeling_words_gets_them_back(reflector: Reflector) -> None:
    found = reflector.reflect("so lonely tonight", "seed")
    assert found is not None
    assert found.kind == "feeling"
    assert "you feel lonely tonight" in found.text


def test_the_name_after_a_role_is_left_out(reflector: Reflector) -> None:
    told = "My sister Anna stopped talking to me after the funeral."
    assert reflector.clause(told) == "your sister stopped talking to you after the funeral"
    assert reflector.clause("my son Ben's teacher ignored me") == "your son's teacher ignored you"


def test_what_somebody_is_said_to_have_done_stays_their_account(reflector: Reflector) -> None:
    texts = {reflector.reflect("My best friend lied to me.", str(seed)) for seed in range(40)}
    told = {found.text for found in texts if found is not None}
    assert len(told) > 1
    assert not any(text.startswith(("So ", "Your ")) for text in told)


def test_a_death_is_never_led_in_with_so(reflector: Reflector) -> None:
    for seed in range(40):
        found = reflector.reflect("My dad died on Monday.", str(seed))
        assert found is not None
        assert not found.text.startswith("So ")


def test_the_same_seed_gives_the_same_sentence(reflector: Reflector) -> None:
    told = "My girlfriend moved out three days ago."
    assert reflector.reflect(told, "a") == reflector.reflect(told, "a")
    found = [reflector.reflect(told, str(seed)) for seed in range(30)]
    assert len({one.text for one in found if one is not None}) >= 3


def test_the_kind_tells_event_feeling_and_pattern_apart(reflector: Reflector) -> None:
    told = {
        "My girlfriend moved out three days ago.": "event",
        "I feel so alone in this house.": "feeling",
        "I keep paying her fines.": "pattern",
    }
    for text, kind in told.items():
        found = reflector.reflect(text, "seed")
        assert found is not None
        assert found.kind == kind


def test_reading_a_message_takes_a_few_milliseconds(reflector: Reflector) -> None:
    told = "My boyfriend said he needed space and then he moved out, " * 12
    reflector.reflect(told, "warm")
    started = time.perf_counter()
    for seed in range(20):
        reflector.reflect(told, str(seed))
    assert (time.perf_counter() - started) / 20 < 0.05


def test_a_message_without_an_end_is_given_up_in_time(reflector: Reflector) -> None:
    started = time.perf_counter()
    reflector.reflect("my mum left and " * 250, "seed")
    assert time.perf_counter() - started < 1
