"""Noun phrases as subjects: "my wife of eleven years", "dad's dementia", "one of my friends"."""

from __future__ import annotations

from collections.abc import Sequence

from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_opening import Opening
from belay.language.reflection_tokens import Token
from belay.language.reflection_verbs import Subject, VerbFinder
from belay.language.reflection_words import ReflectionWords

_LONGEST = 6
_LONGEST_PART = 4
_LONGEST_PHRASE = 4
_INSIDE = frozenset({"of", "in", "from", "at", "on"})
_PARTS = frozenset({"one", "half", "both", "some", "all", "most", "many"})
_SHUT = frozenset({",", "and"})


class NounReader:
    """Finds openings whose subject is a noun phrase."""

    def __init__(self, words: ReflectionWords, lexicon: Lexicon, verbs: VerbFinder) -> None:
        self._sets = words.sets
        self._lexicon = lexicon
        self._verbs = verbs
        self._roles = words.roles | words.sets["bare_roles"]
        self._shut = words.sets["be"] | words.sets["modals"] | words.sets["have"] | _SHUT
        self._pronouns = (
            words.sets["singular_pronouns"] | words.sets["plural_pronouns"] | {"i", "it", "there"}
        )

    def opening(self, tokens: Sequence[Token], start: int) -> Opening | None:
        """The opening of the noun phrase at `start`, or None."""
        low = tokens[start].low
        if low.removesuffix("'s") in self._sets["bare_roles"]:
            found = self._headed(tokens, start, start + 1)
            if found is not None or not low.endswith("'s"):
                return found
        elif low not in self._sets["determiners"] and low not in ("one", "half"):
            return None
        if low in _PARTS and _low(tokens, start + 1) in ("of", *self._sets["owners"]):
            return self._part(tokens, start)
        for end in range(start + 2, min(start + 1 + _LONGEST, len(tokens)) + 1):
            if not self.inside(tokens[end - 1].low):
                return None
            found = self._headed(tokens, start, end)
            if found is not None:
                return found
        return None

    def inside(self, low: str) -> bool:
        """Whether a word may stand inside a noun phrase."""
        bare = low.removesuffix("'s")
        if bare in self._roles or low[:1].isdigit() or low == "in":
            return True
        if low in self._shut or bare in self._pronouns or low in _INSIDE:
            return False
        return self._lexicon.noun(bare) or self._lexicon.adjective(bare)

    def owns(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether 's before `place` is a possessive: a noun follows, and nothing verbal."""
        if place < len(tokens) and tokens[place].low == "not":
            return False
        while place < len(tokens) and tokens[place].low in self._sets["adverbs"]:
            place += 1
        if place >= len(tokens):
            return True
        low = tokens[place].low
        if low in self._sets["determiners"] or low in _INSIDE or low in ("been", "not", "got"):
            return False
        if self._lexicon.verb(low) & {"ing", "participle"}:
            return False
        if self._lexicon.noun(low) or low in self._roles:
            return True
        return self._lexicon.adjective(low) and self._lexicon.noun(_low(tokens, place + 1))

    def _part(self, tokens: Sequence[Token], start: int) -> Opening | None:
        """ "One of my friends", "half of my family", "both my parents"."""
        inner = start + (2 if tokens[start + 1].low == "of" else 1)
        if _low(tokens, inner) not in self._sets["determiners"]:
            return None
        subject: Subject = "singular" if tokens[start].low == "one" else "plural"
        for end in range(inner + 2, min(inner + 1 + _LONGEST_PART, len(tokens)) + 1):
            if not self.inside(tokens[end - 1].low):
                return None
            verb = self._verbs.after(tokens, end, subject)
            if verb is not None:
                return Opening(start, end, verb, subject)
        return None

    def _headed(self, tokens: Sequence[Token], start: int, end: int) -> Opening | None:
        """The opening of a noun phrase whose last word stands before `end`."""
        head = tokens[end - 1].low
        bare = head.removesuffix("'s")
        if tokens[end - 1].name or bare in self._sets["not_heads"]:
            return None
        if bare not in self._roles and not self._lexicon.noun(bare):
            return None
        if head != bare:
            if end >= len(tokens) or self.owns(tokens, end):
                return None
            return Opening(start, end, end - 1, "singular")
        for subject in self._numbers(bare):
            verb = self._verbs.after(tokens, end, subject)
            if verb is not None and not self._may_be_noun(tokens, bare, verb):
                return Opening(start, end, verb, subject)
        after = self.past_phrase(tokens, end)
        if after is None:
            return None
        for subject in self._numbers(bare):
            verb = self._verbs.after(tokens, after, subject)
            if verb is not None:
                return Opening(start, after, verb, subject)
        return None

    def _may_be_noun(self, tokens: Sequence[Token], head: str, verb: int) -> bool:
        """ "My Wednesday lectures": what looks like a verb ends a longer noun phrase."""
        word = tokens[verb].low
        if head in self._roles or "third" not in self._lexicon.verb(word):
            return False
        if self._verbs.auxiliary(word) or not self._lexicon.plural(word):
            return False
        after = _low(tokens, verb + 1)
        return after not in self._sets["determiners"] and after not in self._sets["after_verbs"]

    def _numbers(self, head: str) -> tuple[Subject, ...]:
        if head in self._sets["either_number"]:
            return ("singular", "plural")
        if head in self._sets["plural_nouns"] or self._lexicon.plural(head):
            return ("plural",)
        return ("singular",)

    def past_phrase(self, tokens: Sequence[Token], end: int) -> int | None:
        """The place after "of eleven years", "from school", "at work" and the like."""
        if _low(tokens, end) not in _INSIDE:
            return None
        for after in range(end + 2, min(end + 1 + _LONGEST_PHRASE, len(tokens))):
            low = tokens[after - 1].low
            if not self.inside(low) and low not in self._sets["determiners"]:
                return None
            if not self._lexicon.noun(low) or low in self._sets["not_heads"]:
                continue
            if any(self._verbs.after(tokens, after, number) for number in _NUMBERS):
                return after
        return None


_NUMBERS: tuple[Subject, ...] = ("singular", "plural")


def _low(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].low if place < len(tokens) else ""
