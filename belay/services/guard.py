"""What must be settled before an action may speak: safety, first contact, the notice."""

from __future__ import annotations

from collections.abc import Callable

from belay.domain.turn import Turn
from belay.services.context import ContextLayer
from belay.services.first_contact import FirstContact
from belay.services.safety import Safety, is_new_visit
from belay.services.voice import Voice


class Guard:
    """Stands before every action."""

    def __init__(
        self,
        voice: Voice,
        first_contact: FirstContact,
        safety: Safety,
        context: ContextLayer,
        at_visit: Callable[[Turn], None] | None = None,
    ) -> None:
        self._voice = voice
        self._first_contact = first_contact
        self._safety = safety
        self._context = context
        self._at_visit = at_visit

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
        turned = self._context.judge_practice(turn)
        if turned.tier and not turn.conversation.safety.open:
            self._safety.meet(turn, turned)
            return True
        if coaching and not turn.client.may_be_coached:
            self._first_contact.meet(turn)
            return True
        self.remind(turn)
        if self._at_visit is not None and turn.client.may_be_coached and is_new_visit(turn):
            self._at_visit(turn)
        return self._safety.welcome_back(turn)

    def remind(self, turn: Turn) -> None:
        """Say "a program, not a person" when it is due: first of a day, and each 3 hours."""
        if turn.client.may_be_coached and turn.conversation.notice_due(turn.now):
            self._voice.say(turn, "notice.short")
            turn.conversation.noticed_at = turn.now
