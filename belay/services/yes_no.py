"""A typed yes or no stands for the button that means it."""

from __future__ import annotations

from belay.domain.turn import Press, Turn
from belay.services.guard import Guard
from belay.services.presses import Presses
from belay.services.small_talk import SmallTalk


class YesNo:
    """Reads "yes please" and "rather not" against the open buttons."""

    def __init__(self, presses: Presses, guard: Guard, small_talk: SmallTalk) -> None:
        self._presses = presses
        self._guard = guard
        self._small_talk = small_talk

    def answer(self, turn: Turn, means: str) -> bool:
        """Press the open button that means this. True when an exercise waits to be asked."""
        button = next((one for one in turn.conversation.buttons if one.means == means), None)
        if button is not None:
            turn.press = Press(button.press, button.title)
            return self._presses.handle(turn, button.press)
        if self._guard.settles(turn, coaching=True, in_crisis=False):
            return False
        if means == "affirm":
            self._small_talk.affirm(turn)
        else:
            self._small_talk.deny(turn)
        return False
