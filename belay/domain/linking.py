"""One person in several channels: the code that links them, and what linking does to consents."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from belay.domain.client import Consents

# No vowels, so that no code is a word, and nothing that looks like something else.
LETTERS = "BCDFGHJKMNPQRSTVWXYZ"
DIGITS = "23456789"
HALF = 4
CODE_LASTS = timedelta(minutes=10)
TRIES = 5
TRIES_OF_ALL = 2000
TRIES_WITHIN = timedelta(minutes=10)

_ONE = rf"[{LETTERS}{DIGITS}]"
_WITH_WORD = re.compile(rf"/?(?:link|start)\s+({_ONE}{{4}})\s*[- ]?\s*({_ONE}{{4}})\W*", re.I)
_BARE = re.compile(rf"({_ONE}{{4}})-({_ONE}{{4}})\W*", re.I)
_ASKS = re.compile(
    r"/?link(?: (?:(?:an)?other|a|my) (?:device|phone|chat|telegram|slack|website|computer))?\W*",
    re.I,
)
_LISTS = re.compile(r"(?:my |show (?:my )?)?(?:linked )?devices\W*", re.I)


def new_code() -> str:
    """A random code: eight signs, at least two of them digits, 38 bits."""
    while True:
        code = "".join(secrets.choice(LETTERS + DIGITS) for _ in range(2 * HALF))
        if sum(sign in DIGITS for sign in code) >= 2:
            return code


def shown(code: str) -> str:
    """A code as people read and type it: B7QD-3M9X."""
    return f"{code[:HALF]}-{code[HALF:]}"


def read_code(text: str) -> str | None:
    """The code that a text gives, with or without "link" before it, or None."""
    said = text.strip()
    found = _WITH_WORD.fullmatch(said) or _BARE.fullmatch(said)
    if found is None:
        return None
    code = (found[1] + found[2]).upper()
    return code if sum(sign in DIGITS for sign in code) >= 2 else None


def press_for(text: str) -> str | None:
    """The press that a typed text stands for: giving a code, asking for one, or the list."""
    code = read_code(text)
    if code is not None:
        return f"link.use:{code}"
    if _ASKS.fullmatch(text.strip()):
        return "link.code"
    return "link.show" if _LISTS.fullmatch(text.strip()) else None


@dataclass(frozen=True)
class LinkedTalk:
    """One conversation of a person, as the list of devices shows it."""

    id: str
    channel: str
    since: datetime
    reminders: bool = False


@dataclass(frozen=True)
class LinkEffect:
    """What the commit of a turn does about links.

    `kind`: "issue" (store `code`), "claim" (use `code` up for this conversation), "wrong"
    (count a wrong code), "join", "forget" (drop the claimed code), "unlink" and "remind" (for
    the conversation `talk`).
    """

    kind: str
    code: str = ""
    talk: str = ""


def merged(first: Consents, second: Consents) -> Consents:
    """The consents of two chats that become one: of each, the more private choice.

    A chat that never agreed to use has nothing to protect and no say.
    """
    if second.use is None:
        return Consents(first.use, first.save, first.review)
    if first.use is None:
        return Consents(second.use, second.save, second.review)
    return Consents(
        use=_stricter(first.use, second.use),
        save=_stricter(first.save, second.save),
        review=_stricter(first.review, second.review),
    )


def merged_age(first: bool | None, second: bool | None) -> bool | None:
    """Whether the person is an adult: a no counts more than a yes, a yes more than nothing."""
    if first is False or second is False:
        return False
    return first or second


def _stricter(first: bool | None, second: bool | None) -> bool | None:
    if first is False or second is False:
        return False
    return None if first is None or second is None else True
