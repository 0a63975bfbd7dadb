"""Which exercises are offered: by the files, by history, and by what is safe."""

from __future__ import annotations

from collections.abc import Iterable

from belay.domain.client import Counterpart, Risk
from belay.domain.exercise import SHELVES, Exercise
from belay.domain.reply import Button
from belay.domain.safety import gate_allows
from belay.domain.turn import Turn
from belay.services.ports import Catalogue
from belay.services.voice import Voice

AT_MOST = 2
WITHOUT_NEED = "express_feeling"
SUPPORT = ("safety_safe_here", "safety_other_support")


class Offers:
    """Chooses exercises for a need and makes their buttons."""

    def __init__(self, voice: Voice, catalogue: Catalogue) -> None:
        self._voice = voice
        self._catalogue = catalogue

    def buttons(self, turn: Turn, intent: str) -> list[Button]:
        """Two exercises (a paused one goes on, first), something else, or just talking."""
        made = [self._button(turn, one) for one in self.choose(turn, intent)]
        return made + [self._voice.words.button(name) for name in ("something_else", "just_talk")]

    def choose(self, turn: Turn, intent: str) -> list[Exercise]:
        """Two exercises, best first.

        The order is: the paused one when it fits the need, the files' own first and second
        choices, what is offered when no need is named, the rest of the menu. What was just
        done comes last. An exercise that is locked for the person in question is left out.
        """
        risk = self._risk(turn)
        fitting = [one for one in self._ordered(intent) if _open_with(one, risk)]
        paused = turn.paused.exercise_id if turn.paused else None
        named = {one.id for one in self._catalogue.offered_for(intent)}

        def place(exercise: Exercise) -> int:
            if exercise.id == paused and exercise.id in named:
                return 0
            return 2 if exercise.id == turn.last_done else 1

        return sorted(fitting, key=place)[:AT_MOST]

    def private_buttons(self, turn: Turn, intent: str) -> list[Button]:
        """When words for this person are locked: support first, and one exercise for oneself."""
        support = [self._voice.words.button(name) for name in SUPPORT]
        own = [self._button(turn, one) for one in self.choose(turn, intent)[:1]]
        rest = [self._voice.words.button(name) for name in ("just_talk", "leave_page")]
        return [*support, *own, *rest]

    def locked(self, turn: Turn) -> bool:
        """Whether words for the person in question are locked."""
        return self._risk(turn) is Risk.RED

    def shelf_buttons(self, turn: Turn) -> list[Button]:
        """The shelves of the menu; a paused exercise first, just talking last."""
        names = [f"shelf_{shelf}" for shelf in SHELVES] + ["just_talk"]
        if turn.paused is not None:
            names.insert(0, "resume_exercise")
        return [self._voice.words.button(name) for name in names]

    def on_shelf(self, shelf: str) -> list[Button]:
        """The exercises on one shelf, and the way back."""
        held = [one for one in self._catalogue.all() if one.shelf == shelf]
        back = self._voice.words.button("something_else")
        return [*(self.start_button(exercise) for exercise in held), back]

    def start_button(self, exercise: Exercise) -> Button:
        """The button that starts an exercise."""
        return self._voice.words.button(
            "start_exercise", exercise=exercise.id, title=exercise.title
        )

    def _button(self, turn: Turn, exercise: Exercise) -> Button:
        if turn.paused is not None and turn.paused.exercise_id == exercise.id:
            return self._voice.words.button("go_on_with", run=turn.paused.id, title=exercise.title)
        return self.start_button(exercise)

    def _ordered(self, intent: str) -> list[Exercise]:
        return _once(
            [
                *self._catalogue.offered_for(intent),
                *self._catalogue.offered_for(WITHOUT_NEED),
                *self._catalogue.all(),
            ]
        )

    def _risk(self, turn: Turn) -> Risk:
        counterpart = topic_counterpart(turn)
        return counterpart.risk_at(turn.now) if counterpart else Risk.UNKNOWN


def topic_counterpart(turn: Turn) -> Counterpart | None:
    """The known counterpart of the topic, or None."""
    role = turn.conversation.topic_role
    return next((one for one in turn.counterparts if one.role == role), None)


def _open_with(exercise: Exercise, risk: Risk) -> bool:
    return risk is Risk.UNKNOWN or gate_allows(exercise.gate, risk)


def _once(exercises: Iterable[Exercise]) -> list[Exercise]:
    seen: dict[str, Exercise] = {}
    for exercise in exercises:
        seen.setdefault(exercise.id, exercise)
    return list(seen.values())
