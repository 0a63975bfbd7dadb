"""Questions about who is here: a person, a program, and how to reach a human."""

from __future__ import annotations

from belay.domain.turn import Turn
from belay.services.voice import Voice


class People:
    """Says what is true about programs and people behind this chat."""

    def __init__(self, voice: Voice, staffed: bool, hours: str) -> None:
        self._voice = voice
        self._staffed = staffed
        self._hours = hours

    def are_you_human(self, turn: Turn) -> None:
        """The truth, at once, whatever else is going on."""
        seen = turn.client.consents.may_review
        self._voice.say(turn, "human.program_reviewed" if seen else "human.program")

    def ask_for_human(self, turn: Turn) -> None:
        """Someone wants a person: what is really there, and the permission it needs."""
        turn.note("human_request")
        if not self._staffed:
            self._voice.say(turn, "human.nobody")
        elif turn.client.consents.may_review:
            self._voice.say(turn, "human.asked", hours=self._hours)
        elif turn.client.may_be_coached:
            self._voice.say(turn, "human.needs_review", hours=self._hours)
        else:
            self._voice.say(turn, "human.later", hours=self._hours)
