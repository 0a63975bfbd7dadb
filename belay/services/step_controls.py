"""What is said to a question in place of an answer: skip it, help with it, go back."""

from __future__ import annotations

from belay.domain.exercise import Exercise, Step
from belay.domain.rehearsal import POSITION as REHEARSAL
from belay.domain.run import (
    AFTER,
    BEFORE,
    EDIT,
    FIRST_WORDS,
    PLAN,
    PLANNING,
    PRIVATE,
    REVIEW,
    RULER,
    SAVE,
    WHO,
    Run,
)
from belay.domain.turn import Turn
from belay.services.asking_again import ask_again
from belay.services.drafting import Drafting
from belay.services.endings import Endings
from belay.services.gatekeeper import Gatekeeper
from belay.services.planning import Planning
from belay.services.rehearsal import Rehearsal
from belay.services.voice import Voice


class StepControls:
    """Moves a run without an answer."""

    def __init__(
        self,
        voice: Voice,
        gatekeeper: Gatekeeper,
        drafting: Drafting,
        endings: Endings,
        rehearsal: Rehearsal,
        planning: Planning,
    ) -> None:
        self._voice = voice
        self._gatekeeper = gatekeeper
        self._drafting = drafting
        self._endings = endings
        self._rehearsal = rehearsal
        self._planning = planning

    def take(self, turn: Turn, run: Run, exercise: Exercise, intent: str) -> None:
        """skip_step, dont_know, ask_help_step, go_back_edit or push_back."""
        step = exercise.step(run.step_id) if run.step_id else None
        if intent == "skip_step":
            self.skip(turn, run, exercise)
        elif intent in ("ask_help_step", "dont_know"):
            self._drafting.show_example(turn, step, unsure=intent == "dont_know")
        elif intent == "go_back_edit":
            self._back(turn, run, exercise, step)
        elif intent == "push_back" and step is not None and run.answer_to(step.id) is not None:
            turn.note("push_back", step=step.id)
            self._drafting.keep_words(turn, run, exercise, step)
        else:
            self._voice.say(turn, "exercise.heard_you")

    def skip(self, turn: Turn, run: Run, exercise: Exercise) -> None:
        """Leave the open question out."""
        if run.step_id is not None:
            self._drafting.leave_out(turn, run, exercise, exercise.step(run.step_id))
        elif run.position == WHO:
            self._gatekeeper.who(turn, run, exercise, "other", "")
        elif run.position in PRIVATE:
            self._gatekeeper.gate(turn, run, exercise, "skip")
        elif run.position == BEFORE:
            run.go_to(exercise.steps[0].id)
        elif run.position in (AFTER, RULER):
            self._planning.begin(turn, run, exercise)
        elif run.position in PLANNING:
            self._planning.take(turn, run, exercise, None)
        elif run.position == SAVE:
            self._endings.finish(turn, run, exercise, keep=False)
        elif run.position in (REVIEW, EDIT):
            run.position = AFTER
        elif run.position.startswith(REHEARSAL):
            self._rehearsal.end(turn, run)

    def edit_part(self, turn: Turn, run: Run, exercise: Exercise) -> None:
        """Go to the part that a message names, to change it."""
        said = turn.text.strip().lower()
        step = next((one for one in exercise.steps if one.name.lower() in said), None)
        if step is None:
            ask_again(self._voice, turn, run, "exercise.edit_unclear")
            return
        run.editing = True
        run.go_to(step.id)

    def _back(self, turn: Turn, run: Run, exercise: Exercise, step: Step | None) -> None:
        if run.position == FIRST_WORDS:
            run.position = PLAN
            return
        if step is None and run.position in (REVIEW, AFTER, RULER, PLAN, SAVE):
            run.position = EDIT
            return
        earlier = exercise.before(step.id) if step is not None else None
        if earlier is None:
            self._voice.say(turn, "exercise.at_start")
            return
        said = run.answer_to(earlier.id)
        run.go_to(earlier.id)
        if said is not None and said.text:
            self._voice.say(turn, "exercise.went_back", text=said.text)
