"""Which words there are and what they can be, from spaCy's lemma tables: nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from spacy.lookups import load_lookups

VerbForm = Literal["base", "third", "past", "participle", "ing"]

# Verbs that double their last letter: "dropped" is a word, "droped" is none.
_DOUBLES = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]")
_Y_STAYS = re.compile(r"[^aeiou]yed$")
_SHORT_VERBS = frozenset({"be", "do", "go"})
_NONE: frozenset[VerbForm] = frozenset()
_VOWELS = frozenset("aeiou")
_CACHED = 20_000
_SHORTEST = 2


class Lexicon:
    """Tells known words from slips of the keyboard, and verbs, nouns and adjectives apart.

    Args:
        sets: Word lists of content/language/reflection/words.yml.
        more: Further known words (roles, feelings).
    """

    def __init__(self, sets: Mapping[str, frozenset[str]], more: Iterable[str] = ()) -> None:
        tables = load_lookups("en", ["lemma_index", "lemma_exc"])
        index = tables.get_table("lemma_index")
        exceptions = tables.get_table("lemma_exc")
        self._nouns = frozenset(index["noun"])
        self._verbs = frozenset(index["verb"]) | sets["verbs"]
        self._adjectives = frozenset(index["adj"])
        self._adverbs = frozenset(index["adv"])
        self._noun_forms: Mapping[str, list[str]] = exceptions["noun"]
        self._verb_forms: Mapping[str, list[str]] = exceptions["verb"]
        self._adjective_forms: Mapping[str, list[str]] = exceptions["adj"]
        self._known = sets["known"] | sets["capitals"] | frozenset(more)
        self._participle_only = sets["participle_only"]
        self._past_only = sets["past_only"]
        self._same_in_past = sets["same_in_past"]
        self.known = lru_cache(_CACHED)(self._is_known)
        self.verb = lru_cache(_CACHED)(self._forms)

    def noun(self, word: str) -> bool:
        """Whether the word can be a noun, singular or plural."""
        return word in self._nouns or word in self._noun_forms or self._singular(word) is not None

    def adjective(self, word: str) -> bool:
        """Whether the word can be an adjective, also compared."""
        return word in self._adjectives or word in self._adjective_forms

    def adverb(self, word: str) -> bool:
        """Whether the word can be an adverb."""
        return word in self._adverbs

    def no_verb_too(self, word: str) -> bool:
        """Whether the word can (also) be a noun, an adjective or an adverb."""
        return self.noun(word) or self.adjective(word) or self.adverb(word)

    def plural(self, word: str) -> bool:
        """Whether the word is a plural noun."""
        return word in self._noun_forms or (
            word not in self._nouns and self._singular(word) is not None
        )

    def counted(self, word: str) -> bool:
        """Whether a number may stand before the word: "weeks", "children"."""
        return self.plural(word) or self._singular(word) is not None

    def _is_known(self, word: str) -> bool:
        if word in self._known or word[:1].isdigit():
            return True
        if "-" in word:
            return all(self._is_known(part) for part in word.split("-") if part)
        for end in ("'s", "s'", "'"):
            if word.endswith(end):
                return self._is_known(word[: -len(end)] + ("s" if end == "s'" else ""))
        if len(word) <= _SHORTEST:
            return "base" in self._forms(word) and word in _SHORT_VERBS
        return (
            self.noun(word)
            or self.adjective(word)
            or self.adverb(word)
            or bool(self._forms(word))
            or self._compared(word)
        )

    def _singular(self, word: str) -> str | None:
        if not word.endswith("s") or len(word) <= _SHORTEST:
            return None
        for end, put in (("ies", "y"), ("ves", "f"), ("es", ""), ("s", "")):
            base = word[: -len(end)] + put
            if word.endswith(end) and (base in self._nouns or base in self._known):
                return base
        return None

    def _compared(self, word: str) -> bool:
        for end in ("er", "est"):
            stem = word[: -len(end)]
            if word.endswith(end) and (stem in self._adjectives or stem + "e" in self._adjectives):
                return True
        return False

    def _forms(self, word: str) -> frozenset[VerbForm]:
        """The forms that the word can be as a verb; empty when it is no verb."""
        if "-" in word and word not in self._verbs:
            return _NONE
        forms: set[VerbForm] = set()
        if word in self._verbs and word not in self._past_only:
            forms.add("base")
        if word in self._same_in_past:
            forms.update(("past", "participle"))
        if word in self._participle_only:
            forms.add("participle")
        elif word in self._past_only:
            forms.add("past")
        elif word in self._verb_forms:
            forms.update(_irregular(word))
        else:
            forms.update(self._regular(word))
        return frozenset(forms)

    def _regular(self, word: str) -> set[VerbForm]:
        if word.endswith("ing") and self._stem(word[:-3]):
            return {"ing"}
        if word.endswith("ed") and self._stem(word[:-2]) and not _Y_STAYS.search(word):
            return {"past", "participle"}
        if word.endswith("ied") and word[:-3] + "y" in self._verbs:
            return {"past", "participle"}
        if word.endswith("ies") and word[:-3] + "y" in self._verbs:
            return {"third"}
        if word.endswith("s") and not word.endswith("ss") and len(word) > _SHORTEST:
            if word[:-1] in self._verbs:
                return {"third"}
            if word.endswith("es") and word[:-2] in self._verbs:
                return {"third"}
        return set()

    def _stem(self, stem: str) -> bool:
        """Whether a verb loses its ending to this stem: walk, hop(p), lov(e)."""
        if len(stem) < _SHORTEST:
            return False
        if stem + "e" in self._verbs:
            return True
        if stem in self._verbs:
            return _DOUBLES.fullmatch(stem) is None
        doubled = stem[-1] == stem[-2] and stem[-1] not in _VOWELS
        return doubled and stem[:-1] in self._verbs


def _irregular(word: str) -> tuple[VerbForm, ...]:
    if word.endswith("ing"):
        return ("ing",)
    if word.endswith("s") and not word.endswith("ss"):
        return ("third",)
    return ("past", "participle")
