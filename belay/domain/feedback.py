"""What was found in a client's draft sentence, and the one thing to say about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["S", "R", "N", "P"]
"""S safety first, R worth one change, N a nudge, P something that works."""

Opens = Literal["safety_check", "respectful_turn"]
"""What a finding of level S leads to instead of a tip."""


@dataclass(frozen=True)
class Finding:
    """One feature of the draft. `start` and `end` are offsets into the text as typed."""

    feature: str
    name: str
    level: Level
    start: int
    end: int
    words: str
    opens: Opens | None = None


@dataclass(frozen=True)
class Feedback:
    """The reading of one draft.

    Attributes:
        findings: Everything that counts for this step, in the order of the text.
        missing: Features that the step asks for and the draft does not have.
        strength: What deserves a word of praise, or None.
        praise_text: That praise, with the client's own words in it.
        tip: What the tip is about, or None when it is about something missing.
        tip_id: The feature that the tip belongs to.
        tip_text: At most one tip; None when the draft can stay as it is, or when a finding
            of level S takes the place of every tip.
    """

    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    strength: Finding | None = None
    praise_text: str | None = None
    tip: Finding | None = None
    tip_id: str | None = None
    tip_text: str | None = None

    @property
    def fear(self) -> Finding | None:
        """Fear, or blame of oneself for being hurt: the wording can wait, safety comes first."""
        return self._opening("safety_check")

    @property
    def rule_over_other(self) -> Finding | None:
        """A rule for another person's friends, clothes, phone or money."""
        return self._opening("respectful_turn")

    def _opening(self, opens: Opens) -> Finding | None:
        return next((finding for finding in self.findings if finding.opens == opens), None)
