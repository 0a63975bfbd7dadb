"""Whether a hit is denied: by a word before it, or by the answer that follows it."""

from __future__ import annotations

from belay.domain.floor_words import Context

_NEGATION_REACH = 6
_OWN_STATEMENT = 3
_ANSWER_REACH = 110


def negated(before: str, hit: str, context: Context) -> bool:
    """Whether a negator in the clause before the hit reaches it."""
    clause = before.rsplit(",", 1)[-1].rstrip()
    if context.raising.search(clause):
        return True
    words = clause.split()
    for place in range(len(words) - 1, max(-1, len(words) - 1 - _NEGATION_REACH), -1):
        word = words[place]
        if word in context.negators:
            # "No, I ..." answers a question; it denies nothing that follows.
            if word == "no" and context.is_subject("".join(words[place + 1 : place + 2])):
                return False
            if _stands_alone(hit, words[place + 1 :], context):
                return False
            if context.secret.search(" ".join(words[place:])):
                return False
            return not context.double.search(" ".join(words[: place + 1]))
        if context.is_subject(word):
            return bool(context.raising.search(" ".join(words[:place])))
        if word in context.joiners:
            return False
    return False


def answered(text: str, opens: int, start: int, end: int, context: Context) -> bool | None:
    """Whether somebody asked or supposed the hit, and the client says that it is not so.

    "She asked if he hits me and I said no": denied. "I told him no and he hit me" is neither
    asked nor supposed, so nothing is denied.

    Returns:
        True when denied; False when in doubt: it is taken back or reasoned about ("no, but I
        do", "no, because he was in the room"), or it was the end that was supposed; None when
        there is no such answer.
    """
    asked = context.asked.search(text, opens, start)
    reach = text[end : end + _ANSWER_REACH]
    if asked is None and not reach.startswith("?"):
        return None
    if context.ceased.search(text[opens:start]):
        # "They think I've stopped wanting to die": what is supposed, and denied, is the end.
        return False
    found = context.answered.match(reach)
    if found is None:
        return None
    return context.unsaid.search(reach, found.end()) is None


def _stands_alone(hit: str, between: list[str], context: Context) -> bool:
    """Whether the hit is a statement of its own: "when she won't stop crying I shook her"."""
    if len(between) < _OWN_STATEMENT or not context.is_subject(hit.split()[0]):
        return False
    return between[-1] not in context.bridges
