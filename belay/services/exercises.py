"""Runs: begin, pause, resume, stop, and the one place that asks the open question.

`steps` takes the answers. Together they are the exercise engine; both read only the exercise's
file and the run, so a new exercise needs no code.
"""

from __future__ import annotations

from uuid import uuid4

from belay.domain.client import Counterpart, Risk
from belay.domain.exercise import Exercise, Step
from belay.domain.reply import Button, Card
from belay.domain.run import (
    AFTER,
    BEFORE,
    DONE,
    EDIT,
    GATES,
    PLAN,
    REVIEW,
    RULER,
    SAVE,
    WHO,
    Run,
    RunState,
)
from belay.domain.safety import gate_allows
from belay.domain.turn import Turn
from belay.services.coaching import topic_counterpart
from belay.services.ports import Catalogue
from belay.services.safety import Safety
from belay.services.voice import Voice


class Exercises:
    """Begins and asks."""

    def __init__(self, voice: Voice, catalogue: Catalogue, safety: Safety, open_: bool) -> None:
        self._voice = voice
        self._catalogue = catalogue
        self._safety = safety
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
        run.state = RunState.ACTIVE
        run.changed_at = turn.now
        turn.note("exercise_resume", exercise=exercise.id)
        self._voice.say(turn, "exercise.resumed", title=exercise.title)
        return True

    def pause(self, turn: Turn) -> None:
        """Keep the run for later."""
        run = turn.run
        if run is None:
            self._voice.say(turn, "exercise.nothing_open")
            return
        self._set_aside(turn, run)
        kept = "exercise.paused" if turn.client.consents.may_save else "exercise.paused_a_day"
        self._voice.say(turn, kept)

    def stop(self, turn: Turn) -> None:
        """End the run; nothing of it is kept but counts. A statement kept before stays."""
        run = turn.run or turn.paused
        if run is None:
            self._voice.say(turn, "exercise.nothing_open")
            return
        if run.artefact_id is not None:
            run.position, run.editing = DONE, False
            run.end(RunState.DONE, turn.now)
            self._voice.say(turn, "exercise.kept_words")
            return
        run.end(RunState.STOPPED, turn.now)
        run.blank()
        turn.forget_runs.append(run.id)
        turn.note("exercise_stop", exercise=run.exercise_id)
        self._voice.say(turn, "exercise.stopped")

    def rest(self, turn: Turn) -> None:
        """Let an exercise that was open while Belay was switched off wait to be resumed."""
        if turn.run is not None and not turn.client.may_be_coached:
            self._set_aside(turn, turn.run)

    def reopen(self, turn: Turn, run: Run) -> None:
        """Stand at the choice of parts of a finished statement, to change one."""
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
        """Put the question of the run's position, unless this turn already asked one."""
        run = turn.run
        exercise = self._catalogue.get(run.exercise_id) if run else None
        if run is None or exercise is None or turn.asked:
            return
        turn.asked = True
        if run.step_id is not None:
            self._ask_step(turn, exercise.step(run.step_id))
        elif run.position == WHO:
            roles = [
                self._voice.words.button(
                    "role", role=role, title=self._voice.words.person(role, None).capitalize()
                )
                for role in self._voice.words.roles()
            ]
            self._say(turn, "exercise.who", roles)
        elif run.position in GATES:
            first = run.position == GATES[0] and not run.unclear
            lead = self._voice.text(turn, "gate.lead") + " " if first else ""
            self._voice.say(turn, run.position, lead=lead)
        elif run.position == REVIEW:
            self._voice.say(turn, "exercise.review", card=self._card(exercise, run))
        elif run.position == EDIT:
            parts = [self._part(exercise, step) for step in exercise.steps]
            self._say(turn, "exercise.edit", parts)
        elif run.position == PLAN:
            practice = exercise.practice[0] if exercise.practice else ""
            self._voice.say(turn, "exercise.plan", practice=practice)
        elif run.position == SAVE:
            self._voice.say(turn, "exercise.save")
        elif run.position == RULER:
            self._voice.say(turn, "exercise.ruler", rating=run.after)
        elif run.position in (BEFORE, AFTER):
            self._voice.say(turn, f"exercise.{run.position}")

    def place(self, turn: Turn, run: Run, exercise: Exercise) -> bool:
        """Stand where the run goes on. False (with a word why) when its gate is locked."""
        counterpart = turn.counterpart(run.counterpart_id)
        if exercise.gate == "G0":
            run.position = BEFORE
            return True
        if counterpart is None:
            run.position = WHO
            return True
        risk = counterpart.risk_at(turn.now)
        if risk is Risk.UNKNOWN:
            run.position = GATES[0]
            return True
        if not gate_allows(exercise.gate, risk):
            self._voice.say(turn, "gate.locked" if risk is Risk.RED else "gate.watch_together")
            return False
        if risk is Risk.WATCH:
            self._voice.say(turn, "gate.watch")
        run.position = BEFORE
        return True

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
        if exercise.gate == "G0" or role is None:
            return None
        return topic_counterpart(turn) or add_counterpart(
            turn, role, turn.conversation.topic_words or role
        )

    def _ask_step(self, turn: Turn, step: Step) -> None:
        text = step.ask[int(turn.id[-4:], 16) % len(step.ask)]
        person = self._voice.person(turn)
        buttons = [
            self._voice.words.button("option", option=option.id, title=option.title)
            for option in step.options
        ]
        if step.kind == "text":
            buttons.append(self._voice.words.button("example"))
        buttons.append(self._voice.words.button("skip"))
        filled = text.replace("{person}", person)
        turn.say(self._voice.words.reply("exercise.step", turn.id, buttons=buttons, ask=filled))

    def _part(self, exercise: Exercise, step: Step) -> Button:
        return self._voice.words.button("part", step=step.id, title=step.name.capitalize())

    def _card(self, exercise: Exercise, run: Run) -> Card:
        return Card("statement", exercise.artefact_title, run.artefact or "")

    def _say(self, turn: Turn, line: str, buttons: list[Button]) -> None:
        person = self._voice.person(turn)
        turn.say(self._voice.words.reply(line, turn.id, buttons=buttons, person=person))


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
