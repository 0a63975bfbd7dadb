"""The plan at the end of an exercise: when it will be, and the first sentence to say.

Who it is with is known by then. Both questions are short, and both may be left open.
"""

from __future__ import annotations

from belay.domain.exercise import Exercise
from belay.domain.plan import first_words_in, names_no_time
from belay.domain.run import FIRST_WORDS, PLAN, SAVE, Run
from belay.domain.statement import opening
from belay.domain.turn import Turn
from belay.services.endings import Endings
from belay.services.fears import Fears
from belay.services.meant import BARE_WORDS


class Planning:
    """Takes the two parts of a plan that are not known yet."""

    def __init__(self, fears: Fears, endings: Endings) -> None:
        self._fears = fears
        self._endings = endings

    def begin(self, turn: Turn, run: Run, exercise: Exercise) -> None:
        """Stand at the plan; an exercise that ends in a plan needs no second one."""
        run.position = PLAN
        if exercise.plans_itself:
            self._go_on(turn, run, exercise)

    def take(self, turn: Turn, run: Run, exercise: Exercise, words: str | None) -> None:
        """An answer in free words; None leaves the question open. A bare yes is no time yet."""
        meant = turn.understood.intent if turn.understood and words is not None else ""
        if words is not None and self._fears.opens_safety(turn, words):
            return
        if run.position == PLAN and meant == "affirm" and len(turn.text.split()) <= BARE_WORDS:
            return
        if run.position == FIRST_WORDS:
            run.opening = words
            self._go_on(turn, run, exercise)
            return
        if words is not None and names_no_time(words):
            words = None
        if words is None and run.artefact_id is not None:
            # A kept statement that was changed keeps the plan that it has.
            self._go_on(turn, run, exercise)
            return
        run.plan = words
        run.opening = first_words_in(words) if words else None
        if words:
            turn.note("plan_made", exercise=run.exercise_id)
        if words and exercise.is_said and run.opening is None:
            run.position = FIRST_WORDS
        else:
            self._go_on(turn, run, exercise)

    def keep_offered(self, turn: Turn, run: Run, exercise: Exercise) -> None:
        """Start with the sentence that was offered."""
        run.opening = opening(exercise, run)
        self._go_on(turn, run, exercise)

    def _go_on(self, turn: Turn, run: Run, exercise: Exercise) -> None:
        if turn.client.consents.may_save:
            self._endings.finish(turn, run, exercise, keep=True)
        else:
            run.position = SAVE
