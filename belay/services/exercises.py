"""Runs: begin, pause, resume, stop, and the one place that asks the open question.

`steps` takes the answers. Together they are the exercise engine; both read only the exercise's
file and the run, so a new exercise needs no code.
"""

from __future__ import annotations

from uuid import uuid4

from belay.domain.client import Counterpart, Risk
from belay.domain.exercise import Exercise
from belay.domain.gates import is_due_again
from belay.domain.run import (
    ADULTS,
    BEFORE,
    DONE,
    EDIT,
    GATES,
    WHO,
    Run,
    RunState,
)
from belay.domain.safety import gate_allows
from belay.domain.turn import Turn
from belay.services.doubt import ask_which, no_answer, sounds_like_an_answer
from belay.services.offers import topic_counterpart
from belay.services.ports import Catalogue
from belay.services.questions import Questions
from belay.services.rehearsal import Rehearsal
from belay.services.safety import Safety
from belay.services.voice import Voice


class Exercises:
    """Begins and asks."""

    def __init__(
        self,
        voice: Voice,
        catalogue: Catalogue,
        safety: Safety,
        rehearsal: Rehearsal,
        open_: bool,
    ) -> None:
        self._voice = voice
        self._catalogue = catalogue
        self._safety = safety
        self._questions = Questions(voice, rehearsal)
        self._open = open_

    def start(self, turn: Turn, exercise_id: str) -> bool:
        """Begin an exercise. True when a run is active now and waits to be asked."""
        exercise = self._catalogue.get(exercise_id)
        if exercise is None:
            self._voice.say(turn, "exercise.unknown")
            return False
        if not self._open:
            self._voice.say(turn, "exercise.switched_off")
            return False
        running = turn.run
        if running is not None:
            self._set_aside(turn, running)
        run = Run(
            id=uuid4().hex,
            client_id=turn.client.id,
            exercise_id=exercise.id,
            version=exercise.version,
            started_at=turn.now,
            position=WHO,
            changed_at=turn.now,
        )
        counterpart = self._counterpart_of_topic(turn, exercise)
        run.counterpart_id = counterpart.id if counterpart else None
        if not self.place(turn, run, exercise):
            return False
        turn.runs.append(run)
        turn.note("exercise_start", exercise=exercise.id)
        self._voice.say(
            turn,
            "exercise.start",
            title=exercise.title,
            minutes=exercise.minutes,
            why=exercise.why,
        )
        return True

    def resume(self, turn: Turn, run_id: str | None = None) -> bool:
        """Go on with the paused run (the latest, or the named one)."""
        run = next((one for one in turn.runs if one.id == run_id), None) or turn.paused
        exercise = self._catalogue.get(run.exercise_id) if run else None
        if run is None or exercise is None or run.state in (RunState.DONE, RunState.STOPPED):
            self._voice.say(turn, "exercise.nothing_paused")
            return False
        fit_to_file(run, exercise)
        if turn.run is not None and turn.run is not run:
            self._set_aside(turn, turn.run)
        if not self._still_open(turn, run, exercise):
            return False
        if is_due_again(exercise.gate, run, turn.counterpart(run.counterpart_id), turn.now):
            run.ask_gate_again()
        run.state = RunState.ACTIVE
        run.changed_at = turn.now
        turn.note("exercise_resume", exercise=exercise.id)
        self._voice.say(turn, "exercise.resumed", title=exercise.title)
        return True

    def pause(self, turn: Turn) -> bool:
        """Keep the run for later. False when it goes on: the word may be an answer there."""
        run = turn.run
        if run is None:
            self._voice.say(turn, "exercise.nothing_open")
            return True
        if self._asks_which(turn, run):
            return False
        no_answer(run)
        self._set_aside(turn, run)
        kept = "exercise.paused" if turn.client.consents.may_save else "exercise.paused_a_day"
        self._voice.say(turn, kept)
        return True

    def stop(self, turn: Turn) -> bool:
        """End the run; nothing of it is kept but counts. A statement kept before stays.

        False when it goes on: the word may be an answer there.
        """
        run = turn.run or turn.paused
        if run is None:
            self._voice.say(turn, "exercise.nothing_open")
            return True
        if run is turn.run and self._asks_which(turn, run):
            return False
        if run.artefact_id is not None:
            run.position, run.editing = DONE, False
            run.end(RunState.DONE, turn.now)
            self._voice.say(turn, "exercise.kept_words")
            return True
        run.end(RunState.STOPPED, turn.now)
        run.blank()
        turn.forget_runs.append(run.id)
        turn.note("exercise_stop", exercise=run.exercise_id)
        self._voice.say(turn, "exercise.stopped")
        return True

    def _asks_which(self, turn: Turn, run: Run) -> bool:
        exercise = self._catalogue.get(run.exercise_id)
        if exercise is None or not sounds_like_an_answer(turn, run, exercise):
            return False
        ask_which(self._voice, turn, run)
        return True

    def rest(self, turn: Turn) -> None:
        """Let an exercise that was open while Belay was switched off wait to be resumed."""
        if turn.run is not None and not turn.client.may_be_coached:
            self._set_aside(turn, turn.run)

    def reopen(self, turn: Turn, run: Run) -> None:
        """Stand at the choice of parts of a finished statement, to change one."""
        exercise = self._catalogue.get(run.exercise_id)
        if exercise is not None and not self._still_open(turn, run, exercise):
            return
        if turn.run is not None and turn.run is not run:
            self._set_aside(turn, turn.run)
        run.state = RunState.ACTIVE
        run.changed_at = turn.now
        run.position = EDIT
        self.ask(turn)

    def change_topic(self, turn: Turn) -> None:
        """Set the run aside and listen to what is new."""
        run = turn.run
        if run is not None:
            self._set_aside(turn, run)
        turn.conversation.topic_role = turn.conversation.topic_words = None
        self._voice.say(turn, "exercise.topic_changed" if run else "talk.new_topic")

    def ask(self, turn: Turn) -> None:
        """Put the question of the run's position, unless this turn already asked one.

        A question that waited outside of it no longer does.
        """
        run = turn.run
        exercise = self._catalogue.get(run.exercise_id) if run else None
        if run is None or exercise is None or turn.asked or turn.erase:
            return
        turn.asked = True
        turn.conversation.pending = None
        self._questions.ask(turn, run, exercise)

    def place(self, turn: Turn, run: Run, exercise: Exercise) -> bool:
        """Stand where the run goes on. False (with a word why) when its gate is locked."""
        counterpart = turn.counterpart(run.counterpart_id)
        if exercise.about_someone and counterpart is None:
            run.position = WHO
            return True
        if exercise.gate == "G0" or counterpart is None:
            run.position = BEFORE
            return True
        risk = counterpart.risk_at(turn.now)
        if risk is Risk.UNKNOWN:
            run.position = GATES[0]
            return True
        if not gate_allows(exercise.gate, risk):
            self._voice.say(turn, "gate.locked" if risk is Risk.RED else "gate.watch_together")
            return False
        if exercise.asks_age and run.gate_answers.get("adults") != "yes":
            run.position = ADULTS
            return True
        if risk is Risk.WATCH:
            self._voice.say(turn, "gate.watch")
        run.position, run.after_gate = run.after_gate or BEFORE, None
        return True

    def set_back(self, turn: Turn, run: Run) -> None:
        """Pause a run whose gate closed in the middle, where it stood before the questions."""
        run.position, run.after_gate = run.after_gate or run.position, None
        self._set_aside(turn, run)
        turn.asked = True

    def _still_open(self, turn: Turn, run: Run, exercise: Exercise) -> bool:
        counterpart = turn.counterpart(run.counterpart_id)
        if exercise.gate == "G0" or counterpart is None:
            return True
        risk = counterpart.risk_at(turn.now)
        asking = run.position in GATES and risk is not Risk.RED
        if asking or risk is Risk.UNKNOWN or gate_allows(exercise.gate, risk):
            return True
        person = self._voice.words.person(counterpart.role, counterpart.words)
        self._voice.say(turn, "gate.locked", person=person)
        return False

    def _set_aside(self, turn: Turn, run: Run) -> None:
        run.state = RunState.PAUSED
        run.changed_at = turn.now
        turn.note("exercise_pause", exercise=run.exercise_id, reason="asked")

    def _counterpart_of_topic(self, turn: Turn, exercise: Exercise) -> Counterpart | None:
        role = turn.conversation.topic_role
        if not exercise.about_someone or role is None:
            return None
        return topic_counterpart(turn) or add_counterpart(
            turn, role, turn.conversation.topic_words or role
        )


def add_counterpart(turn: Turn, role: str, words: str) -> Counterpart:
    """A new counterpart of this client."""
    counterpart = Counterpart(id=uuid4().hex, role=role, words=words)
    turn.counterparts.append(counterpart)
    return counterpart


def fit_to_file(run: Run, exercise: Exercise) -> None:
    """Stand at the first open step when the file has lost the step that the run stood at."""
    if run.step_id is None or any(step.id == run.step_id for step in exercise.steps):
        return
    unanswered = (step for step in exercise.steps if run.answer_to(step.id) is None)
    run.go_to(next(unanswered, exercise.steps[-1]).id)
