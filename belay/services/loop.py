"""The loop back to life, wired: reminders, practices, goals, and the question that waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from belay.domain.reminder import Quiet
from belay.domain.turn import Turn
from belay.services.fears import Fears
from belay.services.goals import Goals
from belay.services.ports import Drafts
from belay.services.practices import Practices
from belay.services.quiet_hours import QuietHours
from belay.services.reminders import Reminders
from belay.services.safety import Safety
from belay.services.voice import Voice


@dataclass(frozen=True)
class Loop:
    """The use cases of the loop, and which press belongs to which."""

    reminders: Reminders
    practices: Practices
    goals: Goals
    fears: Fears

    def routes(self) -> Mapping[str, Callable[[Turn], None]]:
        """Presses without an argument."""
        return {
            "remind.no": self.reminders.decline,
            "remind.stop": self.reminders.stop,
            "remind.hours": self.reminders.ask_hours,
            "ask.skip": self._skip,
            "goal.new": self.goals.begin,
            "goal.enough": self.goals.enough,
            **{f"goal.{verb}": act for verb, act in self.goals.routes().items()},
        }

    def with_argument(self) -> Mapping[str, Callable[[Turn, str], None]]:
        """Presses with one: "<practice>", "yes:<practice>", a time, a zone."""
        return {
            "remind.at": self.reminders.pick,
            "remind.quiet": self.reminders.pick_hours,
            "remind.zone": self.reminders.pick_zone,
            "practice.tried": self.practices.tried,
            "practice.compared": self.practices.compared,
            "practice.unsafe": self.practices.unsafe,
            "practice.next": self.practices.next_step,
            **{f"goal.{verb}": act for verb, act in self.goals.with_argument().items()},
        }

    def _skip(self, turn: Turn) -> None:
        pending = turn.conversation.pending
        if pending is not None and pending.kind.startswith("goal."):
            self.goals.skip(turn)
        else:
            self.practices.skip(turn)


def make_loop(voice: Voice, drafts: Drafts, safety: Safety, quiet: Quiet) -> Loop:
    """Wire the loop."""
    fears = Fears(voice, drafts, safety)
    hours = QuietHours(voice, quiet)
    reminders = Reminders(voice, fears, hours)
    practices = Practices(voice, reminders, fears, safety)
    return Loop(reminders, practices, Goals(voice, drafts), fears)
