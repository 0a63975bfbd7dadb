"""The beginning of a clause, as places in a list of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from belay.language.reflection_verbs import Subject

Pair = Literal["", "i_last", "me_first"]


@dataclass(frozen=True, slots=True)
class Opening:
    """A subject and the verb that agrees with it.

    Attributes:
        start: The first word of the subject.
        head: The word after the subject; the verb stands there or after adverbs.
        verb: The finite verb; the subject's own last word when the verb hangs on it ("I'm").
        subject: Who: the writer, one other, several.
        pronoun: The subject is a pronoun.
        pair: The subject is a pair with the writer in it, "I" last or "me" first.
    """

    start: int
    head: int
    verb: int
    subject: Subject
    pronoun: bool = False
    pair: Pair = ""
