"""The client's own words and numbers, given back: no streak, no grade, nothing to lose."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from belay.domain.goal import Goal
from belay.domain.plan import quotable
from belay.domain.reply import Card
from belay.domain.turn import Turn
from belay.domain.weeks import LOOKED_AT, Week, weeks, with_practice
from belay.domain.zones import zone_named
from belay.services.goals import STEP_IDS
from belay.services.plan_card import plan_card
from belay.services.ports import FinishedExercise, Progress, Records
from belay.services.voice import Voice


class ProgressTalk:
    """ "My progress": statements, confidence before and after, practices in life, goals."""

    def __init__(self, voice: Voice, records: Records) -> None:
        self._voice = voice
        self._records = records

    def show(self, turn: Turn) -> None:
        """Say what there is so far; an empty history gets a way to begin."""
        progress = self._records.progress(turn.client.id)
        goals = turn.life.open_goals
        if not (progress.finished or progress.tried_at or goals):
            self._voice.say(turn, "progress.empty")
            return
        zone = zone_named(turn.life.wishes.zone or "UTC") or ZoneInfo("UTC")
        shown = weeks(
            turn.now, zone, (one.finished_at for one in progress.finished), progress.tried_at
        )
        rows = [self._row(turn, one) for one in progress.finished]
        rows += self._life(turn, progress, shown)
        rows += [self._goal(turn, one) for one in goals]
        card = Card(
            kind="progress",
            title=self._voice.text(turn, "progress.card_title"),
            text="\n".join(rows),
            points=tuple(_point(one) for one in progress.finished),
            weeks=tuple(_week(one) for one in shown),
        )
        line = {0: "progress.life_only", 1: "progress.one"}.get(
            len(progress.finished), "progress.some"
        )
        self._voice.say(turn, line, card=card, count=len(progress.finished))

    def show_artefact(self, turn: Turn, artefact_id: str) -> None:
        """A kept statement once more, or a word that it is gone."""
        kept = self._records.artefact(turn.client.id, artefact_id)
        if kept is None:
            self._voice.say(turn, "artefact.gone")
            return
        self._voice.say(turn, "artefact.here", card=Card("statement", kept[0], kept[1]))
        run = next((one for one in turn.runs if one.artefact_id == artefact_id), None)
        plan = plan_card(self._voice, turn, run) if run is not None else None
        if plan is not None:
            self._voice.say(turn, "plan.here", card=plan)

    def _row(self, turn: Turn, one: FinishedExercise) -> str:
        if one.before is None or one.after is None:
            row = self._voice.text(turn, "progress.row_plain", title=one.title)
        else:
            row = self._voice.text(
                turn, "progress.row", title=one.title, before=one.before, after=one.after
            )
        row = f"{row} {one.artefact}" if one.artefact else row
        if not one.plan:
            return row
        line = "progress.plan_first" if one.opening else "progress.plan"
        plan = self._voice.text(turn, line, plan=quotable(one.plan), opening=one.opening or "")
        return f"{row} {plan}"

    def _life(self, turn: Turn, progress: Progress, shown: tuple[Week, ...]) -> list[str]:
        """Practices in life; where there are none, nothing is said about it."""
        count = len(progress.tried_at)
        if not count:
            return []
        line = "progress.life_one" if count == 1 else "progress.life"
        some = with_practice(shown)
        rows = [self._voice.text(turn, line, count=count)]
        if some > 1:
            rows.append(self._voice.text(turn, "progress.weeks", weeks=some, of=LOOKED_AT))
        return rows

    def _goal(self, turn: Turn, goal: Goal) -> str:
        if goal.level is None:
            return self._voice.text(turn, "progress.goal", goal=goal.text or "")
        first, now = (
            self._voice.text(turn, f"goal.level_{STEP_IDS[level]}").lower()
            for level in (goal.ratings[0].level, goal.level)
        )
        if len(goal.ratings) == 1:
            return self._voice.text(turn, "progress.goal_now", goal=goal.text or "", now=now)
        said = goal.text or ""
        return self._voice.text(turn, "progress.goal_way", goal=said, first=first, now=now)


def _point(one: FinishedExercise) -> dict[str, Any]:
    return {"label": one.title, "before": one.before, "after": one.after}


def _week(one: Week) -> dict[str, Any]:
    label = f"{one.monday.day} {one.monday:%b}"
    return {"label": label, "words": one.words, "tried": one.tried}
