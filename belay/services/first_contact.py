"""First contact: who Belay is, 18 or over, consent to use, and the first words taken up again.

Before the client agreed to use, nothing they wrote is stored. Their first words wait in memory
for the answer to the consent card and are lost with the process, by design.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from belay.domain.turn import Turn
from belay.services.channel_notes import say_note
from belay.services.coaching import may_mirror
from belay.services.help import HelpLines
from belay.services.ports import HeldWords
from belay.services.voice import Voice

HELD_FOR = timedelta(minutes=30)


class FirstContact:
    """Meets people who have not agreed to use yet."""

    def __init__(self, voice: Voice, help_lines: HelpLines) -> None:
        self._voice = voice
        self._help = help_lines
        self._held: dict[str, HeldWords] = {}

    def meet(self, turn: Turn) -> None:
        """Name what they said, say what Belay is, and put the one card."""
        if turn.client.adult is False:
            self.close_to_minors(turn)
            return
        if turn.client.consents.use is False:
            self._voice.say(turn, "consent.use_off")
            return
        self._hold(turn)
        again = turn.conversation.noticed_at is not None
        line = "welcome.again" if again and not turn.conversation.notice_due(turn.now) else None
        self._voice.say(turn, line or "welcome.notice", named=self._named(turn))
        if not again:
            say_note(self._voice, turn)
        turn.conversation.noticed_at = turn.now
        self._voice.say(turn, "welcome.card")
        turn.asked = True

    def agree(self, turn: Turn) -> HeldWords | None:
        """An adult agreed to use. Returns the first words, when they still wait.

        The words stay in memory until their half hour is over, because a turn that is thrown
        away and planned again needs them again.
        """
        if turn.client.may_be_coached:
            return None
        turn.client.adult = True
        turn.client.consents.use = True
        turn.note("consent_change", consent="use", given=True)
        held = self._held.get(turn.client.id)
        return held if held and turn.now - held.at <= HELD_FOR else None

    def under_age(self, turn: Turn) -> None:
        """They are under 18: a kind word, the child line, and no coaching."""
        turn.client.adult = False
        turn.client.consents.use = None
        self._held.pop(turn.client.id, None)
        self.close_to_minors(turn)

    def close_to_minors(self, turn: Turn) -> None:
        """Say kindly that coaching is for adults, with the lines for young people."""
        country = turn.client.country
        card = self._help.card(country, "child", turn.id)
        self._voice.say(turn, "minor.closed", card=card, **self._help.values(country, "child"))

    def decline(self, turn: Turn) -> None:
        """They do not want to use Belay now."""
        turn.client.consents.use = None
        self._held.pop(turn.client.id, None)
        self._voice.say(turn, "consent.declined")

    def forget(self, client_id: str) -> None:
        """Drop what waits for a client."""
        self._held.pop(client_id, None)

    def sweep(self, now: datetime) -> None:
        """Drop what waited too long."""
        for client_id, held in list(self._held.items()):
            if now - held.at > HELD_FOR:
                del self._held[client_id]

    def _hold(self, turn: Turn) -> None:
        self.sweep(turn.now)
        understood = turn.understood
        if not turn.text or understood is None or understood.intent in ("greet", "affirm", "deny"):
            return
        if turn.client.id in self._held and not self._voice.words.has(f"named.{understood.intent}"):
            # A remark about the card does not push aside the need that was named first.
            return
        person = understood.first("person_role")
        self._held[turn.client.id] = HeldWords(
            text=turn.text,
            intent=understood.intent,
            role=person.value if person else None,
            role_words=person.text if person else None,
            at=turn.now,
            calm=may_mirror(turn),
        )

    def _named(self, turn: Turn) -> str:
        understood = turn.understood
        if understood is None:
            return ""
        person = understood.first("person_role")
        about = self._voice.words.person(
            person.value if person else None, person.text if person else None
        )
        line = f"named.{understood.intent.split('/')[0]}"
        if person is None and self._voice.words.has(f"{line}.nobody"):
            line = f"{line}.nobody"
        if not self._voice.words.has(line):
            return ""
        return self._voice.text(turn, line, person=about)
