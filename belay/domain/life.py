"""What a client does outside of the chat, as far as an open turn needs it."""

from __future__ import annotations

from dataclasses import dataclass, field

from belay.domain.goal import Goal
from belay.domain.practice import Practice
from belay.domain.reminder import Reminder, Status, Wishes


@dataclass
class Life:
    """Open practices and goals, reminders that wait or went out lately, wishes about them.

    What is added or changed here is written with the turn. `forget_goals` are deleted.
    """

    practices: list[Practice] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)
    wishes: Wishes = field(default_factory=Wishes)
    forget_goals: list[str] = field(default_factory=list)
    _loaded: dict[str, str] = field(default_factory=dict)

    def as_loaded(self) -> None:
        """Remember how everything is stored now."""
        known: list[Practice | Goal | Reminder] = [*self.practices, *self.goals, *self.reminders]
        self._loaded = {one.id: repr(one) for one in known} | {"wishes": repr(self.wishes)}

    def changed(self, one: Practice | Goal | Reminder | Wishes, key: str) -> bool:
        """Whether this is new, or differs from what is stored under the key."""
        return self._loaded.get(key) != repr(one)

    def practice(self, practice_id: str) -> Practice | None:
        """The practice of this id, or None."""
        return next((one for one in self.practices if one.id == practice_id), None)

    def goal(self, goal_id: str) -> Goal | None:
        """The goal of this id, or None."""
        return next((one for one in self.goals if one.id == goal_id), None)

    @property
    def latest(self) -> Practice | None:
        """The open practice that was planned last, or None."""
        open_ = [one for one in self.practices if one.open]
        return max(open_, key=lambda one: one.made_at, default=None)

    @property
    def open_goals(self) -> list[Goal]:
        """Goals that are worked on, oldest first."""
        return sorted((one for one in self.goals if one.open), key=lambda one: one.made_at)

    @property
    def scheduled(self) -> list[Reminder]:
        """Reminders that wait."""
        return [one for one in self.reminders if one.status is Status.SCHEDULED]
