"""Runs of exercises: choose, resume, pause, stop, and the exercise form's own two actions."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.belay_action import BelayAction
from belay.domain.turn import Turn

SLOT = "exercise_answer"


class ChooseExercise(BelayAction):
    """The menu, or one exercise by name."""

    def name(self) -> str:
        return "action_choose_exercise"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        named = turn.understood.first("exercise_name") if turn.understood else None
        if named is None:
            self.use_cases.coaching.menu(turn)
            return []
        return self.into_form(self.use_cases.exercises.start(turn, named.value))


class ResumeExercise(BelayAction):
    """Go on with what was paused."""

    def name(self) -> str:
        return "action_resume_exercise"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        return self.into_form(self.use_cases.exercises.resume(turn))


class PauseExercise(BelayAction):
    """Keep it for later."""

    def name(self) -> str:
        return "action_pause_exercise"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        return self.into_form(not self.use_cases.exercises.pause(turn))


class StopExercise(BelayAction):
    """End it."""

    def name(self) -> str:
        return "action_stop_exercise"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        return self.into_form(not self.use_cases.exercises.stop(turn))


class ChangeTopic(BelayAction):
    """Something else now."""

    def name(self) -> str:
        return "action_change_topic"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.exercises.change_topic(turn)
        return []


class StepControl(BelayAction):
    """Skip, don't know, example, back, push back; the form asks again after it."""

    def name(self) -> str:
        return "action_step_control"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        intent = turn.understood.intent if turn.understood else ""
        if not self.use_cases.asides.leaves(turn):
            self.use_cases.steps.control(turn, intent)
        return []


class ValidateExerciseForm(BelayAction):
    """Takes an answer of the open exercise."""

    guarded = False

    def name(self) -> str:
        return "validate_exercise_form"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        if tracker.get_slot(SLOT) is None:
            return []
        self.use_cases.guard.remind(turn)
        if turn.press is not None and turn.press.value.startswith("step."):
            self.use_cases.steps.press(turn, turn.press.value.removeprefix("step."))
        elif not self.use_cases.asides.takes(turn):
            control = turn.understood.first("maybe_control") if turn.understood else None
            self.use_cases.steps.answer(turn, control.value if control else None)
        return [SlotSet(SLOT, None if turn.run is not None else "done")]


class AskExerciseAnswer(BelayAction):
    """Puts the open question."""

    guarded = False

    def name(self) -> str:
        return "action_ask_exercise_answer"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.asides.after_press(turn)
        self.use_cases.exercises.ask(turn)
        return []


class LooseAnswer(BelayAction):
    """An answer or a step's button while no exercise is open."""

    may_report = True

    def name(self) -> str:
        return "action_loose_answer"

    def perform(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        self.use_cases.coaching.loose_answer(turn)
        return []
