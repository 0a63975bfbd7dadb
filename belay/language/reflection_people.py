"""Whether "he", "she" or "them" in a clause could be taken for somebody else than was meant."""

from __future__ import annotations

from collections.abc import Sequence

from belay.language.reflection_segments import Clause
from belay.language.reflection_tokens import Sentence, Token
from belay.language.reflection_words import ReflectionWords

_SHE = frozenset({"she", "her", "hers", "herself", "she's", "she'd", "she'll"})
_HE = frozenset({"he", "him", "his", "himself", "he's", "he'd", "he'll"})
_THEY = frozenset({"they", "them", "their", "theirs", "they're", "they've", "they'd"})


class People:
    """Compares who is named in a clause with who is named in what it leaves out."""

    def __init__(self, words: ReflectionWords) -> None:
        self._either = words.sets["anybody"]
        self._she = words.sets["female"] | self._either
        self._he = words.sets["male"] | self._either

    def mixed_up(self, clause: Clause, sentences: Sequence[Sentence]) -> bool:
        """Whether a pronoun could mean somebody of the clause and somebody left out."""
        earlier = [*_flat(sentences[: clause.sentence]), *clause.before]
        lows = {token.low for token in clause.tokens}
        names = [token.low.removesuffix("'s") for token in earlier]
        for pronouns, fits in ((_SHE, self._she), (_HE, self._he)):
            out = {name for name in names if name in fits}
            for place, token in enumerate(clause.tokens):
                if token.low not in pronouns:
                    continue
                said = {before.low.removesuffix("'s") for before in clause.tokens[:place]} & fits
                if len(out - said) > 1 or (out - said and said):
                    return True
        begins = clause.tokens[clause.opening.start].low in _THEY or lows & {"them", "their"}
        return bool(begins) and not self._several_inside(clause)

    def _several_inside(self, clause: Clause) -> bool:
        """Whether "they" has somebody to stand for in the clause itself."""
        place = next(p for p, token in enumerate(clause.tokens) if token.low in _THEY)
        before = clause.tokens[:place]
        return any(
            token.low in ("my", "our", "his", "her", "the", "their", "everyone", "nobody")
            or token.low.endswith("s")
            for token in before
        )


def _flat(sentences: Sequence[Sentence]) -> list[Token]:
    return [token for sentence in sentences for token in sentence.tokens]
