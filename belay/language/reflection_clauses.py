"""Where a clause begins: a subject and, after it, a verb that agrees with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_tokens import Token
from belay.language.reflection_words import ReflectionWords

Subject = Literal["i", "plural", "singular", "it", "there"]

_LONGEST_NOUN_PHRASE = 6
_LONGEST_LEAD = 9
_MOST_ADVERBS = 3
_CONTRACTED = {
    "i": ("'m", "'ve", "'d", "'ll"),
    "plural": ("'re", "'ve", "'d", "'ll"),
    "singular": ("'s", "'d", "'ll"),
}
_FOR_I = frozenset({"am", "was", "wasn't", "have", "haven't", "do", "don't"})
_FOR_ONE = frozenset({"is", "isn't", "was", "wasn't", "has", "hasn't", "does", "doesn't"})
_FOR_MANY = frozenset({"are", "aren't", "were", "weren't", "have", "haven't", "do", "don't"})
_FOR_ANY = frozenset({"had", "hadn't", "did", "didn't"})
_INSIDE = frozenset({"of", "in", "from", "at", "on"})
_NOT_HEADS = frozenset(
    "old new best good big little own whole only first last second older younger former late "
    "dear oldest closest eldest youngest long short few many more most very one two three four "
    "five other same just so now in at on by it to no as".split()
)


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a clause, in places of a token list.

    Attributes:
        start: The first word of the subject.
        head: The word after the subject (the verb itself stands there or after adverbs).
        verb: The finite verb; the subject's own last word when the verb hangs on it ("I'm").
        subject: Who: the writer, another, several.
        turned: The subject is a pair with "I" last or "me" first.
    """

    start: int
    head: int
    verb: int
    subject: Subject
    pronoun: bool
    pair: Literal["", "i_last", "me_first"] = ""


class ClauseReader:
    """Finds openings. It would rather find none than a wrong one."""

    def __init__(self, words: ReflectionWords, lexicon: Lexicon) -> None:
        self._sets = words.sets
        self._lead_in = words.lead_in
        self._lexicon = lexicon
        self._roles = words.roles | words.sets["bare_roles"]

    def opening(self, tokens: Sequence[Token], start: int) -> Opening | None:
        """The opening whose subject begins exactly at `start`, or None."""
        if start >= len(tokens):
            return None
        return (
            self._pair(tokens, start) or self._pronoun(tokens, start) or self._nouns(tokens, start)
        )

    def after_lead_in(self, tokens: Sequence[Token], start: int) -> Opening | None:
        """The opening at `start` or after words of time and place there."""
        found = self.opening(tokens, start)
        if found is not None:
            return found
        for length in range(1, min(_LONGEST_LEAD, len(tokens) - start - 1) + 1):
            lead = " ".join(token.low for token in tokens[start : start + length])
            if not self._lead_in.fullmatch(lead):
                continue
            after = start + length
            if after < len(tokens) and tokens[after].low == ",":
                after += 1
            found = self.after_lead_in(tokens, after)
            if found is not None:
                return found
        return None

    def finite(self, word: str, subject: Subject) -> bool:
        """Whether the word is a finite verb that agrees with the subject."""
        if word in self._sets["modals"] or word in _FOR_ANY:
            return True
        if word in self._sets["be"] | self._sets["do"] | self._sets["have"]:
            return word in (
                _FOR_I if subject == "i" else _FOR_MANY if subject == "plural" else _FOR_ONE
            )
        forms = self._lexicon.verb(word)
        if "past" in forms:
            return True
        return ("base" if subject in ("i", "plural") else "third") in forms

    def _verb_after(self, tokens: Sequence[Token], head: int, subject: Subject) -> int | None:
        place = head
        for _ in range(_MOST_ADVERBS + 1):
            if place >= len(tokens):
                return None
            low = tokens[place].low
            adverb = low in self._sets["adverbs"]
            if not adverb and self.finite(low, subject):
                return place
            if not adverb and not (low.endswith("ly") and self._lexicon.adverb(low)):
                return None
            place += 1
        return None

    def _pronoun(self, tokens: Sequence[Token], start: int) -> Opening | None:
        low = tokens[start].low
        stem, mark, rest = low.partition("'")
        subject = self._pronoun_subject(stem)
        if subject is None:
            if low == "no" and start + 1 < len(tokens) and tokens[start + 1].low == "one":
                verb = self._verb_after(tokens, start + 2, "singular")
                if verb is not None:
                    return Opening(start, start + 2, verb, "singular", True)
            return None
        if mark:
            number = subject if subject in ("i", "plural") else "singular"
            if mark + rest not in _CONTRACTED[number] or start + 1 >= len(tokens):
                return None
            if number == "singular" and stem.endswith(("one", "body")) and rest == "s":
                return None if self._owns(tokens, start + 1) else self._hanging(start, subject)
            return self._hanging(start, subject)
        verb = self._verb_after(tokens, start + 1, subject)
        return None if verb is None else Opening(start, start + 1, verb, subject, True)

    def _hanging(self, start: int, subject: Subject) -> Opening:
        return Opening(start, start + 1, start, subject, True)

    def _pronoun_subject(self, word: str) -> Subject | None:
        if word == "i":
            return "i"
        if word in ("it", "there"):
            return "it" if word == "it" else "there"
        if word in self._sets["singular_pronouns"]:
            return "singular"
        return "plural" if word in self._sets["plural_pronouns"] else None

    def _pair(self, tokens: Sequence[Token], start: int) -> Opening | None:
        """ "Me and my brother", "my husband and I", "he and I", "my mum and dad"."""
        lows = [token.low for token in tokens[start : start + 12]]
        if lows[:2] == ["me", "and"]:
            end = self._other(tokens, start + 2)
            return self._plural_from(tokens, start, end, "me_first")
        first = self._other(tokens, start)
        if first is None or first + 1 >= len(tokens) or tokens[first].low != "and":
            return None
        if tokens[first + 1].low in ("i", "me"):
            return self._plural_from(tokens, start, first + 2, "i_last")
        return self._plural_from(tokens, start, self._other(tokens, first + 1), "")

    def _other(self, tokens: Sequence[Token], start: int) -> int | None:
        """The place after a short phrase for another person, or None."""
        if start >= len(tokens):
            return None
        if tokens[start].low in ("he", "she", "him", "her", "they") and (
            start + 1 >= len(tokens) or not self._lexicon.noun(tokens[start + 1].low)
        ):
            return start + 1
        if tokens[start].low in self._sets["bare_roles"]:
            return start + 1
        if tokens[start].low not in self._sets["owners"]:
            return None
        for end in range(start + 2, min(start + 5, len(tokens)) + 1):
            if tokens[end - 1].low in self._roles:
                return end
            if not self._inside(tokens[end - 1].low):
                return None
        return None

    def _plural_from(
        self,
        tokens: Sequence[Token],
        start: int,
        end: int | None,
        pair: Literal["", "i_last", "me_first"],
    ) -> Opening | None:
        if end is None:
            return None
        verb = self._verb_after(tokens, end, "plural")
        return None if verb is None else Opening(start, end, verb, "plural", False, pair)

    def _nouns(self, tokens: Sequence[Token], start: int) -> Opening | None:
        low = tokens[start].low
        if low.removesuffix("'s") in self._sets["bare_roles"]:
            found = self._headed(tokens, start, start + 1)
            if found is not None or not low.endswith("'s"):
                return found
        elif low not in self._sets["determiners"] and low not in ("one", "half"):
            return None
        if low in ("one", "half", "both", "some", "all", "most", "many") and (
            start + 1 < len(tokens) and tokens[start + 1].low in ("of", *self._sets["owners"])
        ):
            return self._part(tokens, start)
        for end in range(start + 2, min(start + 1 + _LONGEST_NOUN_PHRASE, len(tokens)) + 1):
            if not self._inside(tokens[end - 1].low):
                return None
            found = self._headed(tokens, start, end)
            if found is not None:
                return found
        return None

    def _part(self, tokens: Sequence[Token], start: int) -> Opening | None:
        """ "One of my friends", "half of my family", "both my parents"."""
        inner = start + (2 if tokens[start + 1].low == "of" else 1)
        if inner >= len(tokens) or tokens[inner].low not in self._sets["determiners"]:
            return None
        subject: Subject = "singular" if tokens[start].low == "one" else "plural"
        for end in range(inner + 2, min(inner + 5, len(tokens)) + 1):
            if not self._inside(tokens[end - 1].low):
                return None
            verb = self._verb_after(tokens, end, subject)
            if verb is not None:
                return Opening(start, end, verb, subject, False)
        return None

    def _headed(self, tokens: Sequence[Token], start: int, end: int) -> Opening | None:
        """The opening of a noun phrase that ends before `end`."""
        head = tokens[end - 1].low
        bare = head.removesuffix("'s")
        if tokens[end - 1].name or bare in _NOT_HEADS:
            return None
        if bare not in self._roles and not self._lexicon.noun(bare):
            return None
        if head != bare:
            if self._owns(tokens, end) or end >= len(tokens):
                return None
            return Opening(start, end, end - 1, "singular", False)
        for subject in self._numbers(bare):
            verb = self._verb_after(tokens, end, subject)
            if verb is not None and not self._may_be_noun(tokens, bare, verb):
                return Opening(start, end, verb, subject, False)
        after = self._past_phrase(tokens, end)
        if after is not None:
            for subject in self._numbers(bare):
                verb = self._verb_after(tokens, after, subject)
                if verb is not None:
                    return Opening(start, after, verb, subject, False)
        return None

    def _may_be_noun(self, tokens: Sequence[Token], head: str, verb: int) -> bool:
        """ "My Wednesday lectures": what looks like a verb ends a longer noun phrase."""
        word = tokens[verb].low
        if head in self._roles or "third" not in self._lexicon.verb(word):
            return False
        if word in self._sets["be"] | self._sets["have"] | self._sets["do"]:
            return False
        if not self._lexicon.plural(word):
            return False
        after = tokens[verb + 1].low if verb + 1 < len(tokens) else ""
        return after not in self._sets["determiners"] and after not in self._sets["after_verbs"]

    def _numbers(self, head: str) -> tuple[Subject, ...]:
        if head in self._sets["either_number"]:
            return ("singular", "plural")
        if head in self._sets["plural_nouns"] or self._lexicon.plural(head):
            return ("plural",)
        return ("singular",)

    def _past_phrase(self, tokens: Sequence[Token], end: int) -> int | None:
        """The place after "of eleven years", "from school", "at work" and the like."""
        if end >= len(tokens) or tokens[end].low not in _INSIDE:
            return None
        for after in range(end + 2, min(end + 5, len(tokens))):
            low = tokens[after - 1].low
            if not self._inside(low) and low not in self._sets["determiners"]:
                return None
            plural_or_noun = self._lexicon.noun(low) and low not in _NOT_HEADS
            if plural_or_noun and self._starts_verb(tokens, after):
                return after
        return None

    def _starts_verb(self, tokens: Sequence[Token], place: int) -> bool:
        return any(
            self._verb_after(tokens, place, subject) is not None
            for subject in ("singular", "plural")
        )

    def _inside(self, low: str) -> bool:
        """Whether a word may stand inside a noun phrase."""
        bare = low.removesuffix("'s")
        if bare in self._roles or low[:1].isdigit():
            return True
        if low in self._sets["be"] | self._sets["modals"] | self._sets["have"] | {",", "and"}:
            return False
        if self._pronoun_subject(bare) is not None or low in _INSIDE:
            return False
        return self._lexicon.noun(bare) or self._lexicon.adjective(bare) or low == "in"

    def _owns(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether 's before `place` is a possessive: a noun follows, and nothing verbal."""
        while place < len(tokens) and tokens[place].low in self._sets["adverbs"]:
            place += 1
        if place >= len(tokens):
            return True
        low = tokens[place].low
        if low in self._sets["determiners"] or low in _INSIDE or low in ("been", "not", "got"):
            return False
        forms = self._lexicon.verb(low)
        if "ing" in forms or "participle" in forms:
            return False
        if self._lexicon.noun(low) or low in self._roles:
            return True
        following = tokens[place + 1].low if place + 1 < len(tokens) else ""
        return self._lexicon.adjective(low) and self._lexicon.noun(following)
