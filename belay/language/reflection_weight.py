"""What weighs in a clause: a loss more than a quarrel, a quarrel more than the weather."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from belay.language.reflection_feelings import FeelingReader
from belay.language.reflection_tokens import Token, plain
from belay.language.reflection_words import ReflectionWords

NAMED = 5
"""What "I feel" with a feeling word weighs; a death weighs more, a quarrel less."""

_GLAD = 2
_OF_OTHERS = 5
_FAR = ("her ", "his ", "their ")


@dataclass(frozen=True, slots=True)
class Load:
    """What a clause is about (None: nothing listed) and how much that weighs."""

    kind: str | None
    weight: int


class Scales:
    """Weighs clauses by the lists of content/language/reflection/events.yml."""

    def __init__(self, words: ReflectionWords, feelings: FeelingReader) -> None:
        self._words = words
        self._feelings = feelings

    def weigh(self, tokens: Sequence[Token]) -> Load:
        """The heaviest thing in a clause."""
        text = plain(tokens)
        far = text.startswith(_FAR)
        heaviest = next(
            (
                Load(weight.kind, weight.weight - _OF_OTHERS * (far and weight.kind == "loss"))
                for weight in self._words.weights
                if weight.pattern.search(text)
            ),
            Load(None, 0),
        )
        if heaviest.weight < NAMED and self._feelings.names(tokens, glad=False):
            return Load("feeling", NAMED)
        if heaviest.weight < _GLAD and self._feelings.names(tokens):
            return Load("feeling", _GLAD)
        return heaviest

    def sets_the_scene(self, tokens: Sequence[Token]) -> bool:
        """Whether a clause only says who, how old, how long."""
        return self._words.background.search(plain(tokens)) is not None
