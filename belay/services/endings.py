"""How a run ends: kept or not kept, the plan that goes on, and the one question that follows."""

from __future__ import annotations

from uuid import uuid4

from belay.domain.exercise import Exercise
from belay.domain.reply import Card
from belay.domain.run import DONE, Run, RunState
from belay.domain.turn import Turn
from belay.services.plan_card import plan_card
from belay.services.practices import Practices
from belay.services.reminders import Reminders
from belay.services.voice import Voice


class Endings:
    """Finishes and abandons runs."""

    def __init__(self, voice: Voice, practices: Practices, reminders: Reminders) -> None:
        self._voice = voice
        self._practices = practices
        self._reminders = reminders

    def finish(self, turn: Turn, run: Run, exercise: Exercise, *, keep: bool) -> None:
        """Hand over the statement; keep it when the client said so."""
        run.position = DONE
        run.end(RunState.DONE, turn.now)
        turn.note("exercise_complete", exercise=run.exercise_id, kept=keep)
        text = run.artefact or ""
        title = exercise.artefact_title
        practice = self._practices.planned(turn, run, exercise)
        plan = plan_card(self._voice, turn, run)
        if keep:
            if turn.client.consents.save is not True:
                turn.client.consents.save = True
                turn.note("consent_change", consent="save", given=True)
            run.artefact_id = uuid4().hex
            turn.note("artefact_saved", exercise=run.exercise_id)
            card = Card(
                "statement",
                title,
                text,
                id=run.artefact_id,
                edit=f"artefact.edit:{run.artefact_id}",
                delete=f"artefact.delete:{run.artefact_id}",
            )
            self._voice.say(turn, "exercise.saved", card=card if text else None)
        else:
            card = Card("statement", title, text)
            self._voice.say(turn, "exercise.not_saved", card=card if text else None)
            run.blank()
            turn.forget_runs.append(run.id)
        if plan is not None:
            self._voice.say(turn, "plan.here", card=plan)
        if turn.client.consents.review is None:
            self._voice.say(turn, "consent.ask_review")
            if practice is not None:
                self._reminders.offer_later(turn, practice)
            turn.asked = True
        elif not self._reminders.offer(turn, practice):
            self._voice.say(turn, "exercise.what_next")
            turn.asked = True

    def abandon(self, turn: Turn, run: Run) -> None:
        """End a run that may not go on."""
        run.end(RunState.STOPPED, turn.now)
        run.blank()
        turn.forget_runs.append(run.id)
        turn.asked = True
