"""Words that are a time and a first name: "in May" and "May said".

April, May, June and August are months as often as people. Here it is settled by what stands
beside them; where nothing tells, they count as a person: a month that is masked is a nuisance, a
name that is not masked is a leak.
"""

from __future__ import annotations

import re

_WORDS = """
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday
mondays tuesdays wednesdays thursdays fridays saturdays sundays
mon tue tues wed thu thur thurs fri sat sun
spring summer autumn winter
"""
_NAMES_TOO = "april may june august jan jun mar thu summer autumn"

# Both a time and somebody's name.
EITHER = frozenset(_NAMES_TOO.split())
# A time and, written with a capital, hardly ever a name.
TIMES = frozenset(_WORDS.split()) - EITHER

_A_TIME = "|".join(_WORDS.split())
# After these it is a time whatever follows.
_ALWAYS = re.compile(
    r"(?:\b(?:in|on|during|last|next|this|every|each|mid|early|late|that|throughout|all|"
    r"(?:end|middle|beginning|start|month|first|half|week|rest|most|part|\w+th) of|"
    r"\d{1,2}(?:st|nd|rd|th)?(?: of)?)[ -])$",
    re.IGNORECASE,
)
# After these it is a time unless somebody acts.
_MOSTLY = re.compile(
    r"(?:\b(?:since|until|till|by|before|after|from|around|between|"
    r"(?:it|that|now)(?: is| was|['’]s)|"
    rf"(?:{_A_TIME}),? (?:and|or|to|till|until|through))[ -])$",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:,? \d|(?:st|nd|rd|th)\b)")
_REACH = 24


def is_time(text: str, start: int, end: int, acts: re.Pattern[str]) -> bool:
    """Whether a word that may be either stands for a time.

    Args:
        text: The whole text.
        start: Where the word begins.
        end: Where it ends.
        acts: What follows somebody who does something (" said", " never").
    """
    before = text[max(0, start - _REACH) : start]
    if _DATED.match(text, end) or _ALWAYS.search(before):
        return True
    return bool(_MOSTLY.search(before)) and not acts.match(text, end)
