"""Puts back what people leave out: "lost my mum", "dumped again", "boyfriend moved out"."""

from __future__ import annotations

from collections.abc import Sequence

from belay.language.reflection_clauses import ClauseReader
from belay.language.reflection_feelings import FeelingReader
from belay.language.reflection_tokens import Sentence, Token
from belay.language.reflection_words import ReflectionWords

_I = Token("i", "i")
_MY = Token("my", "my")
_I_AM = Token("i'm", "i'm")
_WAS = Token("was", "was")
_JOINS = frozenset({"and", "but", ","})
_OBJECTS = frozenset({"my", "our", "the", "a", "her", "him", "them", "his"})


class Completion:
    """Completes sentences, and leaves alone those in which somebody else could be meant."""

    def __init__(
        self, words: ReflectionWords, clauses: ClauseReader, feelings: FeelingReader
    ) -> None:
        self._sets = words.sets
        self._was = [phrase.split() for phrase in sorted(words.sets["dropped_was"])]
        self._people = words.sets["single_people"] | words.sets["dropped_my"]
        self._clauses = clauses
        self._feelings = feelings

    def completed(self, sentences: Sequence[Sentence], number: int) -> tuple[Token, ...]:
        """The words of a sentence of a message, with what was left out."""
        tokens = sentences[number].tokens
        if self._clauses.after_lead_in(tokens, 0) is not None:
            return tokens
        lows = [token.low for token in tokens]
        with_my = (_MY, *tokens)
        if (
            lows[0].removesuffix("'s") in self._people
            and self._clauses.opening(with_my, 0) is not None
        ):
            return with_my
        doer = self._doer(sentences[number - 1]) if number else None
        if doer and lows[0] in self._sets["dropped_doer"] and "me" in lows:
            completed = (Token(doer, doer), *tokens)
            return completed if self._clauses.opening(completed, 0) is not None else tokens
        first = next((p for p, low in enumerate(lows) if p and low in _JOINS), len(lows))
        if (
            len(lows) < 2
            or "me" in lows[:first]
            or (number and not self._about_me(sentences[number - 1]))
        ):
            return tokens
        for words in self._was:
            if lows[: len(words)] == words and not _OBJECTS.intersection(lows[len(words) :][:1]):
                return (_I, _WAS, *tokens)
        if {lows[0], " ".join(lows[:2])} & self._sets["dropped_am"]:
            return (_I_AM, *tokens)
        if self._feelings.feels_about(lows):
            return (_I_AM, *tokens)
        completed = (_I, *tokens)
        if lows[0] in self._sets["dropped_i"] and self._clauses.opening(completed, 0) is not None:
            return completed
        return tokens

    def _doer(self, sentence: Sentence) -> str | None:
        """ "She" or "he" for the one person that a sentence begins with, where that is plain."""
        tokens = sentence.tokens
        if self._clauses.opening((_MY, *tokens), 0) is not None:
            tokens = (_MY, *tokens)
        found = self._clauses.after_lead_in(tokens, 0)
        if found is None or found.subject != "singular":
            return None
        head = tokens[found.head - 1].low.partition("'")[0]
        if head in ("he", "she"):
            return head
        if head in self._sets["female"]:
            return "she"
        return "he" if head in self._sets["male"] else None

    def _about_me(self, sentence: Sentence) -> bool:
        found = self._clauses.after_lead_in(sentence.tokens, 0)
        return found is None or found.subject == "i"
