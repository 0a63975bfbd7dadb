"""How a phrase stands in its sentence: meant, denied, long past, from a story, about others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Literal

Speaker = Literal["first", "other", "any"]
"""Whose act or state a rule is about: the client's own, someone else's, or either."""

_STOPS = ".!?;"
_SENTENCE_REACH = 240
_NEGATION_REACH = 6
_SUBJECT_REACH = 12
_OWN_STATEMENT = 3
_FOLLOWS = 200


class Standing(Enum):
    """What the words around a hit make of it."""

    MEANT = "meant"
    DOUBTFUL = "doubtful"
    DENIED = "denied"
    PAST = "past"
    STORY = "story"
    OTHERS = "others"


@dataclass(frozen=True)
class Context:
    """The words that change how a hit stands. All lists come from the rules file."""

    negators: frozenset[str]
    joiners: frozenset[str]
    first: frozenset[str]
    own: frozenset[str]
    bridges: frozenset[str]
    third: frozenset[str]
    others: frozenset[str]
    owners: frozenset[str]
    double: re.Pattern[str]
    raising: re.Pattern[str]
    turning: re.Pattern[str]
    past: re.Pattern[str]
    present: re.Pattern[str]
    now: re.Pattern[str]
    now_well: re.Pattern[str]
    story: re.Pattern[str]
    same: re.Pattern[str]
    reporting: re.Pattern[str]
    lost: re.Pattern[str]

    def is_subject(self, word: str) -> bool:
        """Whether the word is a pronoun that begins a new statement."""
        return word in self.first or word in self.third

    def sentence(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The bounds of the sentence around a span; of a very long one, the part near it."""
        low, high = max(0, start - _SENTENCE_REACH), min(len(text), end + _SENTENCE_REACH)
        opens = max(text.rfind(stop, low, start) for stop in _STOPS) + 1
        stops = [at for at in (text.find(stop, end, high) for stop in _STOPS) if at >= 0]
        return max(opens, low), min(stops, default=high)


def standing(
    text: str, start: int, end: int, context: Context, speaker: Speaker, *, denied: bool = False
) -> Standing:
    """Judge a hit by the words around it.

    Args:
        text: The whole message in plain form.
        start: Where the hit begins.
        end: Where it ends.
        context: The words to judge by.
        speaker: Whose act or state the rule is about.
        denied: A negator stands inside the hit itself.
    """
    opens, closes = context.sentence(text, start, end)
    before, after = text[opens:start], text[end:closes]
    if denied or _negated(before, text[start:end], context):
        return Standing.DOUBTFUL if context.turning.search(after) else Standing.DENIED
    if speaker == "first" and _someone_else(before, text[start:end], after, context):
        return Standing.OTHERS
    own = any(word in context.own for word in text[start:end].split())
    if speaker == "other" and not own and fiction_about_others(text, start, end, context):
        return Standing.STORY
    if _past(text, start, end, opens, closes, context):
        return Standing.PAST
    return Standing.MEANT


def fiction_about_others(text: str, start: int, end: int, context: Context) -> bool:
    """Whether the hit retells a film, a book or the news, and no "so do I" follows."""
    opens, closes = context.sentence(text, start, end)
    return bool(
        context.story.search(text, opens, closes)
        and not context.same.search(text, end, end + _FOLLOWS)
    )


def _negated(before: str, hit: str, context: Context) -> bool:
    clause = before.rsplit(",", 1)[-1]
    words = clause.split()
    for place in range(len(words) - 1, max(-1, len(words) - 1 - _NEGATION_REACH), -1):
        word = words[place]
        if word in context.negators:
            # "No, I ..." answers a question; it denies nothing that follows.
            if word == "no" and context.is_subject("".join(words[place + 1 : place + 2])):
                return False
            if _stands_alone(hit, words[place + 1 :], context):
                return False
            return not context.double.search(" ".join(words[: place + 1]))
        if context.is_subject(word):
            return bool(context.raising.search(" ".join(words[:place])))
        if word in context.joiners:
            return False
    return False


def _stands_alone(hit: str, between: list[str], context: Context) -> bool:
    """Whether the hit is a statement of its own: "when she won't stop crying I shook her"."""
    if len(between) < _OWN_STATEMENT or not context.is_subject(hit.split()[0]):
        return False
    return between[-1] not in context.bridges


def _someone_else(before: str, hit: str, after: str, context: Context) -> bool:
    """Whether the nearest subject is a third person. In doubt it is the client."""
    following = after.split()[:1]
    words = before.replace('"', "").replace(",", "").split()
    if not any(word in context.first for word in hit.split()):
        if following and following[0].strip(',"') in context.others:
            return True
        if words and words[-1] in context.owners:
            return True
    else:
        words = [word for word in words if word in context.first]
    for word in reversed(words[-_SUBJECT_REACH:]):
        if word in context.joiners:
            return False
        if word in context.first:
            return bool(context.reporting.search(before[: before.rfind(word)]))
        if word in context.third or word in context.others:
            return True
    return False


def _past(text: str, start: int, end: int, opens: int, closes: int, context: Context) -> bool:
    """Whether the hit is placed in a time long gone, and nothing says that it is back."""
    if not context.past.search(text, opens, closes):
        return False
    lead = " ".join(text[opens:start].split()[-4:])
    if context.present.search(f"{lead} {text[start:end]}"):
        return False
    reach = min(len(text), max(closes, end) + _FOLLOWS)
    now = context.now.search(text, end, reach) or context.now.search(text, opens, start)
    return now is None or bool(context.now_well.search(text, end, reach))
