"""The question of each position of a run, with its buttons."""

from __future__ import annotations

from belay.domain.exercise import Exercise, Step
from belay.domain.rehearsal import POSITION as REHEARSAL
from belay.domain.reply import Button, Card
from belay.domain.run import (
    AFTER,
    BEFORE,
    EDIT,
    FIRST_WORDS,
    GATES,
    PLAN,
    PRIVATE,
    REVIEW,
    RULER,
    SAVE,
    WHO,
    Run,
)
from belay.domain.statement import opening
from belay.domain.turn import Turn
from belay.services.rehearsal import Rehearsal
from belay.services.voice import Voice


class Questions:
    """Says what is open, in the words of the exercise's file or of the frame."""

    def __init__(self, voice: Voice, rehearsal: Rehearsal) -> None:
        self._voice = voice
        self._rehearsal = rehearsal

    def ask(self, turn: Turn, run: Run, exercise: Exercise) -> None:
        """Put the question of the run's position."""
        if run.step_id is not None:
            self._ask_step(turn, exercise.step(run.step_id))
        elif run.position == WHO:
            roles = [
                self._voice.words.button(
                    "role", role=role, title=self._voice.words.person(role, None).capitalize()
                )
                for role in self._voice.words.roles()
            ]
            self._say(turn, _who_line(exercise), roles)
        elif run.position in PRIVATE:
            first = run.position == GATES[0] and not run.unclear
            lead = self._voice.text(turn, "gate.lead") + " " if first else ""
            self._voice.say(turn, run.position, lead=lead)
        elif run.position == REVIEW:
            names = ["review_ok", "review_change"]
            if self._rehearsal.may(turn, run, exercise):
                names.insert(1, "review_rehearse")
            self._voice.say(turn, "exercise.review", card=self._card(exercise, run), buttons=names)
        elif run.position.startswith(REHEARSAL):
            self._rehearsal.ask(turn, run, exercise)
        elif run.position == EDIT:
            parts = [self._part(exercise, step) for step in exercise.steps]
            parts.append(self._voice.words.button("edit_none"))
            self._say(turn, "exercise.edit", parts)
        elif run.position == PLAN:
            line = "exercise.plan_when" if exercise.is_said else "exercise.plan"
            practice = exercise.practice[0] if exercise.practice else ""
            self._voice.say(turn, line, practice=practice)
        elif run.position == FIRST_WORDS:
            self._ask_first_words(turn, opening(exercise, run))
        elif run.position == SAVE:
            self._voice.say(turn, "exercise.save")
        elif run.position == RULER:
            self._voice.say(turn, "exercise.ruler", rating=run.after)
        elif run.position in (BEFORE, AFTER):
            self._voice.say(turn, f"exercise.{run.position}")

    def _ask_step(self, turn: Turn, step: Step) -> None:
        person = self._voice.person(turn)
        asks = [ask.replace("{person}", person) for ask in step.ask]
        buttons = [
            self._voice.words.button("option", option=option.id, title=option.title)
            for option in step.options
        ]
        if step.kind == "text":
            buttons.append(self._voice.words.button("example"))
        buttons.append(self._voice.words.button("skip"))
        self._voice.put(turn, "exercise.step", buttons, wordings={"ask": asks})

    def _ask_first_words(self, turn: Turn, offered: str | None) -> None:
        if offered is None:
            self._voice.say(turn, "exercise.first_words")
        else:
            self._voice.say(turn, "exercise.start_with", opening=offered)

    def _part(self, exercise: Exercise, step: Step) -> Button:
        return self._voice.words.button(
            "part", step=step.id, title=step.name[:1].upper() + step.name[1:]
        )

    def _card(self, exercise: Exercise, run: Run) -> Card:
        return Card("statement", exercise.artefact_title, run.artefact or "")

    def _say(self, turn: Turn, line: str, buttons: list[Button]) -> None:
        self._voice.put(turn, line, buttons)


def _who_line(exercise: Exercise) -> str:
    """Nobody is spoken to in an exercise of private thinking."""
    return "exercise.who_about" if exercise.gate == "G0" else "exercise.who"
