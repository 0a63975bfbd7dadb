"""The scripted counterpart reacts to what a line does, the same way each time."""

from __future__ import annotations

import pytest

from belay.domain.client import Risk
from belay.domain.rehearsal import (
    MOST_LINES,
    Place,
    Reaction,
    Remark,
    exchange,
    may_rehearse,
    says_again,
)

SENTENCE = "Would you text me before you drop by?"


def test_a_clear_sentence_meets_a_why_then_guilt_then_a_yes() -> None:
    place, seen = Place(), []
    while True:
        said = exchange(place, SENTENCE, {"F11"}, SENTENCE)
        seen.append((said.reaction, said.level))
        if said.following is None:
            break
        place = said.following
    assert seen == [(Reaction.ASKS_WHY, 1), (Reaction.GUILT, 2), (Reaction.ACCEPTS, 3)]


@pytest.mark.parametrize(
    ("features", "remark", "reaction"),
    [
        ({"F05"}, Remark.STINGS, Reaction.GETS_HURT),
        ({"F10", "F11"}, Remark.STINGS, Reaction.GETS_HURT),
        ({"F15", "F11"}, Remark.SHRINKS, Reaction.HURRY),
        ({"F16"}, Remark.EXPLAINS, Reaction.ASKS_WHY),
        (set(), Remark.SAY_IT, Reaction.CHANGES_TOPIC),
    ],
)
def test_the_reaction_follows_from_what_the_line_does(
    features: set[str], remark: Remark, reaction: Reaction
) -> None:
    said = exchange(Place(), "well you know how it is", features, SENTENCE)
    assert (said.remark, said.reaction) == (remark, reaction)


def test_someone_who_was_hurt_is_seen_first() -> None:
    hurt = Place(1, 1, Reaction.GETS_HURT)
    cold = exchange(hurt, SENTENCE, {"F11"}, SENTENCE)
    kind = exchange(
        hurt, "I see that it hurt you. And would you text before you drop by?", {"F11"}, SENTENCE
    )
    assert (cold.remark, cold.reaction) == (Remark.REPAIR_FIRST, Reaction.GETS_HURT)
    assert kind.remark is Remark.REPAIRED
    assert kind.reaction is not Reaction.GETS_HURT


def test_the_broken_record_is_heard_in_other_words_too() -> None:
    assert says_again("I know. Still, please text me before you drop by.", SENTENCE)
    assert not says_again("You never listen to a word of mine.", SENTENCE)


def test_getting_drawn_away_is_met_with_the_own_sentence() -> None:
    said = exchange(Place(1, 1, Reaction.ASKS_WHY), "I called the bank", set(), SENTENCE)
    assert said.remark is Remark.SAY_AGAIN


def test_no_rehearsal_goes_on_for_ever() -> None:
    place = Place()
    for _ in range(MOST_LINES):
        said = exchange(place, "you are so lazy", {"F05"}, SENTENCE)
        if said.following is None:
            return
        place = said.following
    raise AssertionError("it never ended")


def test_a_place_survives_being_written_down() -> None:
    place = Place(3, 2, Reaction.GUILT)
    assert Place.read(place.written()) == place
    assert Place.read("rehearse.x") == Place()
    assert Place.read("rehearse.1.9.nonsense") == Place(1, 3, None)


@pytest.mark.parametrize("risk", [Risk.RED, Risk.WATCH, Risk.UNKNOWN])
def test_nobody_practises_with_someone_who_may_be_unsafe(risk: Risk) -> None:
    assert not may_rehearse("G1", risk, "My limit")
    assert may_rehearse("G1", Risk.NONE, "My limit")
    assert not may_rehearse("G0", Risk.NONE, "My limit")
    assert not may_rehearse("G1", Risk.NONE, None)
