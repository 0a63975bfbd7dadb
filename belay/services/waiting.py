"""The question that waits outside of exercises: who takes the next message for an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from belay.domain.pending import Pending
from belay.domain.run import Run
from belay.domain.turn import Turn
from belay.services.guard import Guard

# Said shortly, these are no answer: what was asked for is done instead.
WINS = frozenset(
    (
        "data_delete",
        "data_export",
        "consent_privacy",
        "talk_to_human",
        "ask_are_you_human",
        "goodbye",
        "greet",
        "stop_exercise",
        "choose_exercise",
        "resume_exercise",
        "change_topic",
        "show_progress",
        "set_reminder",
        "push_back",
        "faq",
    )
)
SKIPS = frozenset(("skip_step", "dont_know", "deny"))
# A bare "nothing" or "no idea" is a way to skip here, whatever else it may mean elsewhere.
SKIP_WORDS = re.compile(
    r"\W*(?:skip(?: (?:it|this|that))?|pass|no(?:pe| thanks?| thank you)?|none|nothing|not now"
    r"|(?:i'?d )?rather not(?: say)?|(?:i )?(?:don'?t|do not) know|idk|no idea)\W*",
    re.IGNORECASE,
)
# After these the question still stands.
BETWEEN = frozenset(("faq", "aside", "consent_privacy", "ask_are_you_human"))
REPORT = "practice.happened"
SHORT = 10


class Taker(Protocol):
    """Takes answers to the questions of one topic."""

    def fits(self, turn: Turn, pending: Pending) -> bool:
        """Take the message when its shape alone says that it is the answer."""
        ...

    def wants_words(self, pending: Pending) -> bool:
        """Whether the answer is in free words."""
        ...

    def take(self, turn: Turn, pending: Pending, words: str | None) -> None:
        """Take free words, which safety has read; None when it was skipped."""
        ...


class Waiting:
    """Offers a message to whoever asked last. Presses have their own way.

    In the middle of an exercise `put_back` puts its question again, once nothing else is open.
    """

    def __init__(
        self,
        guard: Guard,
        hears: Callable[[Turn], bool],
        takers: Mapping[str, Taker],
        put_back: Callable[[Turn], None],
    ) -> None:
        self._guard = guard
        self._hears = hears
        self._takers = takers
        self._put_back = put_back

    def answers_by_shape(self, turn: Turn) -> bool:
        """Answer a message that fits the open question, without any understanding."""
        if self._hears(turn):
            self._put_back(turn)
            return True
        pending = self._open(turn)
        if pending is None:
            return False
        taker = self._takers[_topic(pending)]
        if not taker.fits(turn, pending):
            return False
        if turn.conversation.pending is pending:
            turn.conversation.pending = None
        self._put_back(turn)
        return True

    def wants_words(self, turn: Turn) -> bool:
        """Whether free words are waited for: they are to be read before they are taken."""
        pending = self._open(turn)
        return pending is not None and self._takers[_topic(pending)].wants_words(pending)

    def answers_by_words(self, turn: Turn) -> bool:
        """Take what was said for the answer, unless it plainly asks for something else."""
        pending = self._open(turn)
        if pending is None or turn.understood is None or self._wins(turn):
            return False
        short = len(turn.text.split()) <= SHORT
        skipped = SKIP_WORDS.fullmatch(turn.text) is not None or (
            short and turn.understood.intent.split("/")[0] in SKIPS
        )
        if pending.kind == REPORT:
            # Whatever it looked like without the question: it tells how a practice went.
            turn.understood = replace(turn.understood, intent="report_practice")
        if self._guard.settles(turn, coaching=True, in_crisis=False):
            return True
        turn.conversation.pending = None
        self._takers[_topic(pending)].take(turn, pending, None if skipped else turn.text.strip())
        self._put_back(turn)
        return True

    def let_go(self, turn: Turn, before: Pending | None) -> None:
        """Something else was answered: the question that was open before no longer waits."""
        if before is None or turn.conversation.pending is not before:
            return
        intent = turn.understood.intent.split("/")[0] if turn.understood else ""
        if turn.press is not None or intent not in BETWEEN:
            turn.conversation.pending = None

    def _open(self, turn: Turn) -> Pending | None:
        pending = turn.conversation.pending
        if pending is None or turn.press is not None or not _is_newer(pending, turn.run):
            return None
        free = turn.client.may_be_coached and not turn.conversation.safety.open
        known = _topic(pending) in self._takers
        return pending if free and known and pending.waits(turn.now) else None

    def _wins(self, turn: Turn) -> bool:
        found = turn.understood
        if found is None or len(turn.text.split()) > SHORT:
            return False
        return found.intent.split("/")[0] in WINS


def _is_newer(pending: Pending, run: Run | None) -> bool:
    """Whether the question was put after the last word of the exercise that is open, if any."""
    return run is None or run.changed_at is None or pending.at >= run.changed_at


def _topic(pending: Pending) -> str:
    return pending.kind.partition(".")[0]
