"""What an option of a choice leads to besides the next step (`then` in an exercise's file)."""

from __future__ import annotations

from belay.domain.exercise import Consequence, Exercise, Option, Step
from belay.domain.floor import Verdict
from belay.domain.run import Run
from belay.domain.turn import Turn
from belay.services.safety import Safety
from belay.services.voice import Voice

LINES = {"control_mirror": "exercise.control_mirror", "family_support": "exercise.family_support"}


class Consequences:
    """Follows up on a choice. Each kind comes once in a run; after that the choice just counts."""

    def __init__(self, voice: Voice, safety: Safety) -> None:
        self._voice = voice
        self._safety = safety

    def follow(self, turn: Turn, run: Run, exercise: Exercise, step: Step, option: Option) -> None:
        """Do what the option declares.

        The answer is kept and the run already stands at the next step, so that a safety check
        pauses it there and nothing is asked twice.
        """
        if option.then is None or _came_before(run, exercise, step, option.then):
            return
        turn.note("consequence", step=step.id, leads_to=option.then)
        if option.then == "quiet_check":
            rule = f"choice.{exercise.id}.{step.id}"
            self._safety.meet(turn, Verdict(2, "safety_coercive_control", "context", rule))
        else:
            self._voice.say(turn, LINES[option.then])


def _came_before(run: Run, exercise: Exercise, step: Step, kind: Consequence) -> bool:
    for other in exercise.steps:
        said = run.answer_to(other.id)
        if other.id == step.id or said is None:
            continue
        if any(option.id == said.choice and option.then == kind for option in other.options):
            return True
    return False
