"""Whether a hit is told of, not meant: a song, a film, a form, a dream, a part in a play."""

from __future__ import annotations

from belay.domain.floor_words import Context

_FOLLOWS = 200
_BEFORE_QUOTE = 80
_AFTER_QUOTE = 60


def fiction_about_others(text: str, start: int, end: int, context: Context) -> bool:
    """Whether the hit retells a film, a book or the news, and no "so do I" follows."""
    opens, closes = context.sentence(text, start, end)
    return bool(
        context.story.search(text, opens, closes)
        and not context.same.search(text, end, end + _FOLLOWS)
    )


def read_out(text: str, start: int, end: int, context: Context) -> bool:
    """Whether the hit stands in quotation marks, or after "the song goes", as somebody's words.

    Only words of a work, a form or a sign count. What a person says is a threat or a worry.
    """
    opens, _ = context.sentence(text, start, end)
    if context.told.search(text[opens:start]):
        return not context.same.search(text, end, end + _FOLLOWS)
    first, last = text.rfind('"', 0, start), text.find('"', end)
    if first < 0 or last < 0 or text.count('"', 0, start) % 2 == 0:
        return False
    if context.same.search(text, last, last + _FOLLOWS):
        return False
    ahead = text[max(0, first - _BEFORE_QUOTE) : first]
    following = text[last + 1 : last + 1 + _AFTER_QUOTE]
    return any(
        words.search(near)
        for words in (context.story, context.source)
        for near in (ahead, following)
    )


def dreamt(text: str, start: int, end: int, context: Context) -> bool:
    """Whether the hit happened in a dream: "I dreamt that he hit me"."""
    opens, _ = context.sentence(text, start, end)
    # The match takes the words after the dream along, so it reaches the hit where they are near.
    return any(found.end() >= start for found in context.dreamt.finditer(text, opens, end))
