"""An optional PIN before history, export and delete, set and asked for by chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from belay.domain import secrecy
from belay.domain.turn import Turn
from belay.services.voice import Voice

NEW, OLD, BEFORE = "pin.new", "pin.old", "pin.before:"


def asked_by(line: str) -> Literal["pin", "new_pin"] | None:
    """What an authored line asks for that is best typed where nobody can read it."""
    if line == "pin.ask_new":
        return "new_pin"
    return "pin" if line == "pin.ask_old" or line.startswith("pin.needed_") else None


def asks_again(awaits: str | None) -> str | None:
    """The line that puts once more what a conversation waits for, where that is a PIN."""
    if awaits is None or not awaits.startswith("pin."):
        return None
    waiting = {NEW: "pin.ask_new", OLD: "pin.ask_old"}
    return waiting.get(awaits) or f"pin.needed_{awaits.removeprefix(BEFORE)}"


class Pins:
    """Takes the message after a question for the PIN; it enters no transcript."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._acts: Mapping[str, Callable[[Turn], None]] = {}

    def guards(self, **acts: Callable[[Turn], None]) -> None:
        """What may be done with the right PIN, by name ("delete", "export")."""
        self._acts = {**self._acts, **acts}

    def must_ask(self, turn: Turn, act: str) -> bool:
        """Ask for the PIN before an act, where one is set. True when it was asked for."""
        if turn.client.secrecy.pin is None:
            return False
        turn.conversation.safety.awaits = BEFORE + act
        self._voice.say(turn, f"pin.needed_{act}")
        turn.asked = True
        return True

    def begin(self, turn: Turn) -> None:
        """Set a PIN, or take the one away that there is; only where we keep anything at all."""
        if not turn.client.may_be_coached:
            self._voice.say(turn, "privacy.before")
            return
        has = turn.client.secrecy.pin is not None
        turn.conversation.safety.awaits = OLD if has else NEW
        self._voice.say(turn, "pin.ask_old" if has else "pin.ask_new")
        turn.asked = True

    def leave(self, turn: Turn) -> None:
        """The question for the PIN is taken back. (Any press already ended the waiting.)"""
        self._voice.say(turn, "pin.not")

    def takes(self, turn: Turn) -> bool:
        """Take the message as a PIN where one was asked for. True when it is answered."""
        state = turn.conversation.safety
        awaits = state.awaits
        if awaits is None or not awaits.startswith("pin."):
            return False
        state.awaits = None
        if turn.press is not None:
            return False
        said = turn.text.strip()
        if awaits != NEW and not secrecy.PIN.fullmatch(said):
            # Something else was said: nothing is guessed at, and nothing is done.
            return False
        turn.unsaid = True
        if awaits == NEW:
            self._set(turn, said)
        elif self._opens(turn, said):
            if awaits == OLD:
                turn.client.secrecy.pin = None
                self._voice.say(turn, "pin.removed")
            else:
                self._acts[awaits.removeprefix(BEFORE)](turn)
        return True

    def _set(self, turn: Turn, said: str) -> None:
        if not secrecy.PIN.fullmatch(said):
            self._voice.say(turn, "pin.unfit")
            return
        turn.client.secrecy.pin = secrecy.pin_hash(said)
        turn.client.secrecy.missed = 0
        self._voice.say(turn, "pin.set")

    def _opens(self, turn: Turn, said: str) -> bool:
        try:
            if secrecy.opens(turn.client.secrecy, said, turn.now):
                return True
        except secrecy.PinLocked:
            self._voice.say(turn, "pin.locked")
            return False
        locked = turn.client.secrecy.locked_until is not None
        self._voice.say(turn, "pin.locked" if locked else "pin.wrong")
        return False
