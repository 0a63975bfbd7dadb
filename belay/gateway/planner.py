"""Plans one turn: what the floor settles, what Rasa and the actions add, what is left open."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from belay.domain.floor import CHECK, HELP_RULE, Verdict
from belay.domain.linking import press_for
from belay.domain.turn import Press, Turn
from belay.gateway.buttons import typed_press
from belay.gateway.inbound import TEXT_LIMIT
from belay.gateway.open_turns import OpenTurns
from belay.gateway.rasa_client import RasaClient, Reading
from belay.services.context import ContextLayer
from belay.services.onlookers import Onlookers
from belay.services.pins import Pins
from belay.services.presses import Presses
from belay.services.safety import Safety
from belay.services.steps import Steps
from belay.services.voice import Voice
from belay.services.waiting import Waiting

# Buttons that need no understanding, and that have to work while Rasa is down.
FOR_LINKS = "link."
FOR_LIFE = ("remind.", "practice.", "goal.", "ask.")
FOR_SAFETY = ("help.", "safety.", "country.", "leave.", "onlooker.")
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
        context: ContextLayer,
        onlookers: Onlookers,
        pins: Pins,
        presses: Presses,
        waiting: Waiting,
    ) -> None:
        self._rasa = rasa
        self._open_turns = open_turns
        self._safety = safety
        self._steps = steps
        self._voice = voice
        self._context = context
        self._onlookers = onlookers
        self._pins = pins
        self._presses = presses
        self._waiting = waiting

    async def plan(self, turn: Turn, verdict: Verdict) -> None:
        """Answer the message of a turn.

        Raises:
            RasaUnavailable, TurnFailed: see `rasa_client`; the turn is to be thrown away.
        """
        if verdict.rule == HELP_RULE and turn.press is None:
            self.answer_from_memory(turn, verdict)
            return
        self._steps.mend(turn)
        self._settle_press(turn)
        turn.verdict = verdict if turn.press is None else Verdict()
        if self._hides(turn):
            return
        turn.verdict = turn.verdict.worse(self._context.judge(turn))
        if turn.verdict.tier >= CHECK:
            self.answer_from_memory(turn, turn.verdict)
            return
        if self._answers_for_itself(turn):
            self._close(turn)
            return
        asked = turn.conversation.pending
        if self._waiting.wants_words(turn) and await self._answers_question(turn):
            self._close(turn)
            return
        key = uuid4().hex
        with self._open_turns.planning(key, turn):
            reading = await self._rasa().turn(key, turn, self._state(turn))
        turn.understood = turn.understood or reading.understood
        self._waiting.let_go(turn, asked)
        self._weigh(turn, reading)
        self._close(turn)

    async def _answers_question(self, turn: Turn) -> bool:
        """Free words for a question outside of exercises: read for danger before they are taken.

        False when they ask for something else, which the rules then do.
        """
        # Read as an answer is read inside an exercise: only what plainly interrupts is no answer.
        state = {**self._state(turn), "exercise": True, "expects": "text"}
        (reading,) = await self._rasa().parse([turn.text], state)
        if turn.verdict.worse(reading.verdict).tier >= CHECK:
            self._safety.meet(turn, turn.verdict.worse(reading.verdict))
            turn.conversation.pending = None
            return True
        turn.understood = reading.understood
        if not self._waiting.answers_by_words(turn):
            turn.understood = None
            return False
        self._weigh(turn, reading)
        return True

    def _weigh(self, turn: Turn, reading: Reading) -> None:
        turn.verdict = turn.verdict.worse(reading.verdict)
        if turn.verdict.tier == 1 and not turn.conversation.safety.open:
            self._safety.care(turn)
        elif not reading.judged and turn.press is None and not turn.verdict.tier:
            # Nobody but the floor looked for danger in this message.
            self._voice.say(turn, "gateway.help_now_line")
            turn.replies.insert(0, turn.replies.pop())

    def answer_from_memory(self, turn: Turn, verdict: Verdict) -> None:
        """The floor's own reply: needs neither Rasa nor another read."""
        turn.verdict = verdict
        if verdict.rule == HELP_RULE:
            self._safety.show_help(turn)
        else:
            self._safety.meet(turn, verdict)
            turn.conversation.pending = None
        self._close(turn)

    def answers_press(self, turn: Turn) -> None:
        """A button of safety does what it says; it needs neither Rasa nor an action."""
        self._settle_press(turn)
        if not self.answers_onlooker(turn):
            self._pins.takes(turn)
            if turn.press is not None:
                self._presses.handle(turn, turn.press.value)
            self._close(turn)

    def answers_onlooker(self, turn: Turn) -> bool:
        """Small talk at once, where the message says that someone is looking."""
        if not self._onlookers.takes(turn):
            return False
        self._close(turn)
        return True

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
        link = press_for(turn.text) if turn.press is None else None
        if link is not None:
            turn.press = Press(link, turn.text.strip())

    def _hides(self, turn: Turn) -> bool:
        """Whether somebody may be looking; danger that is told outright is met all the same."""
        told = turn.verdict.tier >= CHECK
        word = turn.press is None and self._onlookers.hears_word(
            turn.text, turn.client.id, turn.client.secrecy.word
        )
        return (word or not told) and self.answers_onlooker(turn)

    def _answers_for_itself(self, turn: Turn) -> bool:
        """What no pipeline is asked about: a PIN, a chosen word, and what cannot be read."""
        if self._pins.takes(turn) or self._onlookers.sets_word(turn):
            return True
        if turn.press is not None and turn.press.value.startswith((*FOR_SAFETY, FOR_LINKS)):
            self._presses.handle(turn, turn.press.value)
            return True
        if turn.press is not None and turn.run is None and turn.press.value.startswith(FOR_LIFE):
            asked = turn.conversation.pending
            self._presses.handle(turn, turn.press.value)
            self._waiting.let_go(turn, asked)
            return True
        return turn.press is None and (
            self._answers_shape(turn) or self._waiting.answers_by_shape(turn)
        )

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
            # The model layer is slower to ask about what the floor found denied or long past.
            "eased": [turn.text[start:end] for start, end in turn.verdict.eased],
        }

    def _close(self, turn: Turn) -> None:
        shown = [reply.buttons for reply in turn.replies if reply.buttons]
        turn.conversation.serial += 1
        turn.conversation.buttons = list(shown[-1]) if shown else []
