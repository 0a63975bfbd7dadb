"""Kept statements: changed or deleted by the client."""

from __future__ import annotations

from belay.domain.turn import Turn
from belay.services.exercises import Exercises
from belay.services.voice import Voice


class Keepsakes:
    """What the buttons of a kept statement do."""

    def __init__(self, voice: Voice, exercises: Exercises) -> None:
        self._voice = voice
        self._exercises = exercises

    def edit(self, turn: Turn, artefact_id: str) -> None:
        """Open the exercise again at the choice of what to change."""
        run = next((one for one in turn.runs if one.artefact_id == artefact_id), None)
        if run is None or not run.artefact:
            self._voice.say(turn, "artefact.gone")
            return
        self._exercises.reopen(turn, run)

    def delete(self, turn: Turn, artefact_id: str) -> None:
        """Remove the statement and the answers it was made of; numbers stay."""
        run = next((one for one in turn.runs if one.artefact_id == artefact_id), None)
        if run is None:
            self._voice.say(turn, "artefact.gone")
            return
        run.blank()
        run.artefact_id = None
        turn.forget_runs.append(run.id)
        turn.note("artefact_deleted", exercise=run.exercise_id)
        self._voice.say(turn, "artefact.deleted")
