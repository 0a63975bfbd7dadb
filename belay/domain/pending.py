"""A question that waits for the next message, outside of an exercise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

# After this long a message is no answer to the question any more.
LASTS = timedelta(hours=6)


@dataclass(frozen=True)
class Pending:
    """What was asked last, and about what. Holds ids and choices, never words of a client.

    Attributes:
        kind: Which question ("remind.when", "practice.happened", "goal.text").
        about: The id of the practice or goal it is about, or "".
        at: When it was asked.
        said: What was settled so far, in a form of our own ("+1 19:00").
    """

    kind: str
    at: datetime
    about: str = ""
    said: str = ""

    def waits(self, now: datetime) -> bool:
        """Whether it still takes an answer."""
        return now - self.at < LASTS

    def as_dict(self) -> dict[str, Any]:
        """A JSON-ready form; `from_dict` reads it back."""
        return {
            "kind": self.kind,
            "at": self.at.isoformat(),
            "about": self.about,
            "said": self.said,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> Pending | None:
        """Read what `as_dict` wrote; None where nothing waits."""
        if not data:
            return None
        return cls(**{**data, "at": datetime.fromisoformat(data["at"])})
