"""What was found in a client's draft sentence, and the one thing to say about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["S", "R", "N", "P"]
"""S safety first, R worth one change, N a nudge, P something that works."""

Overall = Literal["good", "needs_work", "safety"]

Opens = Literal["safety_check", "respectful_turn"]
"""What a finding of level S leads to instead of a tip."""


@dataclass(frozen=True)
class Finding:
    """One feature of the draft. `start` and `end` are offsets into the text as typed.

    `name` is for programs, `title` is what a client reads beside the words.
    """

    feature: str
    name: str
    level: Level
    start: int
    end: int
    words: str
    opens: Opens | None = None
    title: str = ""


@dataclass(frozen=True)
class Named:
    """An issue or a strength of a whole draft, by the names that `belay feedback` prints."""

    name: str
    sort: Literal["issue", "strength"]
    start: int
    end: int


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


@dataclass(frozen=True)
class DraftReading:
    """A whole draft read outside a conversation, as `belay feedback` prints it.

    Attributes:
        named: Issues and strengths, by the published names.
        feedback: What a client would be told. Without tip where safety comes first.
        findings: Every feature that was found.
        tipped: What else a step asks to change, beyond the names: features found that it
            gives a tip for, and features that it needs and that are not there.
    """

    named: tuple[Named, ...]
    feedback: Feedback
    findings: tuple[Finding, ...]
    tipped: tuple[str, ...] = ()

    @property
    def issues(self) -> tuple[str, ...]:
        """The names of what is worth a change, each once."""
        return tuple(dict.fromkeys(one.name for one in self.named if one.sort == "issue"))

    @property
    def strengths(self) -> tuple[str, ...]:
        """The names of what works, each once."""
        return tuple(dict.fromkeys(one.name for one in self.named if one.sort == "strength"))

    @property
    def overall(self) -> Overall:
        """Safety for fear of the person alone; good when nothing is worth a change."""
        if self.feedback.fear is not None:
            return "safety"
        return "needs_work" if self.issues or self.tipped else "good"
