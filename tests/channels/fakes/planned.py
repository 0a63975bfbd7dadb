"""Calls of a provider's methods that fail as a test wants them to."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Refusal = TypeVar("Refusal")


class Planned(Generic[Refusal]):
    """Notes every call; `fault` draws failures, `fail` plans them."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.fault: Callable[[str, dict[str, Any]], Refusal | None] = lambda *_: None
        self._plans: dict[str, deque[Refusal]] = {}

    def fail(self, method: str, *refusals: Refusal) -> None:
        """Answer the next calls of a method so, in order."""
        self._plans.setdefault(method, deque()).extend(refusals)

    def planned(self, method: str, given: dict[str, Any]) -> Refusal | None:
        """How this call fails, if it does."""
        plans = self._plans.get(method)
        return plans.popleft() if plans else self.fault(method, given)

    def count(self, method: str) -> int:
        """How often a method was called."""
        return sum(name == method for name, _ in self.calls)
