"""What is never said back. In doubt an authored open line is said, and nothing is mirrored."""

from __future__ import annotations

from pathlib import Path

import pytest

from belay.language.reflection import Reflector
from belay.language.reflection_words import ReflectionContentError, load_words

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def reflector() -> Reflector:
    return Reflector(CONTENT)


NEVER = [
    ("violence", "My husband hit me last night and then he cried."),
    ("violence", "she threw a plate at my head on Sunday"),
    ("fear", "I'm scared of my boyfriend when he gets home."),
    ("control", "He won't let me see my sister."),
    ("death wish", "I don't want to wake up tomorrow. My wife left me."),
    ("death wish", "everyone would be better off without me"),
    ("self-harm", "I started cutting again after my boyfriend left me"),
    ("self-harm", "My sister saw the scars on my arm and told our mum."),
    ("own violence", "I pushed my wife and she left."),
    ("sex", "We had sex on Sunday and then he stopped calling me."),
    ("slur", "my dad called my girlfriend a slut and I left"),
    ("a minor", "I'm 15 and my boyfriend broke up with me."),
    ("insult", "My husband is an idiot."),
    ("insult of oneself", "I feel like such a failure."),
    ("diagnosis", "My ex is a narcissist."),
    ("diagnosis", "My wife has been diagnosed with depression."),
    ("blame as a fact", "He ruined my life."),
    ("blame as a fact", "It's all his fault."),
    ("a name", "Anna stopped talking to me."),
    ("a name", "jake told me he loves me"),
    ("quoted speech", 'She said "I never loved you" and left.'),
    ("unquoted speech", "he said why do you always do this"),
    ("unquoted speech", "he's like no I meant any time"),
    ("a question", "Does he still love me?"),
    ("a question", "why am i like this"),
    ("a question to the bot", "Can you help me with my boyfriend?"),
    ("speech to the bot", "you don't understand me"),
    ("denied twice", "I can't tell nobody about my boyfriend."),
    ("denied twice", "I can't not think about him."),
    ("sarcasm", "dumped again. great."),
    ("sarcasm", "he forgot my birthday lol"),
    ("advice", "I should leave him."),
    ("advice", "I have to tell my wife."),
    ("a verdict on oneself", "I've got this coming."),
    ("another language", "mi marido me dejó ayer"),
    ("another language", "Meine Frau hat mich verlassen"),
    ("another script", "моя жена ушла от меня"),
    ("grammar that would sound mocking", "My husband he don't talk with me."),
    ("grammar that would sound mocking", "She say me only one sentence."),
    ("a word nobody knows", "my husband left me for a frobnitz"),
    ("only scene-setting", "I'm 23, she's 24, together two years"),
    ("only scene-setting", "it's about my boyfriend"),
    ("about the chat", "I don't know where to start."),
    ("us that would change its meaning", "He told me he's not sure about us."),
    ("us that would change its meaning", "I cook for us every day."),
    ("over between us", "We're over."),
    ("nothing", ""),
    ("nothing", "..."),
    ("an emoji", "\N{CRYING FACE}"),
    ("no", "no one"),
]


@pytest.mark.parametrize(("what", "told"), NEVER)
def test_it_is_never_said_back(reflector: Reflector, what: str, told: str) -> None:
    assert reflector.reflect(told, "seed") is None, what


def test_a_harmless_clause_beside_an_insult_may_be_said_back(reflector: Reflector) -> None:
    assert reflector.clause("My boss is an idiot. My girlfriend moved out.") == (
        "your girlfriend moved out"
    )


def test_a_message_whose_heaviest_part_cannot_be_said_gets_no_lesser_mirror(
    reflector: Reflector,
) -> None:
    told = "My wife has been diagnosed with bowel cancer. We went for a walk on Sunday."
    assert reflector.reflect(told, "seed") is None


def test_no_one_does_not_lose_its_no(reflector: Reflector) -> None:
    found = reflector.clause("no one remembered my birthday")
    assert found in (None, "no one remembered your birthday")
    assert reflector.clause("nobody remembered my birthday") == "nobody remembered your birthday"


def test_a_hedge_at_the_end_is_kept(reflector: Reflector) -> None:
    found = reflector.clause("My boyfriend is leaving me, I think.")
    assert found in (None, "your boyfriend is leaving you, you think")


def test_a_very_long_message_does_no_harm(reflector: Reflector) -> None:
    reflector.reflect("my mum left and " * 3000, "seed")
    reflector.reflect("a" * 20_000, "seed")


def test_a_missing_word_list_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(ReflectionContentError, match=r"words\.yml: cannot be read"):
        load_words(tmp_path)
