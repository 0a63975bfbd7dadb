"""A message as sentences of words, mended and without what says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_slips import Slips, dictated
from belay.language.reflection_words import ReflectionWords

MOST_CHARACTERS = 4000
QUOTE = '"'

_QUOTED = re.compile(
    r"[\"\u201c\u201d\u00ab][^\"\u201c\u201d\u00bb\n]*[\"\u201c\u201d\u00bb]"
    r"|(?<!\w)['\u2018](?=\w)[^'\u2018\n]{2,}?[.,!?]?['\u2019](?!\w)"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PIECE = re.compile(
    r"(?P<number>\d+(?:[.:]\d+)?(?:[^\W\d_]+)?)"
    r"|(?P<word>[^\W\d_][^\W_]*(?:['\u2019-](?=[^\W\d_])[^\W_]+)*['\u2019]?)"
    r"|(?P<end>[.!?\u2026;:\n]+|\s[-\u2013\u2014]+\s|\u2014|\u2013)"
    r"|(?P<comma>,)|(?P<quote>\")|(?P<sign>[&/@#+])"
)
_DAYS = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?")
_MONTHS = re.compile(r"january|february|april|june|july|august|september|october|november|december")
_MONTHS_TOO = frozenset({"march", "may"})
_SHORT_DAYS = {
    "mon": "Monday",
    "tues": "Tuesday",
    "weds": "Wednesday",
    "thurs": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_I = frozenset({"i'm", "i've", "i'd", "i'll"})
_WORDS_TOO = frozenset({"us", "may", "march", "ok", "mon", "god"})
_TWICE = frozenset({"had", "that"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a comma. `text` is how it is said back, `low` how it is compared."""

    text: str
    low: str
    name: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence, the sign that ended it and the word that turned to it ("" for none).

    The word is one like "but" or "then", left out of the words: what stood before it is half told.
    """

    tokens: tuple[Token, ...]
    end: str = ""
    turn: str = ""


def plain(tokens: Sequence[Token]) -> str:
    """Tokens as the patterns of the word lists read them."""
    return " ".join(token.low for token in tokens)


class SentenceReader:
    """Cuts a message into sentences and mends their words."""

    def __init__(self, words: ReflectionWords, lexicon: Lexicon) -> None:
        self._words = words
        self._lexicon = lexicon
        self._capitals = words.sets["capitals"]
        self._names = words.sets["names"]
        self._roles = words.roles | words.sets["bare_roles"]
        self._slips = Slips(words.common, lexicon.known)

    def read(self, text: str) -> list[Sentence]:
        """Give the sentences of a message, in order, without fillers; none is empty."""
        return [
            Sentence(tokens, sentence.end, self._turn(sentence.tokens))
            for sentence in self.split(text)
            if (tokens := self._stripped(sentence.tokens))
        ]

    def _turn(self, tokens: Sequence[Token]) -> str:
        lows = [token.low for token in tokens if token.low != "and"][:1]
        return next((low for low in lows if low in self._words.sets["sentence_turns"]), "")

    def split(self, text: str) -> list[Sentence]:
        """Give the sentences with everything that was typed in them."""
        text = dictated(text[:MOST_CHARACTERS].replace("\u2019", "'"))
        text = _QUOTED.sub(f" {QUOTE} ", text)
        text = _BRACKETS.sub(" ", text)
        shouted = text.isupper()
        sentences: list[Sentence] = []
        tokens: list[Token] = []
        for piece in _PIECE.finditer(text):
            if piece["end"]:
                if tokens:
                    sentences.append(Sentence(tuple(tokens), piece["end"].strip()))
                    tokens = []
                continue
            tokens += self._tokens(piece, first=not tokens, shouted=shouted)
        if tokens:
            sentences.append(Sentence(tuple(tokens)))
        return sentences

    def _tokens(self, piece: re.Match[str], *, first: bool, shouted: bool) -> Iterator[Token]:
        typed = piece[0]
        low = typed.lower()
        meant = self._meant(low)
        if meant is not None and not self._is_named(typed, meant, first=first):
            for word in meant:
                yield Token(_cased(word, word), word.lower())
            return
        capital = typed[:1].isupper() and not shouted
        known = low.removesuffix("'s") in self._capitals or low in _I
        told_apart = known and not (first and low in _WORDS_TOO)
        text = typed if capital and (told_apart or not first) else low
        name = low.removesuffix("'s") in self._names or (
            capital and not first and not known and low.removesuffix("'s") not in self._roles
        )
        if capital and typed.isupper() and len(typed) > 1 and not known:
            text, name = low, low in self._names
        if low.removesuffix("'s") in self._roles:
            text = low
        if known and low not in self._words.sets["as_typed"] and "'" not in low:
            text = typed if capital else low.capitalize()
        yield Token(_cased(text, low), low, name)

    def _meant(self, low: str) -> tuple[str, ...] | None:
        """The words that a slip of the keyboard stands for."""
        bare = low.removesuffix("'")
        if bare in self._words.spelling:
            return self._words.spelling[bare]
        if bare.endswith("in") and "ing" in self._lexicon.verb(bare + "g"):
            return None if self._lexicon.known(bare) else (bare + "g",)
        return self._slips.mended(low)

    def _is_named(self, typed: str, meant: tuple[str, ...], *, first: bool) -> bool:
        """Whether a capital shows a name that looks like a slip: "my friend Neva"."""
        inside = typed[:1].isupper() and not typed.isupper() and not first
        return inside and not meant[0][:1].isupper()

    def _in_place(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Mends what only its neighbours tell: "an i left", "had 2 cancel", "id be lost"."""
        for place, token in enumerate(tokens):
            before = tokens[place - 1].low if place else ""
            after = tokens[place + 1].low if place + 1 < len(tokens) else ""
            forms = self._lexicon.verb(after)
            if self._follows_role(tokens, place):
                continue
            if after.endswith("'s") and self._follows_role(tokens, place + 1):
                yield Token(token.text + "'s", token.low + "'s")
                continue
            if token.low == "an" and after and self._is_and(after):
                yield Token("and", "and")
            elif token.low in ("2", "4") and self._is_word(token.low, before, after):
                word = "to" if token.low == "2" else "for"
                yield Token(word, word)
            elif token.low in _MONTHS_TOO and before in self._words.sets["before_months"]:
                yield Token(token.low.capitalize(), token.low)
            elif before == "on" and token.low in _SHORT_DAYS:
                yield Token(_SHORT_DAYS[token.low], _SHORT_DAYS[token.low].lower())
            elif (
                token.low == "id"
                and before not in self._words.sets["owners"]
                and (
                    "base" in forms or after in self._words.sets["adverbs"] | {"been", "be", "have"}
                )
            ):
                yield Token("i'd", "i'd")
            elif token.low == "its" and (
                forms & {"ing", "participle"} or after in self._words.sets["after_its"]
            ):
                yield Token("it's", "it's")
            else:
                yield token

    def _is_and(self, after: str) -> bool:
        """Whether "an" is "and": no vowel follows, or a pronoun does."""
        stem = after.partition("'")[0]
        pronouns = self._words.sets["singular_pronouns"] | self._words.sets["plural_pronouns"]
        return after[0] not in "aeiouh8" or stem in pronouns | {"i", "it", "his", "her"}

    def _is_word(self, digit: str, before: str, after: str) -> bool:
        """Whether "2" is "to" and "4" is "for": nothing that can be counted follows."""
        if after in self._words.sets["after_to"] or (digit == "4" and after[:1].isdigit()):
            return True
        if not after or not after[0].isalpha() or self._lexicon.counted(after):
            return False
        return digit == "4" or before in self._words.sets["before_to"]

    def _follows_role(self, tokens: Sequence[Token], place: int) -> bool:
        """ "My sister Anna": the role says who; the name is not said back."""
        owners = self._words.sets["owners"]
        return (
            place > 1
            and tokens[place].name
            and tokens[place - 1].low in self._roles
            and any(token.low in owners for token in tokens[max(0, place - 3) : place - 1])
        )

    def _stripped(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        kept: list[Token] = []
        for token in self._in_place(tokens):
            if token.low in self._words.fillers:
                continue
            if kept and token.low == kept[-1].low and token.low not in _TWICE:
                continue
            kept.append(token)
        stripped = _without_commas(kept)
        while (shorter := self._shorter(stripped)) is not None:
            stripped = _without_commas(shorter)
        return tuple(stripped)

    def _shorter(self, tokens: Sequence[Token]) -> Sequence[Token] | None:
        lows = tuple(token.low for token in tokens)
        for phrase in self._words.openers:
            if lows[: len(phrase)] == phrase:
                return tokens[len(phrase) :]
        for phrase in self._words.closers:
            if len(lows) > len(phrase) and lows[-len(phrase) :] == phrase:
                return tokens[: -len(phrase)]
        return None


def _without_commas(tokens: Sequence[Token]) -> Sequence[Token]:
    start, end = 0, len(tokens)
    while start < end and tokens[start].low == ",":
        start += 1
    while end > start and tokens[end - 1].low == ",":
        end -= 1
    return tokens[start:end]


def _cased(text: str, low: str) -> str:
    if _DAYS.fullmatch(low) or _MONTHS.fullmatch(low) or low == "christmas":
        return low.capitalize()
    return text
