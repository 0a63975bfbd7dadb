"""An answer that does not fit its question: ask once more, then say that skipping is fine."""

from __future__ import annotations

from belay.domain.run import Run
from belay.domain.turn import Turn
from belay.services.voice import Voice

UNCLEAR_AT_MOST = 2


def ask_again(voice: Voice, turn: Turn, run: Run, line: str) -> None:
    """Say what kind of answer the open question takes."""
    run.unclear += 1
    voice.say(turn, line)
    if run.unclear >= UNCLEAR_AT_MOST:
        voice.say(turn, "exercise.skip_is_fine")
