"""Joins two neighbouring sentences: what happened, and what came of it or what it was like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from belay.language.reflection_chosen import Chosen, count
from belay.language.reflection_segments import Clause
from belay.language.reflection_soundness import MOST_WORDS
from belay.language.reflection_tokens import Sentence, Token, plain
from belay.language.reflection_words import ReflectionWords

_AND = Token("and", "and")
_COMMA = Token(",", ",")
_JOINERS = {
    "but": "but",
    "however": "but",
    "yet": "yet",
    "still": "but still",
    "then": "and then",
    "now": "and now",
    "instead": "but instead",
}
# "I'm not angry that he left. I'm angry that he lied."
_DENIED = re.compile(r"^i(?:'m| am| was) not\b")
_FEWEST = 2
_HEAVY = 4


class Joiner:
    """Puts two whole sentences into one with the word that the client turned with, or "and"."""

    def __init__(self, words: ReflectionWords) -> None:
        self._words = words

    def joined(self, sound: Sequence[Chosen], sentences: Sequence[Sentence]) -> Iterator[Chosen]:
        """Every pair of neighbours that stays short enough to be one sentence."""
        whole = [one for one in sound if not one.clause.left and not one.clause.before]
        for first in whole:
            for second in whole:
                if second.clause.sentence == first.clause.sentence + 1:
                    pair = self._pair(first, second, sentences)
                    if pair is not None:
                        yield pair

    def _pair(self, first: Chosen, second: Chosen, sentences: Sequence[Sentence]) -> Chosen | None:
        turn = sentences[second.clause.sentence].turn
        if turn and turn not in _JOINERS:
            return None
        if self._is_aside(first) or (self._is_aside(second) and not turn):
            return None
        if self._words.denials.search(plain(second.clause.tokens)) and not turn:
            return None
        words = _JOINERS.get(turn, "and")
        if _DENIED.search(plain(first.clause.tokens)) and second.clause.opening.subject == "i":
            words = "but"
        if second.said.split()[0] in words.split():
            words = "and"
        tokens = (*first.clause.tokens, _COMMA, _AND, *second.clause.tokens)
        if count(tokens) > MOST_WORDS:
            return None
        clause = Clause(tokens, first.clause.opening, first.clause.sentence)
        load = max(first.load, second.load, key=lambda load: load.weight)
        said = f"{first.said}, {words} {second.said}"
        return Chosen(clause, said, load, second.clause.sentence)

    def _is_aside(self, one: Chosen) -> bool:
        """Whether a sentence only says who, how old, how long; it is joined to nothing."""
        text = plain(one.clause.tokens)
        if count(one.clause.tokens) < _FEWEST or self._words.ages.search(text):
            return True
        if self._words.it_may.search(text):
            return False
        return one.load.weight < _HEAVY and self._words.background.search(text) is not None
