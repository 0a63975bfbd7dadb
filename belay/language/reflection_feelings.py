"""Feeling words in a message: named by the client, about the client, fit to be said back."""

from __future__ import annotations

from collections.abc import Sequence

from belay.language.reflection_tokens import Sentence, Token
from belay.language.reflection_words import ReflectionWords

_FEELS = frozenset({"feel", "felt", "am", "was", "get", "got", "feeling", "been"})
_ABOUT = frozenset({"of", "about", "that", "by", "at", "with"})
_AFTERTHOUGHT = 5


class FeelingReader:
    """Finds feeling words that may be said back."""

    def __init__(self, words: ReflectionWords) -> None:
        self._words = words

    def names(self, tokens: Sequence[Token], *, glad: bool = True) -> bool:
        """Whether a clause is "I feel ..." or "I am ..." with such a word, glad ones included."""
        lows = [token.low for token in tokens]
        return any(
            self._names_after(lows[place:], glad=glad)
            for place, low in enumerate(lows)
            if low in ("i", "i'm", "i've")
        )

    def _names_after(self, lows: Sequence[str], *, glad: bool) -> bool:
        hung, lows = lows[0] == "i'm", lows[1:]
        while lows and (lows[0] in self._words.sets["adverbs"] or lows[0] == "been"):
            lows = lows[1:]
        if not hung:
            if not lows or lows[0] not in _FEELS:
                return False
            lows = lows[1:]
        while lows and (lows[0] in ("feeling", "been") or (lows[0],) in self._words.around):
            lows = lows[1:]
        length = self._named(lows)
        return length > 0 and (glad or lows[0] not in self._words.glad)

    def feels_about(self, lows: Sequence[str]) -> bool:
        """ "Jealous of his new coworker", "so tired of pretending": "I'm" is left out."""
        place = 0
        while place < len(lows) and (lows[place],) in self._words.around:
            place += 1
        after = place + self._named(lows[place:])
        return place < after < len(lows) - 1 and lows[after] in _ABOUT

    def bare(self, sentences: Sequence[Sentence]) -> str | None:
        """The feeling words of a message of little else ("so lonely tonight"), or None."""
        if any("?" in sentence.end for sentence in sentences):
            return None
        rest = sum(len(sentence.tokens) for sentence in sentences[1:])
        if rest > _AFTERTHOUGHT:
            return None
        lows = [token.low for token in sentences[0].tokens]
        while lows and lows[0] in ("just", "still"):
            lows = lows[1:]
        named, place = False, 0
        while place < len(lows):
            length = self._named(lows[place:])
            named = named or length > 0
            length = length or self._around(lows[place:])
            if not length:
                return None
            place += length
        return " ".join(lows).replace(" ,", ",") if named else None

    def _named(self, lows: Sequence[str]) -> int:
        """How many words the feeling word at the start has; 0 when there is none."""
        if not lows or lows[0] in self._words.unsaid:
            return 0
        return next(
            (len(word) for word in self._words.feelings if tuple(lows[: len(word)]) == word), 0
        )

    def _around(self, lows: Sequence[str]) -> int:
        return next(
            (len(word) for word in self._words.around if tuple(lows[: len(word)]) == word), 0
        )
