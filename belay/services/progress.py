"""The client's own words and numbers, given back."""

from __future__ import annotations

from typing import Any

from belay.domain.reply import Card
from belay.domain.turn import Turn
from belay.services.ports import FinishedExercise, Records
from belay.services.voice import Voice


class ProgressTalk:
    """ "My progress": exercises finished, confidence before and after, kept statements."""

    def __init__(self, voice: Voice, records: Records) -> None:
        self._voice = voice
        self._records = records

    def show(self, turn: Turn) -> None:
        """Say what there is so far; an empty history gets a way to begin."""
        progress = self._records.progress(turn.client.id)
        if not progress.finished:
            self._voice.say(turn, "progress.empty")
            return
        rows = [self._row(turn, one) for one in progress.finished]
        title = self._voice.text(turn, "progress.card_title")
        card = Card(
            kind="progress",
            title=title,
            text="\n".join(rows),
            points=tuple(_point(one) for one in progress.finished),
        )
        line = "progress.one" if len(progress.finished) == 1 else "progress.some"
        self._voice.say(turn, line, card=card, count=len(progress.finished))

    def show_artefact(self, turn: Turn, artefact_id: str) -> None:
        """A kept statement once more, or a word that it is gone."""
        kept = self._records.artefact(turn.client.id, artefact_id)
        if kept is None:
            self._voice.say(turn, "artefact.gone")
            return
        self._voice.say(turn, "artefact.here", card=Card("statement", kept[0], kept[1]))

    def _row(self, turn: Turn, one: FinishedExercise) -> str:
        if one.before is None or one.after is None:
            row = self._voice.text(turn, "progress.row_plain", title=one.title)
        else:
            row = self._voice.text(
                turn, "progress.row", title=one.title, before=one.before, after=one.after
            )
        return f"{row} {one.artefact}" if one.artefact else row


def _point(one: FinishedExercise) -> dict[str, Any]:
    return {"label": one.title, "before": one.before, "after": one.after}
