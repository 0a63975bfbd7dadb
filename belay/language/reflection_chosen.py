"""A clause that can be said back, or two of neighbouring sentences joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from belay.language.reflection_segments import Clause
from belay.language.reflection_tokens import Token
from belay.language.reflection_weight import Load


@dataclass(frozen=True, slots=True)
class Chosen:
    """A clause that can be said back.

    Attributes:
        clause: Where it stands in the message.
        said: Its words, turned, with a feeling after it where the client named one.
        load: What it is about.
        last: The last sentence that it holds, where it holds two.
    """

    clause: Clause
    said: str
    load: Load
    last: int | None = None

    @property
    def through(self) -> int:
        """The number of the last sentence that it holds something of."""
        return self.clause.sentence if self.last is None else self.last

    @property
    def joined(self) -> bool:
        """Whether it holds two sentences."""
        return self.through > self.clause.sentence


def count(tokens: Sequence[Token]) -> int:
    """How many words there are; commas do not count."""
    return sum(1 for token in tokens if token.low != ",")
