"""Stand-ins for what a unit test has not got: a clock, and readers of drafts and disclosures."""

from __future__ import annotations

import re
from dataclasses import dataclass
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


class RunningClock:
    """The real time, which a test can push on."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def advance(self, **by: float) -> None:
        """Let time pass."""
        self.ahead += timedelta(**by)


class FakeDrafts:
    """Reads marks in place of language: TIP earns a tip, FEAR and RULE come before any tip.

    MARK earns a tip about that word.

    Features are written into the text by their ids: "you are so mean F05".
    """

    def find(self, text: str) -> tuple[Finding, ...]:
        """The features that the text names, and fear where it says FEAR."""
        found = [
            Finding(mark[0], mark[0], "P", mark.start(), mark.end(), mark[0])
            for mark in re.finditer(r"F\d\d", text)
        ]
        if "FEAR" in text:
            found.append(Finding("F04", "fear", "S", 0, 4, "FEAR", opens="safety_check"))
        return tuple(found)

    def read_step(self, text: str, step: Step, seed: str) -> Feedback:
        """The reading that the marks in the text ask for."""
        if "FEAR" in text:
            found = Finding("F04", "fear", "S", 0, 4, "FEAR", opens="safety_check")
            return Feedback((found,))
        if "RULE" in text:
            found = Finding("F43", "rule", "S", 0, 4, "RULE", opens="respectful_turn")
            return Feedback((found,))
        if "MARK" in text:
            at = text.index("MARK")
            word = Finding("F01", "always_never", "R", at, at + 4, "MARK", title="a mark")
            return Feedback((word,), tip=word, tip_id="F01", tip_text="One idea.")
        if "TIP" in text:
            return Feedback(tip_id="F11", tip_text="Say it as a question.")
        return Feedback()


@dataclass(frozen=True)
class Said:
    """What a reflection holds."""

    text: str


class MarkedReflection:
    """Says back only what is marked, "TOLD ...", so that elsewhere the authored lines are heard."""

    def reflect(self, text: str, seed: str) -> Said | None:
        """What was marked as told, or nothing."""
        clause = self.clause(text)
        return Said(f"I hear that {clause}.") if clause is not None else None

    def clause(self, text: str) -> str | None:
        """What was marked as told, or nothing."""
        _, mark, told = text.partition("TOLD ")
        return told if mark else None
