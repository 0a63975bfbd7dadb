"""A sentence as the clauses that can be said back by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from belay.language.reflection_clauses import ClauseReader, Opening
from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_soundness import MOST_WORDS
from belay.language.reflection_tokens import Sentence, Token
from belay.language.reflection_words import ReflectionWords

_DROPPABLE = frozenset({"and", "but", "so", "then", "or", "yet", "plus", "also"})
_TURNS = frozenset({"but", "or", "yet", "though", "although", "until", "unless", "except"})
_SO_FOLLOWS = frozenset({"and", "but", "or", "so"})
_FEWEST_KEPT = 4


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that can be said back together.

    Attributes:
        tokens: The words, with "I" put in where it was left out.
        opening: Where subject and verb are in them; None for a message of feeling words.
        sentence: Which sentence of the message they are from.
        cut: Something that followed in the sentence is left out.
    """

    tokens: tuple[Token, ...]
    opening: Opening | None
    sentence: int
    cut: bool = False


class SegmentReader:
    """Cuts sentences where an independent clause begins."""

    def __init__(self, words: ReflectionWords, lexicon: Lexicon, clauses: ClauseReader) -> None:
        self._words = words
        self._sets = words.sets
        self._lexicon = lexicon
        self._clauses = clauses

    def clauses(self, sentences: Sequence[Sentence]) -> Iterator[Clause]:
        """Every run of neighbouring clauses of every sentence, whole sentences first."""
        for number, sentence in enumerate(sentences):
            if "?" in sentence.end:
                continue
            tokens = self._completed(sentences, number)
            yield from self._runs(tokens, number)

    def segments(self, sentences: Sequence[Sentence]) -> list[tuple[Token, ...]]:
        """Every smallest part of the message, said back or not, for weighing."""
        parts: list[tuple[Token, ...]] = []
        for number, _ in enumerate(sentences):
            tokens = self._completed(sentences, number)
            starts = self._starts(tokens)
            for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
                parts.append(tuple(tokens[start:end]))
        return parts

    def _runs(self, tokens: tuple[Token, ...], number: int) -> Iterator[Clause]:
        starts = self._starts(tokens)
        ends = [*starts[1:], len(tokens)]
        for first, start in enumerate(starts):
            begin = self._past_joiners(tokens, start) if first else start
            for last in range(len(starts) - 1, first - 1, -1):
                if self._turns_after(tokens, ends[last]) or not _joined(tokens, starts, first, last):
                    continue
                kept = _trimmed(tokens[begin : ends[last]])
                found = self._opening(kept)
                if found is None:
                    break
                cut = ends[last] < len(tokens)
                yield Clause(kept, found, number, cut)
                if first == last:
                    yield from self._shortened(kept, found, number)

    def _opening(self, tokens: tuple[Token, ...]) -> Opening | None:
        found = self._clauses.after_lead_in(tokens, 0)
        return found if found is not None else self._dependent_first(tokens)

    def _dependent_first(self, tokens: tuple[Token, ...]) -> Opening | None:
        """ "When he left, I cried": the main clause's opening when both parts are there."""
        after = self._past_subordinator(tokens)
        if after is None:
            return None
        inner = self._clauses.after_lead_in(tokens, after)
        if inner is None:
            return None
        for place in range(inner.verb + 1, len(tokens)):
            if tokens[place].low in self._sets["clause_takers"]:
                continue
            before = tokens[place - 1].low
            if before in self._sets["clause_takers"] or before in self._sets["joiners"]:
                continue
            found = self._clauses.opening(tokens, place)
            if found is not None:
                return found
        return None

    def _past_subordinator(self, tokens: tuple[Token, ...]) -> int | None:
        lows = [token.low for token in tokens]
        for phrase in self._sets["subordinators"]:
            words = phrase.split()
            if lows[: len(words)] == words:
                return len(words)
        return None

    def _starts(self, tokens: tuple[Token, ...]) -> list[int]:
        starts = [0]
        if not tokens or self._past_subordinator(tokens) is not None:
            return starts
        place = 1
        while place < len(tokens):
            low = tokens[place].low
            if low == "," or low in _DROPPABLE:
                begin = self._past_joiners(tokens, place)
                found = self._clauses.after_lead_in(tokens, begin)
                if found is not None and not self._purpose(tokens, place, found):
                    starts.append(place)
                    place = begin
            place += 1
        return starts

    def _purpose(self, tokens: tuple[Token, ...], place: int, found: Opening) -> bool:
        """ "The telly is loud so I can't hear": the second part cannot stand alone."""
        return tokens[place].low == "so" and tokens[found.verb].low in self._sets["modals"]

    def _turns_after(self, tokens: tuple[Token, ...], end: int) -> bool:
        """Whether what follows takes back what was said: "I love him, but"."""
        following = [token.low for token in tokens[end : end + 2]]
        return any(low in _TURNS for low in following)

    def _past_joiners(self, tokens: tuple[Token, ...], place: int) -> int:
        while place < len(tokens) and (
            tokens[place].low == "," or tokens[place].low in _DROPPABLE
        ):
            place += 1
        return place

    def _shortened(
        self, tokens: tuple[Token, ...], opening: Opening, number: int
    ) -> Iterator[Clause]:
        """A long clause up to a word that begins a part which can be left out."""
        if len(tokens) <= MOST_WORDS // 2:
            return
        for place in range(opening.verb + _FEWEST_KEPT, len(tokens)):
            low = tokens[place].low
            if low in self._sets["cuttable"] or low == ",":
                kept = _trimmed(tokens[:place])
                if not self._turns_after(tokens, place):
                    yield Clause(kept, opening, number, cut=True)
                return

    def _completed(self, sentences: Sequence[Sentence], number: int) -> tuple[Token, ...]:
        """The words of a sentence, with the "I" that people leave out put back."""
        tokens = sentences[number].tokens
        if self._clauses.after_lead_in(tokens, 0) is not None:
            return tokens
        lows = [token.low for token in tokens]
        if "me" in lows or (number and not self._about_me(sentences[number - 1])):
            return tokens
        for phrase in sorted(self._sets["dropped_was"], key=len, reverse=True):
            words = phrase.split()
            if lows[: len(words)] == words and not _has_object(lows[len(words) :]):
                return (Token("i", "i"), Token("was", "was"), *tokens)
        if len(lows) > 1 and {lows[0], " ".join(lows[:2])} & self._sets["dropped_am"]:
            return (Token("i'm", "i'm"), *tokens)
        if self._feels_about(lows):
            return (Token("i'm", "i'm"), *tokens)
        if lows and lows[0] in self._sets["dropped_i"] and len(lows) > 1:
            completed = (Token("i", "i"), *tokens)
            if self._clauses.opening(completed, 0) is not None:
                return completed
        return tokens

    def _feels_about(self, lows: Sequence[str]) -> bool:
        """ "Jealous of his new coworker", "so tired of pretending"."""
        place = 0
        while place < len(lows) and (lows[place],) in self._words.around:
            place += 1
        for phrase in self._words.feelings:
            after = place + len(phrase)
            if tuple(lows[place:after]) == phrase and after + 1 < len(lows):
                return lows[after] in ("of", "about", "that", "by", "at")
        return False

    def _about_me(self, sentence: Sentence) -> bool:
        found = self._clauses.after_lead_in(sentence.tokens, 0)
        return found is None or found.subject == "i"


def _has_object(lows: Sequence[str]) -> bool:
    return bool(lows) and lows[0] in ("my", "our", "the", "a", "her", "him", "them", "his")


def _joined(tokens: Sequence[Token], starts: Sequence[int], first: int, last: int) -> bool:
    """Whether words join the clauses of a run; a comma alone makes a list of sentences."""
    return all(
        any(token.low in _SO_FOLLOWS for token in tokens[start : start + 2])
        for start in starts[first + 1 : last + 1]
    )


def _trimmed(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    while tokens and tokens[-1].low in (",", "and", "but", "or", "yet", "plus"):
        tokens = tokens[:-1]
    return tokens
