"""Turns a clause round: I to you, my to your; other persons and the tense stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

from belay.language.reflection_clauses import ClauseReader
from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_opening import Opening
from belay.language.reflection_tokens import Token
from belay.language.reflection_words import ReflectionWords

_SHARED = frozenset({"i", "i'm", "i've", "i'd"})
_ABOUT = frozenset({"about", "for", "in", "on"})
_US = frozenset({"us", "ourselves"})
_DESCRIBES = frozenset({"other", "own", "only"})
_JOINS = frozenset({"and", "but", "or", "then"})
_NOT_ADVERBS = frozenset({"both", "all", "each"})
_TOLD_YOU = re.compile(r"\b((?:told|tells|tell|promised|reminded) you)(?= you)")
_WRONG = re.compile(r"\byou (?:was|am|is|has)\b|\byour your\b|\byou you\b|\byou're are\b")


class CannotTurn(Exception):
    """A clause whose pronouns cannot be turned with certainty."""


class Turner:
    """Says a clause from the other side of the table."""

    def __init__(self, words: ReflectionWords, lexicon: Lexicon, clauses: ClauseReader) -> None:
        self._sets = words.sets
        self._turned = words.turned
        self._agrees = words.agrees
        self._roles = words.sets["bare_roles"]
        self._lexicon = lexicon
        self._clauses = clauses
        self._left_over = re.compile(rf"\b(?:{'|'.join(words.turned)})\b")

    def turned(self, tokens: Sequence[Token], opening: Opening) -> str:
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
                said += self._turned_pair(tokens, pair)
                place = pair.head
                continue
            said.append(self._word(tokens, place))
            place += 1
        text = _TOLD_YOU.sub(r"\1 that", " ".join(said).replace(" ,", ","))
        if self._left_over.search(text.replace("US", "").lower()) or _WRONG.search(text.lower()):
            raise CannotTurn
        return text

    def _pair_at(self, tokens: Sequence[Token], place: int, opening: Opening) -> Opening | None:
        """The pair that begins a clause here. "Kind to my son and I left" holds none."""
        if place not in (0, opening.start) and (
            tokens[place - 1].low not in self._sets["before_pairs"]
        ):
            return None
        found = self._clauses.opening(tokens, place)
        return found if found is not None and found.pair else None

    def _refuse_unclear_us(self, tokens: Sequence[Token]) -> None:
        """ "I cook for us" would become "you cook for you", "unsure about us" "about you".

        Raises:
            CannotTurn: "Us" is there, and "you" would not be the same.
        """
        with_i = any(token.low in _SHARED for token in tokens)
        for before, token in zip(tokens, tokens[1:], strict=False):
            if token.low not in _US or before.low == "between":
                continue
            if with_i or before.low in _ABOUT:
                raise CannotTurn

    def _turned_pair(self, tokens: Sequence[Token], pair: Opening) -> list[str]:
        """ "My husband and I" is "you and your husband"."""
        if pair.pair == "me_first":
            other = range(pair.start + 2, pair.head)
        else:
            other = range(pair.start, pair.head - 2)
        return ["you", "and", *(self._word(tokens, place) for place in other)]

    def _word(self, tokens: Sequence[Token], place: int) -> str:
        token = tokens[place]
        low = token.low
        if token.text == "US":
            return token.text
        if low in self._agrees:
            return self._agrees[low] if self._is_mine(tokens, place) else low
        if low == "me" and self._for_oneself(tokens, place):
            return self._turned["myself"]
        if low in self._turned:
            return self._turned[low]
        if low.removesuffix("'s") in self._roles and self._stands_alone(tokens, place):
            self._refuse_the_parent_of_another(tokens, place)
            return f"{self._turned['my']} {token.text}"
        return token.text

    def _refuse_the_parent_of_another(self, tokens: Sequence[Token], place: int) -> None:
        """ "My son asked where daddy is", "my wife says mum needs her": not the client's own.

        Raises:
            CannotTurn: A child or somebody who speaks is there whose parent it could be.
        """
        lows = {token.low.removesuffix("'s") for token in tokens[:place]}
        after = {token.low.removesuffix("'s") for token in tokens[place + 1 :]}
        speaks = lows & self._sets["say_words"] and lows & self._sets["other_families"]
        children = (lows | after) & self._sets["children_said"]
        if children or speaks or tokens[place].low in self._sets["pet_parents"]:
            raise CannotTurn

    def _for_oneself(self, tokens: Sequence[Token], place: int) -> bool:
        ends = place + 1 == len(tokens) or tokens[place + 1].low in {",", *_JOINS}
        if not ends or place < 2 or tokens[0].low != "i":
            return False
        return tokens[place - 1].low == "for" and tokens[place - 2].low in self._sets["time_for"]

    def _is_mine(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether "was" or "am" at this place belongs to "I".

        Raises:
            CannotTurn: Its subject was left out and could be somebody else.
        """
        before = place - 1
        while before >= 0 and self._between(tokens[before].low):
            before -= 1
        inverted = place + 1 < len(tokens) and tokens[place + 1].low == "i"
        if before < 0 or inverted or tokens[before].low == ",":
            raise CannotTurn
        if tokens[before].low == "i":
            return True
        if tokens[before].low not in _JOINS:
            return tokens[place].low == "am"
        mine = {
            found.subject == "i"
            for start in range(before)
            if (found := self._clauses.opening(tokens, start)) is not None
        }
        if len(mine) != 1:
            raise CannotTurn
        return mine.pop()

    def _between(self, low: str) -> bool:
        return low in self._sets["adverbs"] - _NOT_ADVERBS or low.endswith("ly")

    def _stands_alone(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether "mum" is used as a name ("Mum called") and not after "my" or "a"."""
        if place == 0:
            return True
        first = place - 1
        while first > 0 and self._describes(tokens[first].low):
            first -= 1
        if tokens[first].low == "that" and first == place - 1 and self._told(tokens[:first]):
            return True
        if tokens[first].low in self._sets["determiners"] or tokens[first].low.endswith("'s"):
            return False
        before = tokens[place - 1].low
        if before in ("and", "or") and place > 1:
            earlier = tokens[place - 2].low
            if earlier in self._roles or earlier == "me":
                return earlier == "me"
        return not self._describes(before) or bool(self._lexicon.verb(before))

    def _told(self, tokens: Sequence[Token]) -> bool:
        """Whether a "that" after these words begins what somebody said or thinks."""
        return any(token.low in self._sets["clause_takers"] for token in tokens[-2:])

    def _describes(self, low: str) -> bool:
        """Whether a word can stand between "a" and "mum": "single", "own", "foster"."""
        if low in self._sets["known"]:
            return low in _DESCRIBES
        return self._lexicon.adjective(low) or self._lexicon.noun(low)
