"""The exercises there are, in the order of the menu."""

from __future__ import annotations

from collections.abc import Sequence

from belay.domain.exercise import Exercise


class AuthoredCatalogue:
    """Serves the exercises of content/ to the use cases (the port `Catalogue`)."""

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        self._exercises = tuple(exercises)
        self._by_id = {exercise.id: exercise for exercise in exercises}

    def get(self, exercise_id: str) -> Exercise | None:
        """The exercise, or None."""
        return self._by_id.get(exercise_id)

    def all(self) -> Sequence[Exercise]:
        """Every exercise, in the order of the menu."""
        return self._exercises

    def offered_for(self, intent: str) -> Sequence[Exercise]:
        """First and second choices for an intent, best first."""
        first = [one for one in self._exercises if intent in one.first_for]
        second = [one for one in self._exercises if intent in one.second_for]
        return tuple(first + [one for one in second if one not in first])
