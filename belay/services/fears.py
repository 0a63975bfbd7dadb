"""What somebody fears may happen: one line, asked once, kept only where words are kept."""

from __future__ import annotations

from belay.domain.floor import Verdict
from belay.domain.pending import Pending
from belay.domain.practice import Practice
from belay.domain.turn import Turn
from belay.services.ports import Drafts
from belay.services.safety import Safety
from belay.services.voice import Voice

SAFETY_CHECK = "safety_check"


class Fears:
    """Asks before a practice, so that afterwards both can be laid side by side."""

    def __init__(self, voice: Voice, drafts: Drafts, safety: Safety) -> None:
        self._voice = voice
        self._drafts = drafts
        self._safety = safety

    def ask(self, turn: Turn, practice: Practice | None) -> None:
        """Ask, where there is a plan, words are kept and nothing was told yet; else close.

        In the middle of an exercise it is neither: its own question comes next.
        """
        if turn.run is not None:
            return
        wanted = practice is not None and practice.open and practice.fear is None
        if practice is None or not wanted or not turn.client.consents.may_save:
            self._voice.say(turn, "practice.and_now")
        else:
            self._voice.say(turn, "practice.fear")
            turn.conversation.pending = Pending("practice.fear", turn.now, practice.id)
        turn.asked = True

    def take(self, turn: Turn, practice: Practice, words: str | None) -> None:
        """Keep the line. Fear of the person is no fear to be tested: safety comes first."""
        if words is None:
            self._voice.say(turn, "practice.fear_skipped")
        elif self.opens_safety(turn, words):
            return
        else:
            practice.fear = words
            self._voice.say(turn, "practice.fear_kept")
        turn.asked = True

    def opens_safety(self, turn: Turn, words: str) -> bool:
        """Whether the words tell of fear of the person; then they were met."""
        if not any(found.opens == SAFETY_CHECK for found in self._drafts.find(words)):
            return False
        self._safety.meet(turn, Verdict(2, "safety_abuse_now", "context", "practice"))
        return True
