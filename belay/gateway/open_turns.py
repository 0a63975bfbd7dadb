"""The turns that are being planned now; an action finds its turn here by id."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from belay.domain.turn import Turn


class OpenTurns:
    """Turns in memory, one entry for as long as Rasa thinks."""

    def __init__(self) -> None:
        self._turns: dict[str, Turn] = {}

    @contextmanager
    def planning(self, key: str, turn: Turn) -> Iterator[None]:
        """Make a turn reachable for actions while the block runs."""
        self._turns[key] = turn
        try:
            yield
        finally:
            self._turns.pop(key, None)

    def get(self, key: str) -> Turn | None:
        """The open turn with this key, or None."""
        return self._turns.get(key)
