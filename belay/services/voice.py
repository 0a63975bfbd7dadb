"""How use cases speak: one turn, one seed, the people it is about."""

from __future__ import annotations

from belay.domain.reply import Card, Reply
from belay.domain.turn import Turn
from belay.services.ports import Words


class Voice:
    """Says authored lines into a turn."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def say(
        self,
        turn: Turn,
        line: str,
        *,
        buttons: list[str] | None = None,
        card: Card | None = None,
        tier: int = 0,
        **values: object,
    ) -> Reply:
        """Add one line to the turn. `buttons` are names of buttons that take no values."""
        made = None if buttons is None else [self.words.button(name) for name in buttons]
        reply = self.words.reply(
            line, turn.id, buttons=made, card=card, tier=tier, **{**self._about(turn), **values}
        )
        turn.say(reply)
        return reply

    def text(self, turn: Turn, line: str, **values: object) -> str:
        """The words of a line, to be placed inside another one."""
        return self.words.text(line, turn.id, **{**self._about(turn), **values})

    def person(self, turn: Turn) -> str:
        """The counterpart of the running exercise or, without one, of the topic."""
        run = turn.run
        counterpart = turn.counterpart(run.counterpart_id) if run else None
        if counterpart is not None:
            return self.words.person(counterpart.role, counterpart.words)
        return self.words.person(turn.conversation.topic_role, turn.conversation.topic_words)

    def _about(self, turn: Turn) -> dict[str, object]:
        return {"person": self.person(turn)}
