"""How a phrase stands in its sentence: meant, denied, long past, from a story, about others."""

from __future__ import annotations

from belay.domain.floor_denial import answered, negated
from belay.domain.floor_telling import dreamt, fiction_about_others, read_out
from belay.domain.floor_time import past
from belay.domain.floor_words import Context, Speaker, Standing

_SUBJECT_REACH = 12


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
    before, hit, after = text[opens:start], text[start:end], text[end:closes]
    # "Never a week goes by that he doesn't hit me": two negators, and it happens.
    denied = denied and not context.double.search(f"{before.strip()} not")
    if denied or negated(before, hit, context):
        doubtful = (
            context.turning.search(after)
            or context.disclaimed.search(before)
            or context.affirmed.match(text, closes)
        )
        return Standing.DOUBTFUL if doubtful else Standing.DENIED
    answer = answered(text, opens, start, end, context)
    if answer is not None:
        return Standing.DENIED if answer else Standing.DOUBTFUL
    if read_out(text, start, end, context):
        return Standing.STORY
    if speaker == "first" and _someone_else(before, hit, after, context):
        return Standing.OTHERS
    if dreamt(text, start, end, context):
        return Standing.DOUBTFUL if speaker == "first" else Standing.STORY
    own = any(word in context.own for word in hit.split())
    if speaker == "other" and not own and fiction_about_others(text, start, end, context):
        return Standing.STORY
    if past(text, start, end, opens, closes, context):
        return Standing.PAST
    return Standing.MEANT


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
