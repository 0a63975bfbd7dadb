"""What must be settled before an action may speak: safety, first contact, the notice."""

from __future__ import annotations

from belay.domain.turn import Turn
from belay.services.first_contact import FirstContact
from belay.services.safety import Safety
from belay.services.voice import Voice


class Guard:
    """Stands before every action."""

    def __init__(self, voice: Voice, first_contact: FirstContact, safety: Safety) -> None:
        self._voice = voice
        self._first_contact = first_contact
        self._safety = safety

    def settles(self, turn: Turn, *, coaching: bool, in_crisis: bool) -> bool:
        """True when the guard answered the message itself and the action stays silent.

        Args:
            turn: the open turn.
            coaching: the action needs an adult who agreed to use.
            in_crisis: the action may speak while a safety check is open (rights, a person,
                "are you human").
        """
        if turn.conversation.safety.open and not in_crisis:
            self._safety.continue_talk(turn)
            return True
        if coaching and not turn.client.may_be_coached:
            self._first_contact.meet(turn)
            return True
        self.remind(turn)
        return False

    def remind(self, turn: Turn) -> None:
        """Say "a program, not a person" when it is due: first of a day, and each 3 hours."""
        if turn.client.may_be_coached and turn.conversation.notice_due(turn.now):
            self._voice.say(turn, "notice.short")
            turn.conversation.noticed_at = turn.now
