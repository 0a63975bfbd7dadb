"""What leads into a clause: "so" before what is nobody's fault, an account before what may be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from belay.language.reflection_chosen import Chosen
from belay.language.reflection_clauses import ClauseReader
from belay.language.reflection_feelings import FeelingReader
from belay.language.reflection_opening import Opening
from belay.language.reflection_tokens import Token, plain
from belay.language.reflection_words import ReflectionWords

_LOSS = "loss"
_NEAR = 6
_WE = re.compile(r"we(?:'re|'ve|'d)?$")
_FAILS = re.compile(
    r"\b(?:won't|doesn't|didn't|hasn't|wouldn't|isn't|don't|haven't|never|forgot|nobody|refused)\b"
)
_GONE = re.compile(
    r"\b(?:died|passed|dying|gone|lost|buried|miscarried|put down|dead"
    r"|(?:is|are|was|very|so|been) (?:ill|sick|unwell|in hospital)|funeral (?:is|was))\b"
)
_OTHERS = ("singular", "plural")


class Leads:
    """Chooses the stems that are right before a clause."""

    def __init__(
        self, words: ReflectionWords, clauses: ClauseReader, feelings: FeelingReader
    ) -> None:
        self._words = words
        self._clauses = clauses
        self._feelings = feelings

    def of(self, chosen: Chosen) -> Sequence[str]:
        """The stems for a clause."""
        return self._words.stems[self._kind(chosen)]

    def _kind(self, chosen: Chosen) -> str:
        tokens = chosen.clause.tokens
        text = plain(tokens)
        others = self._acts_of_others(tokens)
        if self._words.contested.search(text) or chosen.load.kind == "contested":
            return "contested"
        if chosen.load.kind == _LOSS or self._words.illness.search(text):
            plainly = others <= 1 and _GONE.search(text) and not _FAILS.search(text)
            return _LOSS if plainly else "told"
        if self._words.confessed.search(text):
            return "told"
        if self._opens_with_a_feeling(chosen):
            return "feeling"
        if (
            "but" not in text.split()
            and not self._words.flat.search(text)
            and (
                not others
                or (others == 1 and self._words.neutral.search(text) and not _FAILS.search(text))
            )
        ):
            return "own"
        return "told"

    def _opens_with_a_feeling(self, chosen: Chosen) -> bool:
        """Whether the feeling is the first thing said, so that "it sounds like" fits."""
        opening = chosen.clause.opening
        near = chosen.clause.tokens[opening.start : opening.start + _NEAR]
        own = opening.subject == "i" and not chosen.joined
        return own and self._feelings.names(near) and " like " not in chosen.said

    def _acts_of_others(self, tokens: Sequence[Token]) -> int:
        """In how many places somebody else does something."""
        found: list[Opening] = []
        for place in range(len(tokens)):
            opening = self._clauses.opening(tokens, place)
            if opening is None or (found and opening.start < found[-1].head):
                continue
            found.append(opening)
        return sum(
            1
            for opening in found
            if opening.subject in _OTHERS
            and opening.pair not in ("i_last", "me_first")
            and not _WE.match(tokens[opening.start].low)
        )
