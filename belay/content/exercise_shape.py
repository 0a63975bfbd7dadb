"""What a file in content/exercises may hold, and its form as the domain has it."""

from __future__ import annotations

import re
from typing import Literal, Self

from pydantic import Field, model_validator

from belay.content.shapes import Strict
from belay.domain.artefact import fit
from belay.domain.exercise import Consequence, Exercise, Layout, Option, Shelf, Smaller, Step

NEEDS = (
    "set_boundary",
    "say_no",
    "ask_support",
    "give_support",
    "raise_issue",
    "repair_rupture",
    "understand_each_other",
    "balance_give_take",
    "keep_identity",
    "build_trust",
    "agree_before_closeness",
    "notice_codependence",
    "calm_conflict",
    "share_good_news",
    "express_feeling",
)
"""The intents that name a need; an exercise is offered for some of them."""

WORDINGS = 3
FEWEST_EXAMPLES = 2
MARKS = ("happened", "feeling", "need", "request", "limit", "will")
_SLOT = re.compile(r"\{(\w+)(?:\|(\w+))?\}")
_FEATURE = r"^F[0-4]\d$"
_BEST = "best"


class OptionShape(Strict):
    """One choice."""

    id: str = Field(pattern=r"^[a-z_]+$")
    title: str
    words: tuple[str, ...] = ()
    then: Consequence | None = None


class SmallerShape(Strict):
    """Below which number an earlier step is made smaller."""

    below: int = Field(ge=1, le=10)
    step: str


class StepShape(Strict):
    """One step."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    kind: Literal["text", "choice", "rating"]
    ask: tuple[str, ...]
    plain: str
    examples: tuple[str, ...]
    mark: Literal["happened", "feeling", "need", "request", "limit", "will"] | None = None
    need: tuple[str, ...] = ()
    need_any: tuple[str, ...] = ()
    ban: tuple[str, ...] = ()
    max_words: int | None = Field(default=None, ge=1)
    strict: dict[str, int] = Field(default_factory=dict)
    echo: tuple[str, ...] = ()
    none_is_fine: bool = False
    doubts_controls: bool = False
    options: tuple[OptionShape, ...] = ()
    smaller: SmallerShape | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if len(self.ask) < WORDINGS:
            raise ValueError(f"the step '{self.id}' needs {WORDINGS} wordings under `ask`.")
        if len(self.examples) < FEWEST_EXAMPLES:
            raise ValueError(f"the step '{self.id}' needs {FEWEST_EXAMPLES} or more `examples`.")
        if (self.kind == "choice") != bool(self.options):
            raise ValueError(
                f"the step '{self.id}' is of kind {self.kind}; `options` belong to kind choice, "
                "and only there. Add or remove them."
            )
        if self.smaller is not None and self.kind != "rating":
            raise ValueError(f"the step '{self.id}' is no rating. Remove `smaller`.")
        if self.echo and self.kind != "text":
            raise ValueError(f"the step '{self.id}' is no text. Remove `echo`.")
        for feature in self.strict:
            if feature not in self.ban:
                raise ValueError(
                    f"the step '{self.id}' is strict about '{feature}', which it does not ban. "
                    "Add it to `ban` or remove it from `strict`."
                )
        for feature in (*self.need, *self.need_any, *self.ban):
            if not re.match(_FEATURE, feature):
                raise ValueError(
                    f"the step '{self.id}' names the feature '{feature}'. Write F01 to F46."
                )
        for text in (*self.ask, self.plain, *self.examples):
            rest = text.replace("{person}", "") if text in self.ask else text
            if "{" in rest or "}" in rest:
                raise ValueError(
                    f"a brace in '{text[:40]}' is not filled. Only `ask` may hold one: {{person}}."
                )
        if self.name != self.name.strip() or self.name[:1].isupper():
            raise ValueError(f"the name of the step '{self.id}' starts in lower case. Write it so.")
        return self

    def built(self) -> Step:
        """The step as the domain has it."""
        return Step(
            id=self.id,
            name=self.name,
            kind=self.kind,
            ask=self.ask,
            plain=self.plain,
            examples=self.examples,
            mark=self.mark,
            need=self.need,
            need_any=self.need_any,
            ban=self.ban,
            max_words=self.max_words,
            strict=tuple(self.strict.items()),
            echo=self.echo,
            none_is_fine=self.none_is_fine,
            doubts_controls=self.doubts_controls,
            options=tuple(Option(one.id, one.title, one.words, one.then) for one in self.options),
            smaller=Smaller(self.smaller.below, self.smaller.step) if self.smaller else None,
        )


class ArtefactShape(Strict):
    """The finished statement."""

    title: str
    lines: tuple[str, ...] = Field(min_length=1)
    layout: Layout = "text"
    best_of: tuple[str, ...] = ()


class ExerciseShape(Strict):
    """One exercise."""

    id: str = Field(pattern=r"^[a-z_]+$")
    place: int = 100
    shelf: Shelf
    title: str
    short: str
    minutes: int = Field(ge=1, le=30)
    gate: Literal["G0", "G1", "G2"]
    asks_who: bool = False
    age_min: int | None = Field(default=None, ge=18)
    why: str
    source: str
    first_for: tuple[str, ...] = ()
    second_for: tuple[str, ...] = ()
    not_for: str
    steps: tuple[StepShape, ...] = Field(min_length=1)
    artefact: ArtefactShape
    practice: tuple[str, ...] = Field(min_length=1)
    opening: tuple[str, ...] = ()
    plans_itself: bool = False

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        ids = [step.id for step in self.steps]
        for step_id in ids:
            if ids.count(step_id) > 1:
                raise ValueError(f"two steps are called '{step_id}'. Rename one.")
        for place, step in enumerate(self.steps):
            if step.smaller and step.smaller.step not in ids[:place]:
                raise ValueError(
                    f"the step '{step.id}' makes '{step.smaller.step}' smaller, which is no "
                    "earlier step. Name one."
                )
        for intent in (*self.first_for, *self.second_for):
            if intent not in NEEDS:
                raise ValueError(f"'{intent}' is no coaching need. Use one of {', '.join(NEEDS)}.")
        if self.asks_who and self.gate != "G0":
            raise ValueError(f"the gate {self.gate} asks whom it is about anyway. Remove asks_who.")
        for step_id in self.artefact.best_of:
            if step_id not in ids:
                raise ValueError(f"best_of names '{step_id}', which is no step here. Name steps.")
        slots = [*ids, _BEST] if self.artefact.best_of else ids
        for line in (*self.artefact.lines, *self.opening):
            _check_artefact(line, slots)
        return self

    def built(self, version: str) -> Exercise:
        """The exercise as the domain has it."""
        return Exercise(
            id=self.id,
            shelf=self.shelf,
            title=self.title,
            short=self.short,
            minutes=self.minutes,
            gate=self.gate,
            why=self.why,
            source=self.source,
            first_for=self.first_for,
            second_for=self.second_for,
            not_for=self.not_for,
            steps=tuple(step.built() for step in self.steps),
            artefact_title=self.artefact.title,
            artefact_lines=self.artefact.lines,
            practice=self.practice,
            version=version,
            about_someone=self.asks_who or self.gate != "G0",
            age_min=self.age_min,
            layout=self.artefact.layout,
            best_of=self.artefact.best_of,
            opening=self.opening,
            plans_itself=self.plans_itself,
        )


def _check_artefact(line: str, steps: list[str]) -> None:
    rest = _SLOT.sub("", line)
    if "{" in rest or "}" in rest:
        raise ValueError(f"a brace in '{line[:40]}' is no slot. Write {{step}} or {{step|form}}.")
    for slot in _SLOT.finditer(line):
        if slot[1] not in steps:
            raise ValueError(
                f"the artefact names '{slot[1]}', which is no step here. Use one of "
                f"{', '.join(steps)}."
            )
        try:
            fit("words", slot[2] or "phrase")
        except KeyError as error:
            raise ValueError(
                f"the artefact asks for the form '{slot[2]}', which there is not. Use sentence, "
                "phrase, after_i_will, after_i_felt, after_i_need or after_when."
            ) from error
