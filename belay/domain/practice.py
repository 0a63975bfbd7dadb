"""A practice: what a client means to do in life, and what they tell about it afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# A plan that was made this long ago may be asked about at a visit.
RIPE_AFTER = timedelta(hours=20)
_WENT = re.compile(
    r"\W*(?:(?:so|well|ok(?:ay)?|hi|hello|hey|yes|yeah|no|um+)[,.!]? )*"
    r"(?:(?:it|that) (?:all |just |really |kind of )?(?:went|worked|did ?n['o]t work|backfired)"
    r"|i (?:finally |actually |just )?(?:did|tried|said|asked|managed) it)\b",
    re.IGNORECASE,
)


class Tried(StrEnum):
    """The answer to "did you get to try it?". None of them is better than another."""

    YES = "yes"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    RATHER_NOT = "rather_not"


class Compared(StrEnum):
    """How it went next to what was feared."""

    EASIER = "easier"
    AS_FEARED = "as_feared"
    HARDER = "harder"
    RATHER_NOT = "rather_not"


class NextStep(StrEnum):
    """What becomes of the plan."""

    KEEP = "keep"
    CHANGE = "change"
    DROP = "drop"


@dataclass
class Practice:
    """One plan for life. `plan`, `opening`, `fear` and `happened` are the client's words, or None.

    Attributes:
        plan: When it will be, or the whole plan in one line.
        opening: The first sentence they mean to say.
        tried: The answer to the latest question; None while nothing was told since the plan.
        asked_at: When it was asked about last, so that nobody is asked twice on one day.
    """

    id: str
    client_id: str
    made_at: datetime
    run_id: str | None = None
    exercise_id: str | None = None
    counterpart_id: str | None = None
    plan: str | None = None
    opening: str | None = None
    fear: str | None = None
    happened: str | None = None
    tried: Tried | None = None
    compared: Compared | None = None
    next_step: NextStep | None = None
    asked_at: datetime | None = None
    reported_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether something may still be told about it."""
        return self.closed_at is None

    def ripe(self, now: datetime) -> bool:
        """Whether it may be asked about at a visit: planned a while ago, nothing told yet."""
        asked = self.asked_at is not None and now - self.asked_at < RIPE_AFTER
        return self.open and self.tried is None and now - self.made_at >= RIPE_AFTER and not asked

    def report(self, tried: Tried, now: datetime) -> None:
        """Take the answer to "did you get to try it?"."""
        self.tried, self.reported_at, self.asked_at = tried, now, now
        if tried is Tried.RATHER_NOT:
            self.closed_at = now

    def go_on(self, step: NextStep, now: datetime) -> None:
        """Keep it (it is asked about again), change it, or let it go."""
        self.next_step = step
        if step is NextStep.DROP:
            self.closed_at = now
        else:
            self.tried = self.compared = self.happened = None
            self.made_at = self.asked_at = now

    def blank(self) -> None:
        """Remove every word of the client; numbers and choices stay."""
        self.plan = self.opening = self.fear = self.happened = None


def in_life(tried: str | None) -> bool:
    """Whether a report counts as something done in life."""
    return tried not in (Tried.NOT_YET, Tried.RATHER_NOT)


def tells_how_it_went(text: str) -> bool:
    """Whether a text begins as people begin to tell how a plan went ("it went badly, ...")."""
    return _WENT.match(text.replace("’", "'")) is not None
