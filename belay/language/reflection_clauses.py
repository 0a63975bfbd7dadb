"""Where a clause begins: a subject and, after it, a verb that agrees with it."""

from __future__ import annotations

from collections.abc import Sequence

from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_nouns import NounReader
from belay.language.reflection_opening import Opening, Pair
from belay.language.reflection_tokens import Token
from belay.language.reflection_verbs import Subject, VerbFinder
from belay.language.reflection_words import ReflectionWords

_LONGEST_LEAD = 9
_LONGEST_OTHER = 4
_CONTRACTED = {
    "i": ("'m", "'ve", "'d", "'ll"),
    "plural": ("'re", "'ve", "'d", "'ll"),
    "singular": ("'s", "'d", "'ll"),
}
_ONE_OTHER = frozenset({"he", "she", "him", "her", "they"})


class ClauseReader:
    """Finds openings. It would rather find none than a wrong one."""

    def __init__(self, words: ReflectionWords, lexicon: Lexicon, verbs: VerbFinder) -> None:
        self._sets = words.sets
        self._lead_in = words.lead_in
        self._lexicon = lexicon
        self._roles = words.roles | words.sets["bare_roles"]
        self._verbs = verbs
        self._nouns = NounReader(words, lexicon, verbs)

    def opening(self, tokens: Sequence[Token], start: int) -> Opening | None:
        """The opening whose subject begins exactly at `start`, or None."""
        if start >= len(tokens):
            return None
        return (
            self._pair(tokens, start)
            or self._pronoun(tokens, start)
            or self._nouns.opening(tokens, start)
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

    def _pronoun(self, tokens: Sequence[Token], start: int) -> Opening | None:
        low = tokens[start].low
        if low == "no" and start + 1 < len(tokens) and tokens[start + 1].low == "one":
            verb = self._verbs.after(tokens, start + 2, "singular")
            return None if verb is None else Opening(start, start + 2, verb, "singular", True)
        stem, mark, rest = low.partition("'")
        subject = self._number(stem)
        if subject is None:
            return None
        if not mark:
            head = start + 1
            verb = self._verbs.after(tokens, head, subject)
            if verb is None and low.endswith(("body", "one")):
                # "Nobody in the family has": where they are stands between.
                head = self._nouns.past_phrase(tokens, head) or head
                verb = self._verbs.after(tokens, head, subject)
            return None if verb is None else Opening(start, head, verb, subject, True)
        number = subject if subject in ("i", "plural") else "singular"
        if mark + rest not in _CONTRACTED[number] or start + 1 >= len(tokens):
            return None
        owner = rest == "s" and stem.endswith(("one", "body"))
        if owner and self._nouns.owns(tokens, start + 1):
            return None
        return Opening(start, start + 1, start, subject, True)

    def _number(self, word: str) -> Subject | None:
        if word == "i":
            return "i"
        if word in ("it", "there"):
            return "it" if word == "it" else "there"
        if word in self._sets["singular_pronouns"]:
            return "singular"
        return "plural" if word in self._sets["plural_pronouns"] else None

    def _pair(self, tokens: Sequence[Token], start: int) -> Opening | None:
        """ "Me and my brother", "my husband and I", "he and I", "my mum and dad"."""
        if [token.low for token in tokens[start : start + 2]] == ["me", "and"]:
            return self._several(tokens, start, self._other(tokens, start + 2), "me_first")
        first = self._other(tokens, start)
        if first is None or first + 1 >= len(tokens) or tokens[first].low != "and":
            return None
        if tokens[first + 1].low in ("i", "me"):
            return self._several(tokens, start, first + 2, "i_last")
        return self._several(tokens, start, self._other(tokens, first + 1), "")

    def _other(self, tokens: Sequence[Token], start: int) -> int | None:
        """The place after a short phrase for another person, or None."""
        if start >= len(tokens):
            return None
        low = tokens[start].low
        last = start + 1 >= len(tokens)
        if low in _ONE_OTHER and (last or not self._lexicon.noun(tokens[start + 1].low)):
            return start + 1
        if low in self._sets["bare_roles"]:
            return start + 1
        if low not in self._sets["owners"]:
            return None
        for end in range(start + 2, min(start + 1 + _LONGEST_OTHER, len(tokens)) + 1):
            if tokens[end - 1].low in self._roles:
                return end
            if not self._nouns.inside(tokens[end - 1].low):
                return None
        return None

    def _several(
        self, tokens: Sequence[Token], start: int, end: int | None, pair: Pair
    ) -> Opening | None:
        if end is None:
            return None
        verb = self._verbs.after(tokens, end, "plural")
        return None if verb is None else Opening(start, end, verb, "plural", pair=pair)
