"""What one file in content/exercises declares, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StepKind = Literal["text", "choice", "rating"]


@dataclass(frozen=True)
class Option:
    """One choice of a choice step; `words` are other ways to type it."""

    id: str
    title: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Smaller:
    """For a rating step: below this number, offer once to make that earlier step smaller."""

    below: int
    step: str


@dataclass(frozen=True)
class Step:
    """One question with what a good answer contains and what earns a tip."""

    id: str
    name: str
    kind: StepKind
    ask: tuple[str, ...]
    plain: str
    examples: tuple[str, ...]
    mark: str | None = None
    need: tuple[str, ...] = ()
    need_any: tuple[str, ...] = ()
    ban: tuple[str, ...] = ()
    max_words: int | None = None
    options: tuple[Option, ...] = ()
    smaller: Smaller | None = None


@dataclass(frozen=True)
class Exercise:
    """A guided sequence of steps that ends in an artefact."""

    id: str
    title: str
    short: str
    minutes: int
    gate: Literal["G0", "G1", "G2"]
    why: str
    source: str
    first_for: tuple[str, ...]
    second_for: tuple[str, ...]
    not_for: str
    steps: tuple[Step, ...]
    artefact_title: str
    artefact_lines: tuple[str, ...]
    practice: tuple[str, ...]
    version: str

    def step(self, step_id: str) -> Step:
        """The step with this id.

        Raises:
            KeyError: there is none.
        """
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(f"exercise {self.id} has no step {step_id}")

    def after(self, step_id: str) -> Step | None:
        """The step that follows, or None after the last."""
        place = self.steps.index(self.step(step_id))
        return self.steps[place + 1] if place + 1 < len(self.steps) else None

    def before(self, step_id: str) -> Step | None:
        """The step before, or None at the first."""
        place = self.steps.index(self.step(step_id))
        return self.steps[place - 1] if place else None
