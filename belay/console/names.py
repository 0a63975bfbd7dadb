"""Names for ids: exercises, steps, positions, routes, intents."""

from __future__ import annotations

import re

from belay.domain.run import STEP
from belay.services.ports import Catalogue

POSITIONS = {
    "who": "who it is about",
    "gate.afraid": "private question 1",
    "gate.hurt": "private question 2",
    "gate.controls": "private question 3",
    "before": "confidence before",
    "review": "reading the draft",
    "edit": "changing the draft",
    "after": "confidence after",
    "ruler": "why this number",
    "plan": "the plan",
    "plan.first": "the first words",
    "save": "keep it or not",
    "done": "finished",
}
STATES = {"active": "in progress", "paused": "paused", "stopped": "stopped", "done": "finished"}
TIERS = {1: "care line", 2: "direct question", 3: "crisis reply"}
_NUMBERED = re.compile(r"^F\d+_")


class Names:
    """Speaks of exercises as the content does; without a catalogue, by readable ids."""

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self._catalogue = catalogue

    def exercise(self, exercise_id: str) -> str:
        """The exercise's title."""
        found = self._catalogue.get(exercise_id) if self._catalogue else None
        return found.title if found else readable(exercise_id).capitalize()

    def step(self, exercise_id: str | None, step_id: str) -> str:
        """The step's name."""
        found = self._catalogue.get(exercise_id) if self._catalogue and exercise_id else None
        steps = {step.id: step.name for step in found.steps} if found else {}
        return steps.get(step_id, readable(step_id))

    def position(self, exercise_id: str | None, position: str) -> str:
        """Where in an exercise: a step's name, or what happens there."""
        if position.startswith(STEP):
            return self.step(exercise_id, position.removeprefix(STEP))
        return POSITIONS.get(position, readable(position))


def readable(identifier: str) -> str:
    """An id as words: "F12_vague_request" is "vague request"."""
    return _NUMBERED.sub("", identifier).replace("_", " ")


def intent_name(intent: str) -> str:
    """An intent as words."""
    return {"nlu_fallback": "not understood", "answer_free": "an answer"}.get(
        intent, readable(intent)
    )


def route_name(route: str | None) -> str:
    """A safety route as words."""
    return readable(route.removeprefix("safety_")) if route else "not kept"


def tier_name(tier: int) -> str:
    """What a tier means for the reply."""
    return TIERS.get(tier, "none")
