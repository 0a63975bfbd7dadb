"""Turns a clause round: I to you, my to your; other persons and the tense stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

from belay.language.reflection_clauses import ClauseReader, Opening
from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_tokens import Token
from belay.language.reflection_words import ReflectionWords

_TURNED = {
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "we": "you",
    "us": "you",
    "our": "your",
    "ours": "yours",
    "ourselves": "yourselves",
    "i'm": "you're",
    "i've": "you've",
    "i'd": "you'd",
    "i'll": "you'll",
    "we're": "you're",
    "we've": "you've",
    "we'd": "you'd",
    "we'll": "you'll",
}
_AGREES = {"am": "are", "was": "were", "wasn't": "weren't"}
_BEFORE_PAIRS = frozenset(
    "and but so , that because when while if since after before until though although where "
    "whether once unless how why what then whenever".split()
)
_SHARED = frozenset({"i", "i'm", "i've", "i'd", "me", "myself"})
_DESCRIBES = frozenset({"other", "own", "only"})
_JOINS = frozenset({"and", "but", "or", ",", "then"})
_LEFT_OVER = re.compile(
    r"\b(?:i|i'm|i've|i'd|i'll|me|my|mine|myself|we|we're|we've|our|ours|ourselves)\b"
    r"|\byou (?:was|am|is|has)\b|\byour your\b|\byou you\b|\byou're are\b"
)


class CannotTurn(Exception):
    """A clause whose pronouns cannot be turned with certainty."""


class Turner:
    """Says a clause from the other side of the table."""

    def __init__(self, words: ReflectionWords, lexicon: Lexicon, clauses: ClauseReader) -> None:
        self._sets = words.sets
        self._roles = words.sets["bare_roles"]
        self._lexicon = lexicon
        self._clauses = clauses

    def turned(self, tokens: Sequence[Token], opening: Opening | None) -> str:
        """The clause as said to the client, without a capital at the start or a full stop.

        Raises:
            CannotTurn: Somebody or some verb could come out wrong.
        """
        self._refuse_unclear_us(tokens)
        said: list[str] = []
        place = 0
        while place < len(tokens):
            pair = self._pair_at(tokens, place, opening)
            if pair is not None:
                said.append(self._turned_pair(tokens, pair))
                place = pair.head
                continue
            said.append(self._word(tokens, place))
            place += 1
        text = " ".join(word for word in said if word).replace(" ,", ",")
        if _LEFT_OVER.search(text.lower()):
            raise CannotTurn
        return text

    def _pair_at(
        self, tokens: Sequence[Token], place: int, opening: Opening | None
    ) -> Opening | None:
        """The pair that begins a clause here. "Kind to my son and I left" holds none."""
        begins = opening is not None and place == opening.start
        if not begins and place and tokens[place - 1].low not in _BEFORE_PAIRS:
            return None
        found = self._clauses.opening(tokens, place)
        return found if found is not None and found.pair else None

    def _refuse_unclear_us(self, tokens: Sequence[Token]) -> None:
        """ "I cook for us" would become "you cook for you".

        Raises:
            CannotTurn: Both "I" and "us" are there.
        """
        if not any(token.low in _SHARED for token in tokens):
            return
        for place, token in enumerate(tokens):
            if token.low in ("us", "ourselves") and tokens[place - 1].low != "between":
                raise CannotTurn

    def _turned_pair(self, tokens: Sequence[Token], pair: Opening) -> str:
        """ "My husband and I" is "you and your husband"."""
        if pair.pair == "me_first":
            other = range(pair.start + 2, pair.head)
        else:
            other = range(pair.start, pair.head - 2)
        words = [self._word(tokens, place) for place in other]
        return " ".join(["you", "and", *words])

    def _word(self, tokens: Sequence[Token], place: int) -> str:
        token = tokens[place]
        low = token.low
        if low == "us" and token.text == "US":
            return token.text
        if low in _AGREES:
            return _AGREES[low] if self._is_mine(tokens, place) else low
        if low in _TURNED:
            return _TURNED[low]
        if low.removesuffix("'s") in self._roles and self._stands_alone(tokens, place):
            return f"your {token.text}"
        return token.text

    def _is_mine(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether "was" or "am" at this place belongs to "I".

        Raises:
            CannotTurn: Its subject was left out and could be somebody else.
        """
        before = place - 1
        while before >= 0 and (
            tokens[before].low in self._sets["adverbs"]
            and tokens[before].low not in ("both", "all", "each")
            or tokens[before].low.endswith("ly")
        ):
            before -= 1
        if before < 0:
            raise CannotTurn
        low = tokens[before].low
        after = tokens[place + 1].low if place + 1 < len(tokens) else ""
        if after == "i":
            raise CannotTurn
        if low == "i":
            return True
        if low not in _JOINS:
            return tokens[place].low == "am"
        if low == ",":
            raise CannotTurn
        openings = [
            found
            for start in range(before)
            if (found := self._clauses.opening(tokens, start)) is not None
        ]
        mine = {found.subject == "i" for found in openings}
        if len(mine) != 1:
            raise CannotTurn
        return mine.pop()

    def _stands_alone(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether "mum" is used as a name ("Mum called") and not after "my" or "a"."""
        if place == 0:
            return True
        before = tokens[place - 1].low
        first = place - 1
        while first > 0 and self._describes(tokens[first].low):
            first -= 1
        if tokens[first].low in self._sets["determiners"] or tokens[first].low.endswith("'s"):
            return False
        if before in ("and", "or") and place > 1 and (
            tokens[place - 2].low in self._roles or tokens[place - 2].low == "me"
        ):
            return tokens[place - 2].low == "me"
        return not self._describes(before) or bool(self._lexicon.verb(before))

    def _describes(self, low: str) -> bool:
        """Whether a word can stand between "a" and "mum": "single", "own", "foster"."""
        if low in self._sets["known"]:
            return low in _DESCRIBES
        return self._lexicon.adjective(low) or self._lexicon.noun(low)
