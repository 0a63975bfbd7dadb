"""One client's way through one exercise: where they stand and what they answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

WHO = "who"
GATES = ("gate.afraid", "gate.hurt", "gate.controls")
ADULTS = "gate.adults"
PRIVATE = (*GATES, ADULTS)
"""The three private questions, and whether both are grown up."""
BEFORE = "before"
REVIEW = "review"
EDIT = "edit"
AFTER = "after"
RULER = "ruler"
PLAN = "plan"
FIRST_WORDS = "plan.first"
PLANNING = (PLAN, FIRST_WORDS)
SAVE = "save"
DONE = "done"
STEP = "step."


class RunState(StrEnum):
    """Active runs take the next message; paused ones wait; the other two are over."""

    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


@dataclass
class Answer:
    """What was said at one step. `text` is None when skipped or blanked."""

    step: str
    first: str | None
    text: str | None
    features: list[str] = field(default_factory=list)
    tip: str | None = None
    choice: str | None = None
    at: datetime | None = None


@dataclass
class Run:
    """A run. `position` is where the next message belongs (see the constants above).

    `after_gate` is where it goes on when the private questions are asked again in the middle.
    `plan` is when they mean to do it, `opening` the first sentence they mean to say.
    """

    id: str
    client_id: str
    exercise_id: str
    version: str
    started_at: datetime
    position: str
    state: RunState = RunState.ACTIVE
    counterpart_id: str | None = None
    gate_answers: dict[str, str] = field(default_factory=dict)
    before: int | None = None
    after: int | None = None
    ruler: str | None = None
    plan: str | None = None
    opening: str | None = None
    artefact: str | None = None
    artefact_id: str | None = None
    answers: list[Answer] = field(default_factory=list)
    retried: list[str] = field(default_factory=list)
    editing: bool = False
    unclear: int = 0
    after_gate: str | None = None
    changed_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def step_id(self) -> str | None:
        """The id of the current step, or None outside the steps."""
        return self.position.removeprefix(STEP) if self.position.startswith(STEP) else None

    def answer_to(self, step_id: str) -> Answer | None:
        """The answer given at a step, or None."""
        return next((answer for answer in self.answers if answer.step == step_id), None)

    def texts(self) -> dict[str, str]:
        """Step id to final text, for the steps that were answered."""
        return {answer.step: answer.text for answer in self.answers if answer.text}

    def ask_gate_again(self) -> None:
        """Stand at the first private question, and remember where to go on afterwards."""
        self.after_gate, self.position = self.position, GATES[0]
        self.gate_answers = {}

    def go_to(self, step_id: str) -> None:
        """Stand at a step."""
        self.position = STEP + step_id
        self.unclear = 0

    def put(self, answer: Answer) -> None:
        """Keep an answer, in place of an earlier one to the same step."""
        for place, earlier in enumerate(self.answers):
            if earlier.step == answer.step:
                answer.first = earlier.first or answer.first
                self.answers[place] = answer
                return
        self.answers.append(answer)

    def end(self, state: RunState, now: datetime) -> None:
        """Close the run."""
        self.state = state
        self.ended_at = now
        self.changed_at = now

    def blank(self) -> None:
        """Remove every word of the client; numbers and counts stay."""
        for answer in self.answers:
            answer.first = None
            answer.text = None
        self.ruler = None
        self.plan = self.opening = None
        self.artefact = None
