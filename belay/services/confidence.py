"""How sure somebody is, before and after: two numbers, and their change in words."""

from __future__ import annotations

from belay.domain.exercise import Exercise
from belay.domain.run import BEFORE, PLAN, RULER, Run
from belay.domain.turn import Turn
from belay.services.asking_again import ask_again
from belay.services.voice import Voice

CHANGED = ("exercise.change_same", "exercise.change_up", "exercise.change_down")


def take_rating(voice: Voice, turn: Turn, run: Run, exercise: Exercise, rating: int | None) -> None:
    """A number at BEFORE or AFTER; None is asked for once more.

    Nobody is asked why a zero is not lower.
    """
    if rating is None:
        ask_again(voice, turn, run, "exercise.rating_unclear")
        return
    run.unclear = 0
    if run.position == BEFORE:
        run.before = rating
        turn.note("rating_before", exercise=run.exercise_id, rating=rating)
        run.go_to(exercise.steps[0].id)
        return
    run.after = rating
    turn.note("rating_after", exercise=run.exercise_id, rating=rating)
    run.position = RULER if rating > 0 else PLAN
    if run.before is not None:
        change = (rating > run.before) - (rating < run.before)
        voice.say(turn, CHANGED[change], before=run.before, after=rating)
