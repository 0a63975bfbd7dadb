"""A plan in three parts: who it is with, when it will be, and the first sentence to say."""

from __future__ import annotations

import re

_SAYS = re.compile(
    r"\b(?:say|ask|tell|write|text|begin with|start with)(?:\s+(?:to\s+)?(?:him|her|them|my \w+))?"
    r"[:,]?\s+[\"“'‘](?P<said>.{3,200}?)[\"”'’](?=[\s.!?,;:]|$)",
    re.IGNORECASE | re.DOTALL,
)
_NO_TIME = re.compile(
    r"\W*(?:(?:i )?(?:don'?t|do not|dont) know|idk|no idea|(?:i'?m )?not sure|maybe|some ?day"
    r"|some ?time|later|never|none|nothing|no|no plan)(?: yet| when)*\W*",
    re.IGNORECASE,
)


def first_words_in(plan: str) -> str | None:
    """The sentence that a plan already quotes ("then I'll say 'Can we talk?'"), or None."""
    found = _SAYS.search(plan)
    return found["said"].strip() if found else None


def quotable(words: str | None) -> str:
    """Words as they stand between quotation marks inside a sentence: without their full stop."""
    return (words or "").strip().rstrip(" .")


def names_no_time(words: str) -> bool:
    """Whether an answer to "when?" only says that there is none yet."""
    return _NO_TIME.fullmatch(words.replace("’", "'")) is not None
