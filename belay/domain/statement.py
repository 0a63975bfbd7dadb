"""What a run has come to: the finished statement, and how many replies landed."""

from __future__ import annotations

import re

from belay.domain.artefact import compose
from belay.domain.exercise import Exercise, Step
from belay.domain.run import Answer, Run

BEST = "best"
# What is longer is no first sentence that anybody remembers.
OPENING_WORDS = 24
_END = re.compile(r"(?<=[.?!])\s+")


def statement(exercise: Exercise, run: Run) -> str | None:
    """The artefact in the client's words, or None when there is nothing to put together."""
    return compose(exercise.artefact_lines, _texts(exercise, run), exercise.layout) or None


def opening(exercise: Exercise, run: Run) -> str | None:
    """The first words to say, as the answers give them; None where they give none, or too many."""
    texts = _texts(exercise, run)
    words = next(filter(None, (compose((line,), texts) for line in exercise.opening)), "")
    if len(words.split()) > OPENING_WORDS:
        words = _END.split(words, maxsplit=1)[0]
    return words if 0 < len(words.split()) <= OPENING_WORDS else None


def landed(exercise: Exercise, run: Run) -> int:
    """How many of the replies that are compared needed no tip."""
    return sum(1 for _, answer in _compared(exercise, run) if answer.tip is None)


def best_answer(exercise: Exercise, run: Run) -> Answer | None:
    """The reply that has most of what its step asks for; of equals the later one.

    A reply that earned a tip comes after every reply that did not.
    """
    best: Answer | None = None
    highest = (False, 0)
    for step, answer in _compared(exercise, run):
        wanted = {*step.need, *step.need_any}
        rank = (answer.tip is None, len(wanted.intersection(answer.features)))
        if best is None or rank >= highest:
            best, highest = answer, rank
    return best


def _texts(exercise: Exercise, run: Run) -> dict[str, str]:
    """What was answered, by step; an answer that names nothing is left out."""
    said = run.texts()
    texts = {
        step.id: said[step.id]
        for step in exercise.steps
        if step.id in said and not step.leaves_out(said[step.id])
    }
    best = best_answer(exercise, run)
    if best is not None and best.text:
        texts[BEST] = best.text
    return texts


def _compared(exercise: Exercise, run: Run) -> list[tuple[Step, Answer]]:
    found = []
    for step_id in exercise.best_of:
        answer = run.answer_to(step_id)
        if answer is not None and answer.text:
            found.append((exercise.step(step_id), answer))
    return found
