"""A sentence as the clauses that can be said back by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from belay.language.reflection_clauses import ClauseReader
from belay.language.reflection_completion import Completion
from belay.language.reflection_opening import Opening
from belay.language.reflection_soundness import MOST_WORDS
from belay.language.reflection_tokens import Sentence, Token, plain
from belay.language.reflection_words import ReflectionWords

_DROPPABLE = frozenset({"and", "but", "so", "then", "or", "yet", "plus", "also"})
_SKIPPED = _DROPPABLE | {","}
_TRIMMED = frozenset({",", "and", "but", "or", "yet", "plus"})
# "I haven't told him yet": the word belongs to what was not done.
_DENIES = ("n't", "not", "never", "nobody", "nothing", "cannot")
_JOINING = frozenset({"and", "but", "or", "so"})
_LONGEST_PARTNER = 4
_FEWEST_KEPT = 4
_LONGEST_RUN = MOST_WORDS + 8


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that can be said back together.

    Attributes:
        tokens: The words, with "I" put in where it was left out.
        opening: Where subject and verb are in them.
        sentence: Which sentence of the message they are from.
        left: What followed in the sentence and is left out.
        before: What stood before it in the sentence and is left out.
    """

    tokens: tuple[Token, ...]
    opening: Opening
    sentence: int
    left: tuple[Token, ...] = ()
    before: tuple[Token, ...] = ()

    @property
    def cut(self) -> bool:
        """Whether something that followed in the sentence is left out."""
        return bool(self.left)

    @property
    def late(self) -> bool:
        """Whether something that stood before it in the sentence is left out."""
        return bool(self.before)


class SegmentReader:
    """Cuts sentences where an independent clause begins."""

    def __init__(
        self, words: ReflectionWords, clauses: ClauseReader, completion: Completion
    ) -> None:
        self._words = words
        self._sets = words.sets
        self._subordinators = sorted(
            (phrase.split() for phrase in words.sets["subordinators"]), key=len, reverse=True
        )
        self._clauses = clauses
        self._completion = completion

    def clauses(self, sentences: Sequence[Sentence]) -> Iterator[Clause]:
        """Every run of neighbouring clauses of every sentence that asks nothing."""
        for number, sentence in enumerate(sentences):
            if "?" not in sentence.end:
                yield from self._runs(self._completion.completed(sentences, number), number)

    def parts(self, tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
        """The smallest clauses of a clause, without the words that join them."""
        return [part[_past_joiners(part, 0) :] for part in self._parts(tokens)]

    def subject(self, part: tuple[Token, ...]) -> str:
        """Who acts in a smallest clause, "none" where nobody is named."""
        found = self._clauses.after_lead_in(part, 0) if part else None
        if found is None:
            return "none"
        if found.pair in ("i_last", "me_first") or part[found.start].low.startswith("we"):
            return "i"
        return found.subject

    def others_act(self, tokens: tuple[Token, ...]) -> bool:
        """Whether somebody besides the client does something in these words."""
        for place in range(len(tokens)):
            found = self._clauses.opening(tokens, place)
            if found is None or found.subject not in ("singular", "plural"):
                continue
            if found.pair in ("i_last", "me_first") or tokens[found.start].low.startswith("we"):
                continue
            return True
        return False

    def segments(self, sentences: Sequence[Sentence]) -> list[tuple[Token, ...]]:
        """Every smallest part of the message, said back or not, for weighing."""
        return [
            part
            for number in range(len(sentences))
            for part in self._parts(self._completion.completed(sentences, number))
        ]

    def _parts(self, tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
        starts = self._starts(tokens)
        return [tokens[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]

    def _runs(self, tokens: tuple[Token, ...], number: int) -> Iterator[Clause]:
        starts = self._starts(tokens)
        ends = [*starts[1:], len(tokens)]
        parts = self._parts(tokens)
        for first, start in enumerate(starts):
            begin = _past_joiners(tokens, start) if first else start
            for last in range(len(starts) - 1, first - 1, -1):
                if last > first and ends[last] - begin > _LONGEST_RUN:
                    continue
                if self._turns_after(tokens, ends[last]) or not _joined(
                    parts[first + 1 : last + 1]
                ):
                    continue
                if last > first and any(self._tells_age(p) for p in parts[first : last + 1]):
                    continue
                kept = _trimmed(tokens[begin : ends[last]])
                found = self._dependent_first(kept) or self._clauses.after_lead_in(kept, 0)
                if found is None:
                    break
                clause = Clause(kept, found, number, tokens[ends[last] :], tokens[:start])
                yield clause
                if first == last:
                    yield from self._shortened(clause)

    def _tells_age(self, part: tuple[Token, ...]) -> bool:
        return self._words.ages.search(plain(part[_past_joiners(part, 0) :])) is not None

    def _dependent_first(self, tokens: tuple[Token, ...]) -> Opening | None:
        """ "When he left, I cried": the main clause's opening when both parts are there."""
        after = self._past_subordinator(tokens)
        inner = None if after is None else self._clauses.after_lead_in(tokens, after)
        if inner is None:
            return None
        for place in range(inner.verb + 1, len(tokens)):
            before = tokens[place - 1].low
            if tokens[place].low in self._sets["clause_takers"]:
                continue
            if before in self._sets["clause_takers"] or before in self._sets["joiners"]:
                continue
            found = self._clauses.opening(tokens, place)
            if found is not None:
                return found
        return None

    def _past_subordinator(self, tokens: tuple[Token, ...]) -> int | None:
        lows = [token.low for token in tokens]
        for words in self._subordinators:
            if lows[: len(words)] == words:
                return len(words)
        return None

    def _starts(self, tokens: tuple[Token, ...]) -> list[int]:
        starts = [0]
        if not tokens or self._past_subordinator(tokens) is not None:
            return starts
        opened = self._clauses.after_lead_in(tokens, 0)
        place = opened.verb + 1 if opened is not None else 1
        while place < len(tokens):
            if tokens[place].low in _SKIPPED:
                begin = _past_joiners(tokens, place)
                if opened is None and self._pair_with_i(tokens, starts[-1], place):
                    place = begin
                    continue
                found = self._clauses.after_lead_in(tokens, begin)
                if found is not None and not self._belongs(tokens, place, found):
                    starts.append(place)
                    opened = found
                    place = begin
            place += 1
        return starts

    def _belongs(self, tokens: tuple[Token, ...], place: int, found: Opening) -> bool:
        """ "So loud so I can't hear", "he's gone, I think": no clause of its own begins."""
        if tokens[place].low == "so" and tokens[found.verb].low in self._sets["modals"]:
            return True
        hedge = found.verb == len(tokens) - 1 and found.subject == "i"
        return hedge and tokens[found.verb].low in self._sets["hedges"]

    def _pair_with_i(self, tokens: tuple[Token, ...], start: int, place: int) -> bool:
        """ "The night carer and I argue": "I argue" is not a clause of its own."""
        lows = [token.low for token in tokens[place : place + 2]]
        short = place - start <= _LONGEST_PARTNER
        return lows == ["and", "i"] and short and tokens[start].low in self._sets["determiners"]

    def _turns_after(self, tokens: tuple[Token, ...], end: int) -> bool:
        """Whether what follows takes back what was said: "I love him, but"."""
        return any(token.low in self._sets["turns"] for token in tokens[end : end + 2])

    def _shortened(self, clause: Clause) -> Iterator[Clause]:
        """A long clause up to the first word that begins a part which can be left out."""
        tokens, opening = clause.tokens, clause.opening
        if len(tokens) <= MOST_WORDS // 2 or tokens[opening.verb].low in self._sets["say_words"]:
            return
        for place in range(opening.verb + _FEWEST_KEPT, len(tokens)):
            if tokens[place].low == "which" and tokens[place - 1].low != ",":
                continue
            if tokens[place].low in self._sets["cuttable"] | {","}:
                if not self._turns_after(tokens, place):
                    left = (*tokens[place:], *clause.left)
                    yield replace(clause, tokens=_trimmed(tokens[:place]), left=left)
                return


def _past_joiners(tokens: Sequence[Token], place: int) -> int:
    while place < len(tokens) and tokens[place].low in _SKIPPED:
        place += 1
    return place


def _joined(parts: Sequence[tuple[Token, ...]]) -> bool:
    """Whether words join the clauses of a run; a comma alone makes a list of sentences."""
    return all(any(token.low in _JOINING for token in part[:2]) for part in parts)


def _trimmed(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    while tokens and tokens[-1].low in _TRIMMED:
        if tokens[-1].low == "yet" and any(token.low.endswith(_DENIES) for token in tokens):
            return tokens
        tokens = tokens[:-1]
    return tokens
