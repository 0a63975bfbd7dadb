"""What the suite needs of a channel: people who write, press and read, and payloads that are bad.

A channel joins by a module with a class of this shape and a line in `conftest.HARNESSES`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from tests.gateway.stage import Stage


class Harness(Protocol):
    """One channel under test. People are called by names; each has an address of their own."""

    stage: Stage

    async def open(self, home: Path) -> None:
        """Start a house with this channel."""
        ...

    async def close(self) -> None:
        """Stop it, and whatever stands in for the provider."""
        ...

    async def says(self, person: str, text: str, again: Any = None) -> Any:
        """Write something and wait for the answer; returns what repeats the delivery (`again`)."""
        ...

    async def presses(self, person: str, title: str) -> Any:
        """Press the newest button with this title and wait; returns what repeats it."""
        ...

    async def repeats(self, person: str, delivery: Any) -> None:
        """The provider delivers the same thing once more."""
        ...

    async def presses_of(self, thief: str, owner: str, title: str) -> None:
        """Press a button that was shown to somebody else."""
        ...

    async def heard(self, person: str) -> list[str]:
        """Every text that arrived, in order, as the person sees it."""
        ...

    async def buttons(self, person: str) -> list[str]:
        """Titles under the newest message that has any."""
        ...

    def talk(self, person: str) -> str:
        """The id of a person's conversation."""
        ...

    async def hostile(self) -> Sequence[str]:
        """Send everything bad that can come in at this channel's door; returns what was wrong.

        An empty list means: all refused or ignored, nothing stored, nothing broken.
        """
        ...
