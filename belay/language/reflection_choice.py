"""Which clause of a message stands for it: what weighs most and covers enough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from belay.language.reflection_chosen import Chosen, count
from belay.language.reflection_feelings import FeelingReader
from belay.language.reflection_hanging import Hanging
from belay.language.reflection_joining import Joiner
from belay.language.reflection_people import People
from belay.language.reflection_point import Point
from belay.language.reflection_segments import Clause, SegmentReader
from belay.language.reflection_soundness import Soundness
from belay.language.reflection_tokens import Sentence, Token, plain
from belay.language.reflection_turning import CannotTurn, Turner
from belay.language.reflection_weight import Scales
from belay.language.reflection_words import ReflectionWords

_MOST_CLAUSES = 150
_HEAVY = 3
_ALL, _COVERS, _MAINLY, _HALF, _SOME = 0.9, 0.55, 0.5, 0.35, 0.15
_TAIL = 3
_SHORT, _FEW = 2, 7
_MOST_JOINED = 18
_MOST_FEELING_WORDS = 9
# What makes one sound clause better than another of the same weight.
_SHARE, _WITH_FEELING, _LATER, _WHOLE, _ENDS = 3.0, 0.8, 0.4, 0.4, 0.8
_LONG, _PER_WORD, _STRANGER = 22, 0.06, 0.7
_POINTS = re.compile(
    r"(?<!ended )(?<!off )(?<!alone in )(?<!alone with )(?<!own with )\bit\b"
    r"(?!'| is| was| feels| felt| has| would| will| hurts)"
    r"|\b(?:those|these|this|that one)(?: to\b| and\b| but\b| ,|$)"
)
_MINE = re.compile(r"\b(?:i|i'm|i've|i'd|me|we|we're|we've|us)\b|(?<!^) (?:my|our|mine)\b")


class Choice:
    """Chooses among the clauses of a message that can be said back."""

    def __init__(
        self,
        words: ReflectionWords,
        segments: SegmentReader,
        soundness: Soundness,
        turner: Turner,
        scales: Scales,
        feelings: FeelingReader,
        hanging: Hanging,
    ) -> None:
        self._words = words
        self._segments = segments
        self._soundness = soundness
        self._turner = turner
        self._scales = scales
        self._feelings = feelings
        self._joiner = Joiner(words)
        self._point = Point(words, segments, scales, feelings)
        self._people = People(words)
        self._hanging = hanging

    def best(self, sentences: Sequence[Sentence]) -> Chosen | None:
        """The clause that stands for the message, or None when none does."""
        segments = self._segments.segments(sentences)
        heaviest = max((self._scales.weigh(part).weight for part in segments), default=0)
        total = sum(count(part) for part in segments) or 1
        sound = [
            Chosen(clause, said, self._scales.weigh(clause.tokens))
            for clause in islice(self._segments.clauses(sentences), _MOST_CLAUSES)
            if (said := self._said(clause)) is not None
        ]
        unsaid = self._heaviest_unsaid(segments, sound)
        best, highest = None, 0.0
        for one in [*sound, *self._joiner.joined(sound, sentences)]:
            share = count(one.clause.tokens) / total
            if one.load.weight < heaviest or not self._speaks(one, share):
                continue
            if one.clause.late and one.load.weight <= unsaid and share < _MAINLY:
                continue
            felt = self._feeling_after(one, sound)
            if not self._point.made(one, sentences, share, felt=bool(felt)):
                continue
            if self._hanging.hangs(one, sentences, share):
                continue
            if self._people.mixed_up(one.clause, sentences):
                continue
            score = self._score(one, share, bool(felt), len(sentences))
            if best is None or score > highest:
                said = f"{one.said}, and {felt}" if felt else one.said
                best, highest = Chosen(one.clause, said, one.load, one.through), score
        return best

    def _score(self, one: Chosen, share: float, felt: bool, sentences: int) -> float:
        score = one.load.weight + _SHARE * share
        score += _LATER * one.through / sentences
        score += _ENDS * (not one.clause.cut and one.through == sentences - 1)
        score += _WITH_FEELING * felt + _WHOLE * (not one.clause.cut)
        score -= _STRANGER * _begins_with_a_stranger(one.clause)
        return score - _PER_WORD * max(0, count(one.clause.tokens) - _LONG)

    def _heaviest_unsaid(
        self, segments: Sequence[tuple[Token, ...]], sound: Sequence[Chosen]
    ) -> int:
        """What the heaviest part weighs that is in no clause that can be said back."""
        said = [plain(one.clause.tokens) for one in sound]
        return max(
            (
                self._scales.weigh(part).weight
                for part in segments
                if not any(plain(part[-_TAIL:]) in clause for clause in said)
            ),
            default=0,
        )

    def _said(self, clause: Clause) -> str | None:
        if clause.opening.subject == "there":
            return None
        if clause.opening.subject == "it" and not self._words.it_may.search(plain(clause.tokens)):
            return None
        if not self._soundness.sound(clause.tokens, clause.opening):
            return None
        try:
            return self._turner.turned(clause.tokens, clause.opening)
        except CannotTurn:
            return None

    def _speaks(self, one: Chosen, share: float) -> bool:
        """Whether a clause can stand for the whole message, of which it is this share."""
        tokens, weight = one.clause.tokens, one.load.weight
        if self._scales.sets_the_scene(tokens) and weight <= _HEAVY and not one.joined:
            return False
        if count(tokens) <= _SHORT and share < _HALF:
            return False
        text = plain(tokens)
        if weight == 0 and share < _ALL and not _MINE.search(text):
            return False
        points = bool(_POINTS.search(text)) and share < _COVERS
        if points and count(tokens) <= _FEW:
            return False
        return weight >= _needed(share) + points

    def _feeling_after(self, one: Chosen, sound: Sequence[Chosen]) -> str | None:
        """The feeling that the client names in a sentence after the one about what happened."""
        if one.load.kind in ("feeling", None) or count(one.clause.tokens) > _MOST_JOINED:
            return None
        if one.clause.left:
            return None
        for other in sound:
            if other.clause.sentence <= one.through:
                continue
            if len(other.said.split()) > _MOST_FEELING_WORDS:
                continue
            if self._feelings.names(other.clause.tokens, glad=False):
                return other.said
        return None


def _needed(share: float) -> int:
    """How heavy a clause has to be to speak for a message of which it is this share."""
    if share >= _COVERS:
        return 0
    if share >= _HALF:
        return _HEAVY
    return _HEAVY + 1 if share >= _SOME else _HEAVY + 2


def _begins_with_a_stranger(clause: Clause) -> bool:
    """Whether "he" or "everybody" begins it, and who that is was told in what is left out."""
    opening = clause.opening
    return clause.late and opening.pronoun and opening.subject in ("singular", "plural", "it")
