"""Finite verbs: which word after a subject is one, and whether it agrees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_tokens import Token
from belay.language.reflection_words import ReflectionWords

Subject = Literal["i", "plural", "singular", "it", "there"]

_MOST_ADVERBS = 3


class VerbFinder:
    """Finds the verb of a subject and checks auxiliaries against what follows them."""

    def __init__(self, words: ReflectionWords, lexicon: Lexicon) -> None:
        self._sets = words.sets
        self._lexicon = lexicon
        self._auxiliaries = words.sets["be"] | words.sets["do"] | words.sets["have"]

    def finite(self, word: str, subject: Subject) -> bool:
        """Whether the word is a finite verb that agrees with the subject."""
        if word in self._sets["modals"] or word in self._sets["verbs_of_any"]:
            return True
        if word in self._auxiliaries:
            return word in self._sets[_AGREEING.get(subject, "verbs_of_one")]
        forms = self._lexicon.verb(word)
        if word in self._sets["never_verbs"]:
            return False
        if "past" in forms:
            return True
        return ("base" if subject in ("i", "plural") else "third") in forms

    def auxiliary(self, word: str) -> bool:
        """Whether the word is a form of be, do or have."""
        return word in self._auxiliaries

    def after(self, tokens: Sequence[Token], head: int, subject: Subject) -> int | None:
        """The place of the verb at `head` or after adverbs there, or None."""
        for place in range(head, min(head + _MOST_ADVERBS + 1, len(tokens))):
            low = tokens[place].low
            adverb = low in self._sets["adverbs"]
            if not adverb and self.finite(low, subject):
                return place
            if not adverb and not (low.endswith("ly") and self._lexicon.adverb(low)):
                return None
        return None

    def fit(self, tokens: Sequence[Token]) -> bool:
        """Whether every auxiliary is followed by a form that it takes."""
        lows = [token.low for token in tokens]
        return all(self._fits(lows, place) for place in range(len(lows) - 1))

    def _fits(self, lows: Sequence[str], place: int) -> bool:
        low, after = lows[place], place + 1
        while after < len(lows) and lows[after] in self._sets["adverbs"]:
            after += 1
        if after >= len(lows):
            return True
        word = lows[after]
        forms = self._lexicon.verb(word)
        other = not forms or self._lexicon.no_verb_too(word)
        if low in self._sets["modals"] or low in ("didn't", "doesn't", "don't"):
            return word != "to" and ("base" in forms or other or word in self._sets["have"])
        if low.endswith("'ll") or low == "did":
            return "base" in forms or other
        if low == "to":
            return bool(forms & {"base", "ing"}) or not forms or self._lexicon.noun(word)
        plainly_other = other and (not forms or word not in self._sets["plain_verbs"])
        if low in self._sets["have"] or low.endswith("'ve"):
            told = word in self._sets["past_only"]
            return "participle" in forms or plainly_other and not told
        if low in self._sets["be"] or low.endswith(("'m", "'re")):
            return bool(forms & {"participle", "ing"}) or plainly_other
        return True


_AGREEING = {"i": "verbs_of_i", "plural": "verbs_of_many"}
