"""Nothing hangs in the air: no "it" without its event, no dropped "yet", no "you" for two."""

from __future__ import annotations

from pathlib import Path

import pytest

from belay.language.reflection import Reflector

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def reflector() -> Reflector:
    return Reflector(CONTENT)


LEFT_OUT = [
    ("the event", "My friend has stopped eating with us, idiot that I am. I went home and cried."),
    ("what 'since' counts from", "Dad said I'm like my aunt. He meant it. I haven't rung since."),
    ("what 'that' is", "My ex called me a cow. He knows how much that hurts me."),
    (
        "the excuse shown up",
        "My dad missed my play. He said he was ill. I found out he was golfing.",
    ),
    ("the excuse shown up", "My boyfriend says he'll call when he can. That was three weeks ago."),
    ("the second half", "My ex got engaged and my son adores her. I should be pleased. I'm not."),
    (
        "the point",
        "My mum died and my sister took the ring. I sold the car. I just miss having a sister.",
    ),
    ("all but the background", "My mum's lived with us since dad died, and she said I cook badly."),
    ("all but the afraid half", "I am lodger here and she is rude with me. I am afraid to say."),
]


@pytest.mark.parametrize(("what", "told"), LEFT_OUT)
def test_nothing_is_said_back_that_hangs_on_what_is_left_out(
    reflector: Reflector, what: str, told: str
) -> None:
    assert reflector.clause(told) is None, what


KEPT = [
    (
        "My husband and I only talk about bills and that's it.",
        "you and your husband only talk about bills and that's it",
    ),
    ("I haven't told my mum yet.", "you haven't told your mum yet"),
    (
        "We got the flat today! My wife danced in the hall. I was so happy for her.",
        "you got the flat today, and your wife danced in the hall",
    ),
]


@pytest.mark.parametrize(("told", "said"), KEPT)
def test_small_words_that_turn_the_meaning_and_the_event_are_kept(
    reflector: Reflector, told: str, said: str
) -> None:
    clause = reflector.clause(told)
    assert clause is not None
    assert clause.startswith(said)


WRONG_PERSON = [
    "My little girl asked why daddy never rings.",
    "My son said mum shouted at him.",
    "My wife says mum needs her at weekends.",
    "We just go silent at night.",
    "I thought we were close.",
]


@pytest.mark.parametrize("told", WRONG_PERSON)
def test_a_parent_of_a_child_and_a_we_of_two_are_not_taken_for_the_client(
    reflector: Reflector, told: str
) -> None:
    assert reflector.clause(told) is None


CLUMSY = [
    "He hasn't held my hand since I think last winter.",
    "My boss shouted at me and I don't want problem.",
    "We see us only on Saturday.",
    "I miss her much.",
    "I'm alone with the childrens all the day.",
    "I argued with my sister about mums care.",
    "I just want to know if I am wrong to be hurt.",
    "My dad said I was a disappointment.",
]


@pytest.mark.parametrize("told", CLUMSY)
def test_slips_questions_to_belay_and_insults_are_not_copied(
    reflector: Reflector, told: str
) -> None:
    assert reflector.clause(told) is None


@pytest.mark.parametrize("told", ["I cry every night.", "I just stood there and I smiled."])
def test_what_would_sound_like_a_shrug_is_not_led_in_with_so(
    reflector: Reflector, told: str
) -> None:
    for seed in range(20):
        found = reflector.reflect(told, str(seed))
        assert found is None or not found.text.startswith("So ")


def test_a_feeling_for_somebody_is_said_back_without_their_name(reflector: Reflector) -> None:
    told = "My flatmate is rude. Nobody says so. I'm so irritated with everything he does lately."
    assert reflector.clause(told) == "you're so irritated with everything he does lately"


def test_what_was_cut_before_is_said_where_it_can_be(reflector: Reflector) -> None:
    told = "My ex rang my boss. He knows how much that hurts me."
    assert reflector.clause(told) == "your ex rang your boss, and he knows how much that hurts you"


@pytest.mark.parametrize("told", ["He rang. It hurts and it never ends.", "She left. It hurts me."])
def test_a_clause_that_begins_with_it_after_something_left_out_does_no_harm(
    reflector: Reflector, told: str
) -> None:
    found = reflector.clause(told)
    assert found is None or not found.startswith("it ")
