"""Someone is looking: small talk at once, and the way back. Words and PIN are set here too."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from belay.domain import secrecy
from belay.domain.run import RunState
from belay.domain.turn import Turn
from belay.services.voice import Voice

NEW_WORD, NEW_BACK = "look_word", "back_word"
BACK = "onlooker.back"


class Onlookers:
    """Answers before anything else does, help and danger excepted.

    Args:
        voice: Says authored lines.
        words: "look" and "back": the words that everybody may use, besides their own.
    """

    def __init__(self, voice: Voice, words: Mapping[str, Collection[str]]) -> None:
        self._voice = voice
        self._look = frozenset(secrecy.folded(word) for word in words.get("look", ()))
        self._back = frozenset(secrecy.folded(word) for word in words.get("back", ()))

    def hears_word(self, text: str, client_id: str, own: str | None) -> bool:
        """Whether a message is the word, ours or the client's own (its hash)."""
        if not text or len(text) > 100:
            return False
        return secrecy.folded(text) in self._look or secrecy.says_word(text, own, client_id)

    def takes(self, turn: Turn) -> bool:
        """Answer the message if somebody may be looking. True when it is answered."""
        state, client = turn.conversation.safety, turn.client
        typed = turn.text if turn.press is None else ""
        if self.hears_word(typed, client.id, client.secrecy.word):
            self._hide(turn)
            return True
        if not state.away:
            return False
        turn.unsaid = True
        own_back = secrecy.says_word(typed, client.secrecy.back, client.id)
        pressed = turn.press is not None and turn.press.value == BACK
        if pressed or own_back or secrecy.folded(typed) in self._back:
            state.away = False
            self._voice.say(turn, "onlooker.welcome")
        else:
            self._voice.say(turn, "onlooker.talk")
        return True

    def sets_word(self, turn: Turn) -> bool:
        """Take the message as the client's own word, where one was asked for."""
        state = turn.conversation.safety
        if turn.press is not None or state.awaits not in (NEW_WORD, NEW_BACK):
            return False
        asked, state.awaits = state.awaits, None
        turn.unsaid = True
        word, kept = secrecy.folded(turn.text), turn.client.secrecy
        if asked == NEW_BACK and word == "skip":
            self._voice.say(turn, "onlooker.word_set")
        elif len(word) not in secrecy.WORD_LENGTH or secrecy.says_word(
            word, kept.word if asked == NEW_BACK else None, turn.client.id
        ):
            self._voice.say(turn, "onlooker.word_unfit")
        elif asked == NEW_WORD:
            kept.word = secrecy.word_hash(word, turn.client.id)
            state.awaits = NEW_BACK
            self._voice.say(turn, "onlooker.ask_back")
        else:
            kept.back = secrecy.word_hash(word, turn.client.id)
            self._voice.say(turn, "onlooker.word_set")
        return True

    def show(self, turn: Turn) -> None:
        """What can be done when somebody may look; no claim that anything is gone."""
        self._voice.say(turn, "onlooker.how")
        turn.asked = True

    def ask_word(self, turn: Turn) -> None:
        """Let a client choose a word; before they agreed to use nothing of theirs is kept."""
        if not turn.client.may_be_coached:
            self.show(turn)
            return
        turn.conversation.safety.awaits = NEW_WORD
        self._voice.say(turn, "onlooker.ask_word")
        turn.asked = True

    def no_longer(self, turn: Turn) -> None:
        """The way back was pressed while nobody was looking."""
        self._voice.say(turn, "onlooker.welcome")

    def _hide(self, turn: Turn) -> None:
        turn.unsaid = turn.hidden = True
        turn.conversation.safety.away = True
        turn.conversation.safety.awaits = None
        run = turn.run
        if run is not None:
            run.state, run.changed_at = RunState.PAUSED, turn.now
            turn.note("exercise_pause", exercise=run.exercise_id, reason="onlooker")
        self._voice.say(turn, "onlooker.talk")
