"""Before words for another person: whom it is about, and the three private questions."""

from __future__ import annotations

from belay.domain.exercise import Exercise
from belay.domain.run import ADULTS, GATES, WHO, Run
from belay.domain.safety import risk_from
from belay.domain.turn import Turn
from belay.services.asking_again import ask_again
from belay.services.endings import Endings
from belay.services.exercises import Exercises, add_counterpart
from belay.services.safety import Safety
from belay.services.voice import Voice


class Gatekeeper:
    """Takes the answers at WHO and at the gates."""

    def __init__(
        self, voice: Voice, exercises: Exercises, safety: Safety, endings: Endings
    ) -> None:
        self._voice = voice
        self._exercises = exercises
        self._safety = safety
        self._endings = endings

    def who(self, turn: Turn, run: Run, exercise: Exercise, role: str, words: str) -> None:
        """The exercise is about this person."""
        run.unclear = 0
        known = next((one for one in turn.counterparts if one.role == role), None)
        counterpart = known or add_counterpart(turn, role, words)
        turn.conversation.topic_role = counterpart.role
        turn.conversation.topic_words = counterpart.words or None
        run.counterpart_id = counterpart.id
        self._enter(turn, run, exercise)

    def gate(self, turn: Turn, run: Run, exercise: Exercise, choice: str | None) -> None:
        """One of the private questions was answered: yes, no, not_sure, skip; None is unclear.

        What is done together is for two adults: anything but a yes leaves it closed.
        """
        if choice is None:
            if run.unclear == 0:
                ask_again(self._voice, turn, run, "gate.unclear")
                return
            choice = "not_sure"
        run.unclear = 0
        run.gate_answers[run.position.removeprefix("gate.")] = choice
        counterpart = turn.counterpart(run.counterpart_id)
        if counterpart is None:
            run.position = WHO
            return
        if run.position == ADULTS:
            self._adults(turn, run, exercise, choice)
            return
        if choice == "yes":
            self._safety.lock(turn, counterpart, dict(run.gate_answers))
            return
        place = GATES.index(run.position)
        if place + 1 < len(GATES):
            run.position = GATES[place + 1]
            return
        asked = {name: said for name, said in run.gate_answers.items() if f"gate.{name}" in GATES}
        counterpart.risk = risk_from(asked, flagged=counterpart.flagged)
        counterpart.asked_at = turn.now
        turn.note("gate_answered", risk=counterpart.risk.value)
        self._enter(turn, run, exercise)

    def _adults(self, turn: Turn, run: Run, exercise: Exercise, choice: str) -> None:
        if choice == "yes":
            self._enter(turn, run, exercise)
            return
        self._voice.say(turn, "gate.adults_only")
        self._endings.abandon(turn, run)

    def _enter(self, turn: Turn, run: Run, exercise: Exercise) -> None:
        if self._exercises.place(turn, run, exercise):
            return
        if run.after_gate is None:
            self._endings.abandon(turn, run)
        else:
            # Asked again in the middle: what was written so far is not taken away.
            self._exercises.set_back(turn, run)
