"""What was found in a client's draft: strengths, issues, at most one tip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["S", "R", "N", "P"]


@dataclass(frozen=True)
class Finding:
    """One feature in a draft, as offsets into the original text."""

    feature: str
    level: Level
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Feedback:
    """The reading of one draft. `fear` and `rule_over_other` come before any tip."""

    findings: tuple[Finding, ...] = ()
    fear: Finding | None = None
    rule_over_other: Finding | None = None
    tip_id: str | None = None
    tip_text: str | None = None
    praise_text: str | None = None
