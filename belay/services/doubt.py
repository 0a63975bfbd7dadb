"""Words that may be a control or an answer ("pause", at the question for a stop word)."""

from __future__ import annotations

from belay.domain.exercise import Exercise
from belay.domain.run import Answer, Run
from belay.domain.turn import Turn
from belay.services.voice import Voice

# The choice of an answer that waits to be confirmed.
DOUBTFUL = "doubtful"

CONTROLS = ("pause_exercise", "stop_exercise")


def ask_which(voice: Voice, turn: Turn, run: Run) -> None:
    """Keep the words of a step and ask which was meant."""
    voice.say(turn, "exercise.stop_or_answer")
    run.put(Answer(str(run.step_id), turn.text, turn.text, choice=DOUBTFUL, at=turn.now))
    turn.asked = True


def doubtful_answer(run: Run) -> Answer | None:
    """The words of the open step that were asked about, or None."""
    said = run.answer_to(run.step_id) if run.step_id else None
    return said if said is not None and said.choice == DOUBTFUL else None


def no_answer(run: Run) -> None:
    """The words that were asked about were a control."""
    said = doubtful_answer(run)
    if said is not None:
        said.first = said.text = said.choice = None


def sounds_like_an_answer(turn: Turn, run: Run, exercise: Exercise) -> bool:
    """Whether a typed control may be the answer of a step whose answers sound like controls.

    Somebody who says it again means it.
    """
    meant = turn.understood.intent if turn.understood else ""
    if meant not in CONTROLS or turn.press is not None or run.step_id is None:
        return False
    if doubtful_answer(run) is not None:
        return False
    return exercise.step(run.step_id).doubts_controls
