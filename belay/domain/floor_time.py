"""Whether a hit is placed in a time long gone, or has ended, and nothing says it is back."""

from __future__ import annotations

import re

from belay.domain.floor_words import Context

_FOLLOWS = 200
_NEXT_SENTENCE = 90
_WELL_NOW = re.compile(r"~,? (?:right )?now\b")


def past(text: str, start: int, end: int, opens: int, closes: int, context: Context) -> bool:
    """Judge by the sentence of the hit, by the next one, and by what is said of today."""
    if _ended(text, start, end, opens, context):
        return not _back(text, end, closes, context.now_back, context)
    dated = context.past.search(text, opens, closes)
    if dated is None and context.past_after.match(text, closes, closes + _NEXT_SENTENCE) is None:
        return False
    if _in_the_present(text, start, end, opens, context):
        return False
    long_ago = context.long_past.search(text, opens, closes + _NEXT_SENTENCE)
    sign = context.now_back if long_ago else context.now
    return sign.search(text, opens, start) is None and not _back(text, end, closes, sign, context)


def _ended(text: str, start: int, end: int, opens: int, context: Context) -> bool:
    """Whether it is said to be over: "I stopped wanting to die", "the wish to die is gone"."""
    if context.ceased.search(text[opens:start]):
        return True
    # "if I" was gone: there it is the client who is gone.
    own = context.is_subject(text[start:end].split()[-1])
    return not own and context.gone.match(text, end) is not None


def _in_the_present(text: str, start: int, end: int, opens: int, context: Context) -> bool:
    lead = " ".join(text[opens:start].split()[-4:])
    hit = text[start:end]
    return bool(context.present.search(f"{lead} {hit}") or context.present_other.search(hit))


def _back(text: str, end: int, closes: int, sign: re.Pattern[str], context: Context) -> bool:
    """Whether what follows says that it is still so; words of being well now say nothing."""
    following = text[end : max(closes, end) + _FOLLOWS]
    return sign.search(_WELL_NOW.sub("~", context.now_well.sub("~", following))) is not None
