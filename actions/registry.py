"""Every action there is, made with its use cases."""

from __future__ import annotations

from actions import buttons, coaching, exercises, progress, rights, safety, small_talk
from actions.belay_action import BelayAction
from belay.gateway.open_turns import OpenTurns
from belay.services.use_cases import UseCases

ACTIONS: tuple[type[BelayAction], ...] = (
    small_talk.Welcome,
    small_talk.Goodbye,
    small_talk.Affirm,
    small_talk.Deny,
    small_talk.Faq,
    small_talk.Aside,
    small_talk.Refuse,
    coaching.OfferExercises,
    coaching.MeetFeeling,
    coaching.Fallback,
    exercises.ChooseExercise,
    exercises.ResumeExercise,
    exercises.PauseExercise,
    exercises.StopExercise,
    exercises.ChangeTopic,
    exercises.StepControl,
    exercises.ValidateExerciseForm,
    exercises.AskExerciseAnswer,
    exercises.LooseAnswer,
    progress.ShowProgress,
    progress.Goal,
    progress.Reminder,
    progress.Practice,
    rights.ShowPrivacy,
    rights.DeleteData,
    rights.ExportData,
    rights.TalkToHuman,
    rights.AreYouHuman,
    safety.MeetDanger,
    buttons.PressButton,
)


def make_actions(use_cases: UseCases, open_turns: OpenTurns) -> list[BelayAction]:
    """One instance of each action."""
    return [action(use_cases, open_turns) for action in ACTIONS]
