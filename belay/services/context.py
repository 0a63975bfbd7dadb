"""The context layer, fed from the open turn: no query beyond what is loaded for it."""

from __future__ import annotations

from belay.domain.client import Risk
from belay.domain.context import (
    ContextRules,
    judge_flagged,
    judge_practice,
    judge_signs,
    remembered,
    signs_in,
)
from belay.domain.floor import Verdict
from belay.domain.turn import Turn
from belay.services.about_whom import AboutWhom


class ContextLayer:
    """Judges a message together with what came before it."""

    def __init__(self, rules: ContextRules, about_whom: AboutWhom) -> None:
        self._rules = rules
        self._about_whom = about_whom

    def judge(self, turn: Turn) -> Verdict:
        """Before Rasa: the last five turns, and unease about a person who is locked.

        Remembers the signs of this message. While a check or crisis is open it only remembers:
        the question is there already.
        """
        if turn.press is not None or not turn.text:
            return Verdict()
        signs = signs_in(turn.text, self._rules)
        state = turn.conversation.safety
        if state.open:
            return Verdict()
        state.recent = remembered(state.recent, signs)
        verdict = judge_signs(state.recent)
        if signs and self._about_red(turn):
            verdict = verdict.worse(judge_flagged(signs))
        return verdict

    def judge_practice(self, turn: Turn) -> Verdict:
        """After Rasa: a report of what was tried in life that turned dangerous."""
        intent = turn.understood.intent if turn.understood else ""
        if intent != "report_practice" or turn.press is not None:
            return Verdict()
        return judge_practice(signs_in(turn.text, self._rules))

    def _about_red(self, turn: Turn) -> bool:
        red = {one.role for one in turn.counterparts if one.risk is Risk.RED}
        if not red:
            return False
        named = self._about_whom.named(turn)
        return (named[0] if named else turn.conversation.topic_role) in red
