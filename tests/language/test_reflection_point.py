"""The clause that is said back carries the point: the turn, the answer and the last event."""

from __future__ import annotations

from pathlib import Path

import pytest

from belay.language.reflection import Reflector

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def reflector() -> Reflector:
    return Reflector(CONTENT)


BOTH_HALVES = [
    (
        "I was going to leave him. Then he got ill, and now I can't.",
        "you were going to leave him, and then he got ill, and now you can't",
    ),
    ("Told mum I'm gay. She hung up.", "you told your mum you're gay, and she hung up"),
    ("Dad died Sunday. Brother didn't come.", "your dad died Sunday, and your brother didn't come"),
    (
        "I'm not angry that he left. I'm angry that he lied about it.",
        "you're not angry that he left, but you're angry that he lied about it",
    ),
    ("Mum sold the house. Didn't tell me.", "your mum sold the house, and she didn't tell you"),
    (
        "My brother and I used to share everything. Now he sends a thumbs up.",
        "you and your brother used to share everything, and now he sends a thumbs up",
    ),
]


@pytest.mark.parametrize(("told", "said"), BOTH_HALVES)
def test_two_sentences_that_belong_together_are_said_together(
    reflector: Reflector, told: str, said: str
) -> None:
    assert reflector.clause(told) == said


HALF_TOLD = [
    ("the answer", "I told my husband I was lonely and he said I should get a hobby."),
    ("the answer", "I told my boss I was struggling and he said aren't we all."),
    ("what takes it back", "I blew up at my partner over the dishwasher. It wasn't about that."),
    ("what turns it", "I miss my ex. I know he treated me badly, but I miss the company."),
    ("what was denied", "My friend thinks I'm cross with her. I'm not cross, I'm just worn out."),
    ("whose", "My girlfriend's cat hates me, her mother hates me, and I wonder about her."),
    ("the point of a long tale", "I had a daughter, she rang and said stop, and I put it down."),
    ("the reason for tears", "We were in the car, he drove too fast, and he said get out then."),
]


@pytest.mark.parametrize(("what", "told"), HALF_TOLD)
def test_half_of_it_is_never_said_back_alone(reflector: Reflector, what: str, told: str) -> None:
    assert reflector.clause(told) is None, what


UNSAID = [
    ("forgot", "I forgot our anniversary. She had cooked and I came home late."),
    ("cheated", "I cheated on my boyfriend once last summer."),
    ("lying", "I've been lying to my partner about money."),
    ("missed", "I missed my best friend's wedding because of a shift."),
    ("let", "I let my friend down badly."),
    ("cancer", "My dad has cancer and my brother won't visit."),
    ("dementia", "I'm looking after my mum with dementia and she thinks I'm stealing."),
]


@pytest.mark.parametrize(("word", "told"), UNSAID)
def test_what_would_sound_like_a_charge_and_a_named_illness_stay_unsaid(
    reflector: Reflector, word: str, told: str
) -> None:
    found = reflector.reflect(told, "seed")
    assert found is None or word not in found.text


BROKEN = [
    "I have afraid to say to my family that I am divorcing.",
    "My father passed away before two months.",
    "He closed me the door in the face.",
    "Now I see her with the new lady from church and I feel, I don't know, replaced.",
    "Im so jelous of my sisters baby.",
    "We had a god talk last night, me and my dad.",
    "my best friend is moving away next weak",
]


@pytest.mark.parametrize("told", BROKEN)
def test_slips_that_cannot_be_mended_are_not_copied(reflector: Reflector, told: str) -> None:
    assert reflector.clause(told) is None


OTHERS_DO_WRONG = [
    "My husband does nothing round the house unless I ask.",
    "My housemates all went out tonight and nobody asked me.",
    "My mother compares me with my cousin every time I ring.",
    "My friend cancelled on me for the fourth time.",
    "My boss took me off the project in front of everyone.",
    "My dad died in May and my brother won't speak to me.",
]


@pytest.mark.parametrize("told", OTHERS_DO_WRONG)
def test_what_others_did_is_led_in_as_an_account(reflector: Reflector, told: str) -> None:
    leads = ("You tell me that", "I hear that", "You write that", "From what you tell me")
    for seed in range(20):
        found = reflector.reflect(told, str(seed))
        assert found is not None
        assert found.text.startswith(leads)


def test_so_is_kept_for_news_and_for_the_client_themselves(reflector: Reflector) -> None:
    for told in ("My son moved out today.", "I passed over the bridge and I moved house today."):
        texts = {reflector.reflect(told, str(seed)) for seed in range(20)}
        assert any(found is not None and found.text.startswith("So ") for found in texts)


def test_a_second_so_never_follows_the_first(reflector: Reflector) -> None:
    told = "I'm the stepmum, so I pack the bags."
    for seed in range(20):
        found = reflector.reflect(told, str(seed))
        assert found is None or not found.text.startswith("So ")
