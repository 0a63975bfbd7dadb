"""How use cases speak: one turn, one seed, the people it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from belay.domain.reply import Button, Card, Reply
from belay.domain.turn import Turn
from belay.domain.variety import freshest, pick
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
        return self.put(turn, line, made, card=card, tier=tier, values=values)

    def put(
        self,
        turn: Turn,
        line: str,
        buttons: list[Button] | None,
        *,
        card: Card | None = None,
        tier: int = 0,
        values: Mapping[str, object] | None = None,
        wordings: Mapping[str, Sequence[str]] | None = None,
    ) -> Reply:
        """As `say`, with buttons that are made already; None keeps those of the line.

        `wordings` are values of which there are several, one of them to be chosen.
        """
        filled = {**self._about(turn), **(values or {})}

        def make(seed: str) -> Reply:
            chosen = {
                name: some[pick(seed, name, len(some))] if some else ""
                for name, some in (wordings or {}).items()
            }
            return self.words.reply(
                line, seed, buttons=buttons, card=card, tier=tier, **{**filled, **chosen}
            )

        reply = freshest(turn.conversation, turn.id, make)
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
