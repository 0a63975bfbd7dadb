"""Greetings, questions about interdependence, asides and refusals: one authored line each."""

from __future__ import annotations

from belay.domain.safety import Phase
from belay.domain.turn import Turn
from belay.services.ports import Catalogue
from belay.services.voice import Voice


class SmallTalk:
    """Short answers that change nothing."""

    def __init__(self, voice: Voice, catalogue: Catalogue) -> None:
        self._voice = voice
        self._catalogue = catalogue

    def greet(self, turn: Turn) -> None:
        """Hello; a paused exercise is offered again, never resumed by itself."""
        if turn.conversation.safety.phase is Phase.AFTERCARE:
            self._voice.say(turn, "greet.aftercare")
            turn.conversation.safety.phase = Phase.NORMAL
            return
        paused = turn.paused
        exercise = self._catalogue.get(paused.exercise_id) if paused else None
        if exercise is not None:
            self._voice.say(turn, "greet.paused", title=exercise.title)
        else:
            self._voice.say(turn, "greet.hello")

    def goodbye(self, turn: Turn) -> None:
        """One plain line; nobody is held back."""
        self._voice.say(turn, "goodbye.saved" if turn.paused else "goodbye.plain")

    def faq(self, turn: Turn) -> None:
        """An answer about interdependence; about_exercise speaks of the one that is open."""
        name = self._sub(turn, "what_is")
        turn.note("faq_view", answer=name)
        run = turn.run
        exercise = self._catalogue.get(run.exercise_id) if run else None
        if name == "about_exercise" and exercise is not None:
            self._voice.say(turn, "faq.this_exercise", why=exercise.why, source=exercise.source)
            return
        self._voice.say(turn, f"faq.{name}")

    def aside(self, turn: Turn) -> None:
        """Thanks, jokes, off-topic, insults, advances, jailbreaks, other languages."""
        self._voice.say(turn, f"aside.{self._sub(turn, 'unrelated')}")

    def refuse(self, turn: Turn) -> None:
        """Diagnosis, medicine, law; help to control someone: a mirror and what can be done."""
        intent = turn.understood.intent if turn.understood else ""
        line = "refuse.control" if intent == "control_other_request" else "refuse.diagnosis"
        self._voice.say(turn, line)

    def affirm(self, turn: Turn) -> None:
        """A yes to nothing in particular."""
        self._voice.say(turn, "affirm.loose")

    def deny(self, turn: Turn) -> None:
        """A no to nothing in particular."""
        self._voice.say(turn, "deny.loose")

    def _sub(self, turn: Turn, default: str) -> str:
        intent = turn.understood.intent if turn.understood else ""
        return intent.split("/", 1)[1] if "/" in intent else default
