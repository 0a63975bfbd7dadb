"""Plans one turn: what the floor settles, what Rasa and the actions add, what is left open."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from belay.domain.floor import Verdict
from belay.domain.turn import Press, Turn
from belay.gateway.buttons import typed_press
from belay.gateway.inbound import TEXT_LIMIT
from belay.gateway.open_turns import OpenTurns
from belay.gateway.rasa_client import RasaClient
from belay.services.safety import Safety
from belay.services.steps import Steps
from belay.services.voice import Voice

_LETTER = re.compile(r"\w", re.UNICODE)


class Planner:
    """Fills an open turn with its effects. Writes nothing."""

    def __init__(
        self,
        *,
        rasa: Callable[[], RasaClient],
        open_turns: OpenTurns,
        safety: Safety,
        steps: Steps,
        voice: Voice,
    ) -> None:
        self._rasa = rasa
        self._open_turns = open_turns
        self._safety = safety
        self._steps = steps
        self._voice = voice

    async def plan(self, turn: Turn, verdict: Verdict) -> None:
        """Answer the message of a turn.

        Raises:
            RasaUnavailable, TurnFailed: see `rasa_client`; the turn is to be thrown away.
        """
        if verdict.rule == "HELP" and turn.press is None:
            self.answer_from_memory(turn, verdict)
            return
        self._steps.mend(turn)
        self._settle_press(turn)
        turn.verdict = verdict if turn.press is None else Verdict()
        if turn.verdict.tier >= 2:
            self.answer_from_memory(turn, turn.verdict)
            return
        if turn.press is None and self._answers_shape(turn):
            self._close(turn)
            return
        key = uuid4().hex
        with self._open_turns.planning(key, turn):
            reading = await self._rasa().turn(key, turn, self._state(turn))
        turn.understood = turn.understood or reading.understood
        turn.verdict = turn.verdict.worse(reading.verdict)
        if turn.verdict.tier == 1 and not turn.conversation.safety.open:
            self._safety.care(turn)
        self._close(turn)

    def answer_from_memory(self, turn: Turn, verdict: Verdict) -> None:
        """The floor's own reply: needs neither Rasa nor another read."""
        turn.verdict = verdict
        if verdict.rule == "HELP":
            self._safety.show_help(turn)
        else:
            self._safety.meet(turn, verdict)
        self._close(turn)

    def say_late(self, turn: Turn) -> None:
        """Not answered in time: the message is kept, and here is help now."""
        self._voice.say(turn, "gateway.late")

    def say_failed(self, turn: Turn) -> None:
        """Not answerable after several tries."""
        self._voice.say(turn, "gateway.failed")
        self._close(turn)

    def _settle_press(self, turn: Turn) -> None:
        talk = turn.conversation
        if turn.press is not None:
            known = {button.press for button in talk.buttons}
            latest = turn.press.serial == talk.serial and turn.press.value in known
            turn.press = Press(turn.press.value, turn.press.title, stale=not latest)
            return
        numbers = self._steps.expects(turn) != "rating"
        turn.press = typed_press(turn.text, talk.buttons, numbers=numbers)

    def _answers_shape(self, turn: Turn) -> bool:
        """Messages that no pipeline can read get their own kind answer."""
        if len(turn.text) > TEXT_LIMIT:
            self._voice.say(turn, "input.too_long", limit=TEXT_LIMIT)
        elif not turn.text.strip():
            self._voice.say(turn, "input.empty")
        elif not _LETTER.search(turn.text):
            self._voice.say(turn, "input.only_signs")
        else:
            return False
        return True

    def _state(self, turn: Turn) -> dict[str, object]:
        running = (
            turn.run is not None
            and turn.client.may_be_coached
            and not turn.conversation.safety.open
        )
        return {
            "exercise": running,
            "expects": self._steps.expects(turn) if running else None,
        }

    def _close(self, turn: Turn) -> None:
        shown = [reply.buttons for reply in turn.replies if reply.buttons]
        turn.conversation.serial += 1
        turn.conversation.buttons = list(shown[-1]) if shown else []
