"""The open exercise: what the next message means at the run's position."""

from __future__ import annotations

from belay.domain.exercise import Exercise, Step
from belay.domain.gates import is_due_again, is_locked
from belay.domain.rating import parse_rating
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
    Answer,
    Run,
    RunState,
)
from belay.domain.turn import Turn
from belay.services.asking_again import ask_again
from belay.services.confidence import take_rating
from belay.services.doubt import ask_which, doubtful_answer
from belay.services.drafting import Drafting
from belay.services.endings import Endings
from belay.services.exercises import fit_to_file
from belay.services.gatekeeper import Gatekeeper
from belay.services.meant import meant_press
from belay.services.planning import Planning
from belay.services.ports import Catalogue
from belay.services.rehearsal import Rehearsal
from belay.services.step_controls import StepControls
from belay.services.voice import Voice

CONTROL_WORDS = 8
CHECKED_CONTROLS = ("stop_exercise", "pause_exercise", "change_topic")


class Steps:
    """Takes texts, presses and controls for the active run."""

    def __init__(
        self,
        voice: Voice,
        catalogue: Catalogue,
        gatekeeper: Gatekeeper,
        drafting: Drafting,
        endings: Endings,
        rehearsal: Rehearsal,
        planning: Planning,
    ) -> None:
        self._voice = voice
        self._catalogue = catalogue
        self._gatekeeper = gatekeeper
        self._drafting = drafting
        self._endings = endings
        self._rehearsal = rehearsal
        self._planning = planning
        self._controls = StepControls(voice, gatekeeper, drafting, endings, rehearsal, planning)

    def answer(self, turn: Turn, maybe_control: str | None = None) -> None:
        """A typed message at the current position."""
        found = self._current(turn)
        if found is None:
            return
        run, exercise = found
        run.changed_at = turn.now
        intent = turn.understood.intent if turn.understood else "answer_free"
        meant = meant_press(turn, intent) if run.step_id or run.position in PLANNING else None
        if meant is not None:
            self.press(turn, meant)
        elif self._may_mean_control(turn, run, maybe_control):
            ask_which(self._voice, turn, run)
        elif run.step_id is not None:
            self._drafting.take(turn, run, exercise, exercise.step(run.step_id))
        elif run.position.startswith(REHEARSAL):
            self._rehearsal.take(turn, run, exercise)
        elif run.position in (BEFORE, AFTER):
            self._rate(turn, run, exercise, turn.text)
        elif run.position in PRIVATE:
            choice = {"affirm": "yes", "deny": "no"}.get(intent)
            self._gatekeeper.gate(turn, run, exercise, choice)
        elif run.position == WHO:
            self._who(turn, run, exercise)
        elif run.position in PLANNING:
            self._planning.take(turn, run, exercise, turn.text)
        elif run.position == RULER:
            run.ruler = turn.text
            self._planning.begin(turn, run, exercise)
        elif run.position == REVIEW:
            run.position = AFTER if intent == "affirm" else EDIT
        elif run.position == EDIT and intent == "deny":
            run.position = AFTER
        elif run.position == EDIT:
            self._controls.edit_part(turn, run, exercise)
        elif run.position == SAVE:
            keep = {"affirm": True, "deny": False}.get(intent)
            if keep is None:
                ask_again(self._voice, turn, run, "exercise.save_unclear")
            else:
                self._endings.finish(turn, run, exercise, keep=keep)

    def press(self, turn: Turn, value: str) -> None:
        """A button of the exercise: "gate:yes", "option:time", "keep_words", ..."""
        found = self._current(turn)
        if found is None:
            return
        run, exercise = found
        run.changed_at = turn.now
        if turn.press is not None and turn.press.stale:
            self._voice.say(turn, "exercise.earlier_button")
            return
        verb, _, rest = value.partition(":")
        step = exercise.step(run.step_id) if run.step_id else None
        if step is not None and self._press_at_step(turn, run, exercise, step, verb, rest):
            return
        if verb == "gate" and run.position in PRIVATE:
            self._gatekeeper.gate(turn, run, exercise, rest)
        elif verb == "who" and run.position == WHO:
            self._gatekeeper.who(turn, run, exercise, rest, "")
        elif verb == "review" and run.position == REVIEW and rest == "rehearse":
            self._rehearsal.begin(turn, run, exercise)
        elif verb == "rehearsal_end" and run.position.startswith(REHEARSAL):
            self._rehearsal.end(turn, run)
        elif verb == "review" and run.position in (REVIEW, EDIT):
            run.position = AFTER if rest == "ok" else EDIT
        elif verb == "part" and run.position == EDIT:
            run.editing = True
            run.go_to(rest)
        elif verb == "save" and run.position == SAVE:
            self._endings.finish(turn, run, exercise, keep=rest == "yes")
        elif verb == "rate" and run.position in (BEFORE, AFTER):
            self._rate(turn, run, exercise, rest)
        elif verb == "opening" and run.position == FIRST_WORDS:
            self._planning.keep_offered(turn, run, exercise)
        elif verb == "skip":
            self._controls.skip(turn, run, exercise)
        elif verb == "example":
            self._drafting.show_example(turn, step, unsure=False)

    def control(self, turn: Turn, intent: str) -> None:
        """skip_step, dont_know, ask_help_step, go_back_edit or push_back."""
        found = self._current(turn)
        if found is None:
            self._voice.say(turn, "exercise.nothing_open")
            return
        run, exercise = found
        run.changed_at = turn.now
        self._controls.take(turn, run, exercise, intent)

    def mend(self, turn: Turn) -> None:
        """Before a message is taken: a run whose file has changed goes on at a step that is there.

        A run waits when its file is gone, when its person was locked meanwhile, or when the
        private questions are due again.
        """
        run = turn.run
        if run is None:
            return
        exercise = self._catalogue.get(run.exercise_id)
        about = turn.counterpart(run.counterpart_id)
        if (
            exercise is None
            or is_locked(exercise.gate, about, turn.now)
            or is_due_again(exercise.gate, run, about, turn.now)
        ):
            run.state = RunState.PAUSED
        else:
            fit_to_file(run, exercise)

    def expects(self, turn: Turn) -> str | None:
        """What kind of answer the open position takes: text, rating, choice; None without run."""
        found = self._current(turn)
        if found is None:
            return None
        run, exercise = found
        if run.step_id is not None:
            return exercise.step(run.step_id).kind
        if run.position in (BEFORE, AFTER):
            return "rating"
        free = run.position in (*PLANNING, RULER) or run.position.startswith(REHEARSAL)
        return "text" if free else "choice"

    def _current(self, turn: Turn) -> tuple[Run, Exercise] | None:
        run = turn.run
        exercise = self._catalogue.get(run.exercise_id) if run else None
        return (run, exercise) if run is not None and exercise is not None else None

    def _press_at_step(
        self, turn: Turn, run: Run, exercise: Exercise, step: Step, verb: str, rest: str
    ) -> bool:
        if verb == "option":
            self._drafting.choose(turn, run, exercise, step, rest)
        elif verb == "keep_words":
            self._drafting.keep_words(turn, run, exercise, step)
        elif verb == "change":
            self._voice.say(turn, "exercise.write_again")
            turn.asked = True
        elif verb == "answer":
            doubtful = doubtful_answer(run)
            if doubtful is None:
                self._voice.say(turn, "exercise.say_again")
                turn.asked = True
            else:
                self._take_doubtful(turn, run, exercise, doubtful)
        elif verb == "smaller" and step.smaller is not None:
            run.go_to(step.smaller.step)
            run.editing = True
        else:
            return False
        return True

    def _may_mean_control(self, turn: Turn, run: Run, maybe_control: str | None) -> bool:
        named = maybe_control in CHECKED_CONTROLS and run.step_id is not None
        return named and len(turn.text.split()) <= CONTROL_WORDS

    def _take_doubtful(self, turn: Turn, run: Run, exercise: Exercise, said: Answer) -> None:
        """ "That is my answer": the words that were asked about count."""
        turn.text = said.text or ""
        self._drafting.take(turn, run, exercise, exercise.step(said.step))

    def _who(self, turn: Turn, run: Run, exercise: Exercise) -> None:
        person = turn.understood.first("person_role") if turn.understood else None
        if person is None:
            ask_again(self._voice, turn, run, "exercise.who_unclear")
        else:
            self._gatekeeper.who(turn, run, exercise, person.value, person.text)

    def _rate(self, turn: Turn, run: Run, exercise: Exercise, said: str) -> None:
        take_rating(self._voice, turn, run, exercise, parse_rating(said))
        if run.position == PLAN:
            self._planning.begin(turn, run, exercise)
