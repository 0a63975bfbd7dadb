"""Stand-ins for what a unit test has not got: a clock, and readers of drafts and disclosures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from belay.domain.exercise import Step
from belay.domain.feedback import Feedback, Finding


class FixedClock:
    """A time that is set. Each look moves it by a millisecond, so that turns have an order."""

    def __init__(self, now: datetime = datetime(2026, 3, 2, 12, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def advance(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


class FakeDrafts:
    """Reads marks in place of language: TIP earns a tip, FEAR and RULE come before any tip."""

    def read_step(self, text: str, step: Step, seed: str) -> Feedback:
        """The reading that the marks in the text ask for."""
        if "FEAR" in text:
            found = Finding("F04", "fear", "S", 0, 4, "FEAR", opens="safety_check")
            return Feedback((found,))
        if "RULE" in text:
            found = Finding("F43", "rule", "S", 0, 4, "RULE", opens="respectful_turn")
            return Feedback((found,))
        if "TIP" in text:
            return Feedback(tip_id="F11", tip_text="Say it as a question.")
        return Feedback()


class NoReflection:
    """Says nothing back, so that the authored lines are heard."""

    def reflect(self, text: str, seed: str) -> None:
        """Find nothing to say back."""
