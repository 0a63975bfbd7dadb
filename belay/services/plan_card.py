"""A plan as something to keep: who it is with, when, and the first words."""

from __future__ import annotations

from belay.domain.reply import Card
from belay.domain.run import Run
from belay.domain.turn import Turn
from belay.services.voice import Voice


def plan_card(voice: Voice, turn: Turn, run: Run) -> Card | None:
    """The plan that a run ended with, line by line; None where there is none."""
    if not run.plan:
        return None
    about = turn.counterpart(run.counterpart_id)
    rows = []
    if about is not None:
        person = voice.words.person(about.role, about.words)
        rows.append(voice.text(turn, "plan.who", person=person))
    rows.append(voice.text(turn, "plan.when", plan=run.plan))
    if run.opening:
        rows.append(voice.text(turn, "plan.first", opening=run.opening))
    return Card("statement", voice.text(turn, "plan.title"), "\n".join(rows))
