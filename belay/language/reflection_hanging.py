"""Whether a clause hangs in the air: "it", "he" or "since" of what is left out, "we" as "you"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from belay.language.reflection_chosen import Chosen, count
from belay.language.reflection_feelings import FeelingReader
from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_segments import SegmentReader
from belay.language.reflection_tokens import Sentence, Token, plain
from belay.language.reflection_weight import Scales
from belay.language.reflection_words import ReflectionWords

_THINGS = frozenset({"it", "this", "these", "those"})
_OF_THINGS = re.compile(
    r"\b(?:(?:how much|what|because|when|and|but|if|,) that (?:hurts?|is|was|means|meant|makes|made"
    r"|feels|felt|would|does|did|has)|(?:said|say|did|do|like|about|of|with|for|after|before) that"
    r"(?= and\b| but\b| ,|$)|(?:since|too|either|so|instead|one|ones|(?<!each )other|there|then)$"
    r"|\b(?:to|can't|couldn't) (?:say|ask|tell|try|answer|go|explain|stop)$|\bthe new one\b)"
)
_STRANGERS = frozenset({"he", "she", "they", "he's", "she's", "they're", "he'd", "she'd", "they'd"})
_ANYBODY = _STRANGERS | {"him", "his", "her", "them", "their"}
_FARTHER = frozenset({"his", "her", "their", "its"})
# "I love him so much": whom a feeling is for is clear to who has it.
_LOVES = re.compile(r"^i (?:\w+ )?(?:love|miss|adore)\b")
_WE = frozenset({"we", "we're", "we've", "we'd"})
_EVENT = ("event", "contested", "loss")
_HEAVY, _WIDEST, _NEAR = 4, 3, 6
_LONG, _LITTLE = 40, 0.33


class Hanging:
    """Finds what in a clause cannot be understood without what is left out."""

    def __init__(
        self,
        words: ReflectionWords,
        lexicon: Lexicon,
        segments: SegmentReader,
        scales: Scales,
        feelings: FeelingReader,
    ) -> None:
        self._words = words
        self._lexicon = lexicon
        self._segments = segments
        self._scales = scales
        self._feelings = feelings

    def hangs(self, one: Chosen, sentences: Sequence[Sentence], share: float) -> bool:
        """Whether a clause points at what it leaves out, or leaves out the event it comes of."""
        text = plain(one.clause.tokens)
        if self._is_one_alone(one.clause.tokens, text):
            return True
        later = [part.tokens for part in sentences[one.through + 1 :]]
        if any(self._words.unmasked.search(plain(part)) for part in (*later, one.clause.left)):
            return True
        led = [*(part.tokens for part in sentences[: one.clause.sentence]), one.clause.before]
        led = [part for part in led if part]
        if not led:
            return False
        if self._points(one.clause.tokens, text):
            return True
        start = one.clause.opening.start
        near = one.clause.tokens[start : start + _NEAR] if one.clause.before else one.clause.tokens
        named = self._feelings.names(near)
        total = sum(count(part.tokens) for part in sentences)
        if total > _LONG and share < _LITTLE and not named:
            return True
        return self._leaves_out_the_event(one, led, named=named)

    def _is_one_alone(self, tokens: Sequence[Token], text: str) -> bool:
        """ "We just go quiet": said as "you", nobody would hear that there are two."""
        return any(token.low in _WE for token in tokens) and not self._words.together.search(text)

    def _points(self, tokens: Sequence[Token], text: str) -> bool:
        """Whether "it" or "that" stands for something that the clause does not name."""
        if _OF_THINGS.search(text):
            return True
        for place, token in enumerate(tokens):
            if token.low not in _THINGS or self._determines(tokens, place):
                continue
            if token.low != "it":
                return True
            if not self._names_a_thing(tokens[:place]) and not self._points_ahead(tokens[place:]):
                return True
        return False

    def _points_ahead(self, tokens: Sequence[Token]) -> bool:
        """ "Find it hard to ask", "made it plain that I was out": what "it" is comes after it."""
        after = tokens[1].low if len(tokens) > 1 else ""
        return self._lexicon.adjective(after) or any(token.low == "that" for token in tokens)

    def _determines(self, tokens: Sequence[Token], place: int) -> bool:
        """ "This morning": a noun follows."""
        if tokens[place].low == "it" or place + 1 == len(tokens):
            return False
        after = tokens[place + 1].low
        return self._lexicon.noun(after) or self._lexicon.adjective(after)

    def _names_a_thing(self, tokens: Sequence[Token]) -> bool:
        """Whether a noun with its determiner is among these words, other than a person."""
        for place, token in enumerate(tokens):
            if token.low not in self._words.sets["determiners"]:
                continue
            for near in tokens[place + 1 : place + 1 + _WIDEST]:
                if self._lexicon.noun(near.low) and near.low not in self._words.roles:
                    return True
        return False

    def _leaves_out_the_event(
        self, one: Chosen, led: Sequence[tuple[Token, ...]], *, named: bool
    ) -> bool:
        """Whether what somebody did is left out, and only what came of it is left."""
        clause = one.clause
        acted = any(self._segments.others_act(part) and not self._is_scene(part) for part in led)
        loads = [self._scales.weigh(part) for part in led]
        heavy = any(load.kind in _EVENT and load.weight >= _HEAVY for load in loads)
        lows = [token.low for token in clause.tokens]
        first = clause.tokens[clause.opening.start].low
        if first in _FARTHER:
            return True
        if not acted and not heavy:
            return False
        if first in _STRANGERS:
            return True
        if clause.opening.pair:
            return False
        people = {token.low.removesuffix("'s") for part in led for token in part}
        known = people & self._words.roles & {low.removesuffix("'s") for low in lows}
        if not people & self._words.roles and not heavy and _ANYBODY.intersection(lows):
            return False
        near = clause.tokens[clause.opening.start : clause.opening.start + _NEAR]
        if clause.opening.subject == "i" and (
            self._feelings.names(near) or _LOVES.search(plain(near))
        ):
            return False
        strange = _STRANGERS.intersection(lows) and not any(
            low in self._words.roles for low in lows
        )
        if strange and not known:
            return True
        if named or known:
            return False
        return clause.opening.pronoun or heavy

    def _is_scene(self, part: tuple[Token, ...]) -> bool:
        return self._scales.sets_the_scene(part) and self._scales.weigh(part).weight < _HEAVY
