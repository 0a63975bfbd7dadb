"""What weighs in a clause: a loss more than a quarrel, a quarrel more than the weather."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from belay.language.reflection_tokens import Token, plain
from belay.language.reflection_words import ReflectionWords


_NAMED = 5
_OF_OTHERS = 5
_GLAD = 2
_FAR = ("her ", "his ", "their ")
_FEELS = frozenset({"feel", "felt", "am", "was", "get", "got", "feeling", "been"})


@dataclass(frozen=True, slots=True)
class Load:
    """What a clause is about (None: nothing listed) and how much that weighs."""

    kind: str | None
    weight: int


def weigh(tokens: Sequence[Token], words: ReflectionWords) -> Load:
    """The heaviest thing in a clause."""
    text = plain(tokens)
    far = _OF_OTHERS if text.startswith(_FAR) else 0
    heaviest = Load(None, 0)
    for weight in words.weights:
        if weight.pattern.search(text):
            heaviest = Load(weight.kind, weight.weight - far)
            break
    if heaviest.weight < _NAMED and names_a_feeling(tokens, words, glad=False):
        return Load("feeling", _NAMED)
    if heaviest.weight < _GLAD and names_a_feeling(tokens, words):
        return Load("feeling", _GLAD)
    return heaviest


def names_a_feeling(tokens: Sequence[Token], words: ReflectionWords, *, glad: bool = True) -> bool:
    """Whether a clause is "I feel ..." or "I am ..." with a feeling word that may be said back."""
    lows = [token.low for token in tokens]
    while lows and lows[0] not in ("i", "i'm", "i've"):
        lows = lows[1:]
    if not lows:
        return False
    hung, lows = lows[0] == "i'm", lows[1:]
    while lows and (lows[0] in words.sets["adverbs"] or lows[0] in ("'ve", "been")):
        lows = lows[1:]
    if not hung:
        if not lows or lows[0] not in _FEELS:
            return False
        lows = lows[1:]
    while lows and (lows[0],) in words.around or lows[:1] in (["feeling"], ["been"]):
        lows = lows[1:]
    return any(
        tuple(lows[: len(phrase)]) == phrase
        for phrase in words.feelings
        if phrase[0] not in words.unsaid and (glad or phrase[0] not in words.glad)
    )


def sets_the_scene(tokens: Sequence[Token], words: ReflectionWords) -> bool:
    """Whether a clause only says who, how old, how long."""
    return words.background.search(plain(tokens)) is not None
