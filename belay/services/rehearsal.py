"""Practising a finished sentence with a scripted counterpart, in three mild steps."""

from __future__ import annotations

from belay.domain.client import Risk
from belay.domain.exercise import Exercise
from belay.domain.floor import Verdict
from belay.domain.rehearsal import Exchange, Place, exchange, may_rehearse
from belay.domain.run import AFTER, Run
from belay.domain.turn import Turn
from belay.services.ports import Drafts
from belay.services.safety import Safety
from belay.services.voice import Voice

QUOTED_WORDS = 20
SAID_TO_THEM = ("request", "will", "limit")


class Rehearsal:
    """The rehearsal room. It is entered from the finished statement and left at any time."""

    def __init__(self, voice: Voice, drafts: Drafts, safety: Safety) -> None:
        self._voice = voice
        self._drafts = drafts
        self._safety = safety

    def may(self, turn: Turn, run: Run, exercise: Exercise) -> bool:
        """Whether practising is offered: words for a person of whom nothing speaks against."""
        counterpart = turn.counterpart(run.counterpart_id)
        risk = counterpart.risk_at(turn.now) if counterpart is not None else Risk.UNKNOWN
        return may_rehearse(exercise.gate, risk, run.artefact)

    def begin(self, turn: Turn, run: Run, exercise: Exercise) -> None:
        """Stand in the room, with the sentence at hand."""
        if not self.may(turn, run, exercise):
            self._voice.say(turn, "rehearsal.not_here")
            run.position = AFTER
            return
        run.position = Place().written()
        turn.note("rehearsal_start", exercise=exercise.id)

    def ask(self, turn: Turn, run: Run, exercise: Exercise) -> None:
        """The first question, or the way on after a break."""
        line = "rehearsal.begin" if Place.read(run.position).lines == 0 else "rehearsal.go_on"
        self._voice.say(turn, line, sentence=key_sentence(run, exercise))

    def take(self, turn: Turn, run: Run, exercise: Exercise) -> None:
        """One line to the counterpart: a remark, then their reaction."""
        if not self.may(turn, run, exercise):
            self.begin(turn, run, exercise)
            return
        found = self._drafts.find(turn.text)
        fear = next((one for one in found if one.opens == "safety_check"), None)
        if fear is not None:
            # Fear is never rehearsed away.
            rule = f"draft.{fear.feature}"
            self._safety.meet(turn, Verdict(2, "safety_abuse_now", "context", rule))
            return
        place = Place.read(run.position)
        sentence = key_sentence(run, exercise)
        said = exchange(place, turn.text, {one.feature for one in found}, sentence)
        turn.note(
            "rehearsal_line", exercise=exercise.id, remark=said.remark, reaction=said.reaction
        )
        self._voice.say(turn, f"rehearsal.remark.{said.remark}", sentence=quoted(sentence))
        self._react(turn, run, said)

    def end(self, turn: Turn, run: Run) -> None:
        """Leave the room; the exercise goes on."""
        self._voice.say(turn, "rehearsal.ended")
        run.position = AFTER

    def _react(self, turn: Turn, run: Run, said: Exchange) -> None:
        if said.following is None:
            self._voice.say(turn, "rehearsal.accepts")
            self._voice.say(turn, "rehearsal.done")
            run.position = AFTER
            return
        self._voice.say(turn, f"rehearsal.{said.reaction}.{said.level}")
        run.position = said.following.written()
        turn.asked = True


def quoted(sentence: str) -> str:
    """The sentence, or the beginning of a long one: what is said around it stays short."""
    words = sentence.split()
    return sentence if len(words) <= QUOTED_WORDS else " ".join(words[:QUOTED_WORDS]) + " \u2026"


def key_sentence(run: Run, exercise: Exercise) -> str:
    """What the client would say first: the request, else what they will do, else the limit."""
    for mark in SAID_TO_THEM:
        for step in exercise.steps:
            answer = run.answer_to(step.id)
            if step.mark == mark and answer is not None and answer.text:
                return answer.text
    return run.artefact or ""
