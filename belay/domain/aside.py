"""What is plainly asked of Belay itself in the middle of an exercise: a goal, a reminder."""

from __future__ import annotations

import re
from typing import Literal

from belay.domain.reminder_time import time_in

Wish = Literal["goal", "reminder"]

# Longer than this, it tells something and is an answer.
MOST_WORDS = 16
_LEAD = (
    r"(?:(?:please|ok(?:ay)?|oh|hey|wait|and|but|also|first),? )*"
    r"(?:(?:can|could|may) (?:i|we|you)(?: please)? |(?:i|we) (?:want|need|would like)(?: to)? "
    r"|i'd like(?: to)? |i wan(?:na|t to) |let'?s |let me )?(?:please )?"
)
_ONE = r"(?:an?|another|one|my|this|the|some)(?: new| small)?"
_GOAL = re.compile(
    rf"{_LEAD}(?:(?:set|make|add|write|have|start|put in|enter|create)(?: me| up| down)? )?"
    rf"(?:{_ONE} |new )?goals?(?: for [\w ]+)?(?: (?:first|now|too|as well|instead))?(?: please)?"
    r"|(?:new |my new )?goal: .+",
)
_REMINDER = re.compile(
    rf"{_LEAD}(?:(?:set|make|add|have|send|get|create)(?: me| up)? )?{_ONE} reminder\b"
    r"(?! (?:of|that|how|why|what)\b).*"
    r"|reminder(?:,? please)?",
)
_REMIND_ME = re.compile(rf"{_LEAD}remind me\b.*")
_ASKS = re.compile(r"(?:can|could|would|will) you\b|.*\?$")


def wish_in(text: str, *, draft: bool) -> Wish | None:
    """The wish that a whole message is, or None.

    Args:
        text: What was said.
        draft: Words for another person were asked for, who may be asked to remind somebody too.
    """
    said = " ".join(text.casefold().replace("’", "'").split()).rstrip(" .!")
    if len(said.split()) > MOST_WORDS:
        return None
    if _GOAL.fullmatch(said.rstrip("?")) is not None:
        return "goal"
    if _REMINDER.fullmatch(said) is not None:
        return "reminder"
    if _REMIND_ME.fullmatch(said) is None:
        return None
    among_people = draft and (_ASKS.match(said) is not None or time_in(said) is None)
    return None if among_people else "reminder"
