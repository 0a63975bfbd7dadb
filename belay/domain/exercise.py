"""What one file in content/exercises declares, as plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Shelf = Literal["limits", "asking", "talks", "closeness", "myself"]
"""Where the menu keeps an exercise."""
SHELVES: tuple[Shelf, ...] = ("limits", "asking", "talks", "closeness", "myself")
StepKind = Literal["text", "choice", "rating"]

Consequence = Literal["quiet_check", "control_mirror", "family_support"]
"""What choosing an option leads to, apart from the next step: a safety question, a respectful
turn for somebody who steers another person, or a word on support for families."""

Layout = Literal["text", "lines"]
"""How a statement is set: as one text, or line by line as a card."""

NOTHING = frozenset({"no", "none", "nothing", "nope", "no thanks", "not really", "n/a"})


@dataclass(frozen=True)
class Option:
    """One choice of a choice step; `words` are other ways to type it."""

    id: str
    title: str
    words: tuple[str, ...] = ()
    then: Consequence | None = None


@dataclass(frozen=True)
class Smaller:
    """For a rating step: below this number, offer once to make that earlier step smaller."""

    below: int
    step: str


@dataclass(frozen=True)
class Step:
    """One question with what a good answer contains and what earns a tip.

    Attributes:
        need: Features that all have to be there.
        need_any: Features of which one has to be there.
        ban: Features that earn a tip.
        strict: Features with the number of hits from which they count here.
        echo: Beginnings of words of a story; a good answer takes one of them up.
        doubts_controls: Whether an answer may sound like "pause" or "stop", so that it is asked.
        none_is_fine: Whether "no" or "nothing" is an answer, which the artefact leaves out.
    """

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
    strict: tuple[tuple[str, int], ...] = ()
    echo: tuple[str, ...] = ()
    none_is_fine: bool = False
    doubts_controls: bool = False
    options: tuple[Option, ...] = ()
    smaller: Smaller | None = None

    def leaves_out(self, text: str) -> bool:
        """Whether a text says that there is nothing to name here."""
        return self.none_is_fine and text.casefold().strip(" .!") in NOTHING

    def takes_up(self, text: str) -> bool:
        """Whether a text takes up a word of the story; True where there is no story."""
        said = text.casefold()
        return not self.echo or any(re.search(rf"\b{re.escape(one)}", said) for one in self.echo)


@dataclass(frozen=True)
class Exercise:
    """A guided sequence of steps that ends in an artefact.

    Attributes:
        about_someone: Whether it asks whom it is about; every gate but G0 does.
        age_min: Both people have to be that old; G2 asks in any case.
        opening: Lines for the first sentence to say; the first that can be filled is offered.
        plans_itself: Whether its statement is a plan already, so that none is asked for.
        best_of: Steps whose best answer fills `{best}` in the artefact.
    """

    id: str
    shelf: Shelf
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
    about_someone: bool = False
    age_min: int | None = None
    layout: Layout = "text"
    best_of: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    plans_itself: bool = False

    @property
    def is_said(self) -> bool:
        """Whether it ends in words for somebody, so that a first sentence belongs to its plan."""
        return self.gate != "G0" or bool(self.opening)

    @property
    def asks_age(self) -> bool:
        """Whether both people have to be grown up."""
        return self.gate == "G2" or self.age_min is not None

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
