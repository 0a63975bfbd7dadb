"""Whether a clause makes the point, or leaves out what answers it, turns it or comes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from belay.language.reflection_chosen import Chosen, count
from belay.language.reflection_feelings import FeelingReader
from belay.language.reflection_segments import SegmentReader
from belay.language.reflection_tokens import Sentence, Token, plain
from belay.language.reflection_weight import Scales
from belay.language.reflection_words import ReflectionWords

_LOSS, _HEAVIER, _HEAVY = 6, 5, 4
_NEAR = 6
_MOST_AFTER, _MOST_AFTER_LONG, _MOST_BEFORE, _MOST_LED = 0.5, 0.3, 0.45, 0.75
_SOME_LED, _LEAST, _LONG = 0.3, 0.35, 40
# "I'm not cross, I'm just tired": said alone, the half that was denied is missing.
# What says only that the client is at a loss: nothing is missed without it.
_PUZZLED = re.compile(
    r"^(?:, |and |but )*(?:i (?:don't|do not) know (?:why|what|how)|no idea|i have no idea)\b"
)
_CONTRAST = re.compile(r"\b(?:but|however|yet|although|instead)\b")
# Of a curt message: "Didn't tell me." is what hurts.
_FRAGMENT = re.compile(r"n't\b|\bme\b|\bnot\b")
_REPLIED = re.compile(r"^(?:, |and |but )*i (?:just )?(?:said|told|answered|replied)\b")
_LEAVES = re.compile(
    r"^(?:, |and |but |so )*(?:i (?:just )?(?:can't|cannot) believe|it's been|i'm so|i feel"
    r"|i'm just|i (?:don't|do not) know)\b"
)
# "He's been on his own since mum passed": the loss is when, not what.
_WHEN = re.compile(
    r"\w+ \w+ \w+.*\b(?:since|after|before|until)\b.*\b(?:died|passed|death|funeral|dead|lost)\b"
)
_ONLY = re.compile(r"^i(?:'m| am| feel) (?:just|only|simply)\b")
_WHOLE, _MOSTLY = 0.8, 0.6
_SHORT, _A_LITTLE = 14, 0.11
_A_REMARK = 2


class Point:
    """Judges what a clause would leave unsaid."""

    def __init__(
        self,
        words: ReflectionWords,
        segments: SegmentReader,
        scales: Scales,
        feelings: FeelingReader,
    ) -> None:
        self._words = words
        self._segments = segments
        self._scales = scales
        self._feelings = feelings

    def made(self, one: Chosen, sentences: Sequence[Sentence], share: float, *, felt: bool) -> bool:
        """Whether nothing is left out that the client would miss.

        Args:
            one: The clause.
            sentences: The message.
            share: How much of the message the clause is.
            felt: Whether a later sentence with a feeling is said with it.
        """
        text = plain(one.clause.tokens)
        if self._words.charges.search(text):
            return False
        later = sentences[one.through + 1 :]
        if self._is_turned(one, later):
            return False
        confessed = self._words.confessed.search(text) is not None
        if confessed and share < _WHOLE and not felt:
            return False
        if self._feels(one):
            return not (_ONLY.search(text) and (one.clause.before or one.clause.sentence))
        if one.load.weight >= _LOSS and not _WHEN.search(text):
            return True
        total = sum(count(part.tokens) for part in sentences)
        missed = [one.clause.left, *(part.tokens for part in later)]
        after = sum(count(part) for part in missed if not self._is_aside(part))
        if total <= _SHORT and later and _FRAGMENT.search(plain(later[0].tokens)):
            return False
        if one.clause.left and not self._explains(one) and share < _MOSTLY:
            return False
        if after / total > (_MOST_AFTER_LONG if total > _LONG else _MOST_AFTER) and not felt:
            return False
        return self._is_led_up_to(one, sentences, total, after) and not self._is_answered(
            one, later
        )

    def _is_aside(self, part: tuple[Token, ...]) -> bool:
        """Whether nothing is missed without it: the client is at a loss, or sets the scene."""
        if _PUZZLED.search(plain(part)):
            return True
        return self._scales.sets_the_scene(part) and self._scales.weigh(part).weight < _HEAVY

    def _is_led_up_to(
        self, one: Chosen, sentences: Sequence[Sentence], total: int, after: int
    ) -> bool:
        """Whether what stands before the clause is little, or less than what it leads up to."""
        led = [*(part.tokens for part in sentences[: one.clause.sentence]), one.clause.before]
        before = sum(count(part) for part in led)
        opening = one.clause.opening
        if total <= _SHORT and before / total > _SOME_LED and one.load.weight < _HEAVIER:
            return False
        stranger = opening.pronoun and opening.subject == "singular" and opening.start == 0
        if stranger and before / total > _SOME_LED + _A_LITTLE:
            return False
        if not after and one.load.weight >= _HEAVY:
            lighter = all(self._scales.weigh(part).weight < one.load.weight for part in led)
            felt = any(self._scales.weigh(part).kind == "feeling" for part in led)
            if self._feels_at_the_end(one) and not felt:
                return True
            if lighter and before / total < _MOST_LED:
                return True
        if before / total > _SOME_LED and one.load.weight < _HEAVY:
            return False
        share = count(one.clause.tokens) / total
        return before / total <= _MOST_BEFORE and share >= _LEAST

    def _feels_at_the_end(self, one: Chosen) -> bool:
        last = self._segments.parts(one.clause.tokens)[-1]
        return self._segments.subject(last) == "i" and self._scales.weigh(last).kind == "feeling"

    def _feels(self, one: Chosen) -> bool:
        """Whether the clause begins with what the client feels."""
        opening = one.clause.opening
        near = one.clause.tokens[opening.start : opening.start + _NEAR]
        if one.clause.tokens[opening.verb].low in self._words.sets["say_words"]:
            return False
        return opening.subject == "i" and self._feelings.names(near)

    def _is_turned(self, one: Chosen, later: Sequence[Sentence]) -> bool:
        """Whether what follows begins with "but", "then" or "now", or takes it back."""
        lows = [token.low for token in one.clause.left if token.low not in (",", "and")]
        if lows[:1] and lows[0] in self._words.sets["sentence_turns"]:
            return True
        if not later:
            return False
        text = plain(later[0].tokens)
        turned = later[0].turn or self._words.denials.search(text)
        if not self._feels(one):
            turned = turned or _CONTRAST.search(text)
        return bool(turned) and "?" not in later[0].end

    def _explains(self, one: Chosen) -> bool:
        """Whether what is left out of the sentence only says why, how long or what it is like."""
        if _LEAVES.search(plain(one.clause.left)):
            return True
        return one.clause.left[0].low in self._words.sets["cuttable"]

    def _is_answered(self, one: Chosen, later: Sequence[Sentence]) -> bool:
        """Whether somebody's answer to what the client did is left out."""
        parts = self._segments.parts(one.clause.tokens)
        bid = self._words.bids.search(plain(parts[-1])) is not None
        if one.clause.left:
            if self._explains(one):
                return False
            return bool(_REPLIED.search(plain(one.clause.left))) or self._segments.others_act(
                one.clause.left
            )
        return bid and any(
            count(part.tokens) >= _A_REMARK and self._segments.others_act(part.tokens)
            for part in later
            if "?" not in part.end
        )
