"""A goal, a reminder or a right in the middle of an exercise: answered, then the step goes on.

Nothing of it becomes an answer. The exercise stays where it stands, and its question is put again
as soon as the other matter is settled.
"""

from __future__ import annotations

from belay.domain.aside import wish_in
from belay.domain.run import Run
from belay.domain.turn import Turn
from belay.services.exercises import Exercises
from belay.services.goals import Goals
from belay.services.ports import Catalogue
from belay.services.reminders import Reminders
from belay.services.voice import Voice
from belay.services.yes_no import YesNo

# Buttons under a question that is none of the exercise.
ASIDE = ("goal.", "remind.", "practice.", "ask.", "delete.", "country.")
# Below an answer these ask nothing.
NO_QUESTION = ("remind.hours", "remind.stop", "delete.ask")
REQUESTS = "F11"
BACK = "exercise.back_to_it"
SAID_TO_THEM = ("request", "limit", "will")


class Asides:
    """Takes what is no answer, and puts the exercise back."""

    def __init__(
        self,
        voice: Voice,
        catalogue: Catalogue,
        exercises: Exercises,
        reminders: Reminders,
        goals: Goals,
        yes_no: YesNo,
    ) -> None:
        self._voice = voice
        self._catalogue = catalogue
        self._exercises = exercises
        self._reminders = reminders
        self._goals = goals
        self._yes_no = yes_no

    def takes(self, turn: Turn) -> bool:
        """Answer a typed message that is no answer of the open exercise. False where it is one."""
        run = turn.run
        if run is None or turn.press is not None:
            return False
        wish = wish_in(turn.text, draft=self._drafts(run))
        if wish == "goal":
            self._goals.asked_for(turn)
        elif wish == "reminder":
            self._reminders.asked_for(turn)
        elif not any(is_open(one.press) for one in turn.conversation.buttons):
            return False
        else:
            self._answer_other(turn)
        self.put_back(turn)
        return True

    def leaves(self, turn: Turn) -> bool:
        """A control of the exercise ("skip") while another question is open leaves that one."""
        if turn.run is None or not any(is_open(one.press) for one in turn.conversation.buttons):
            return False
        turn.conversation.pending = None
        self.put_back(turn)
        return True

    def put_back(self, turn: Turn) -> None:
        """Put the exercise's question again, unless another one is open still."""
        shown = [button.press for reply in turn.replies for button in reply.buttons]
        waits = turn.conversation.pending is not None or any(is_open(press) for press in shown)
        done = any(reply.line == BACK for reply in turn.replies)
        if turn.run is None or turn.erase or waits or done or turn.conversation.safety.open:
            return
        self._voice.say(turn, BACK)
        turn.asked = False
        self._exercises.ask(turn)

    def after_press(self, turn: Turn) -> None:
        """The same, where the press of a button was about something else."""
        if turn.press is not None and turn.press.value.startswith(ASIDE):
            self.put_back(turn)

    def _answer_other(self, turn: Turn) -> None:
        """A yes or no answers the question that is open; anything else lets it go."""
        means = turn.understood.intent if turn.understood else ""
        if any(one.means == means for one in turn.conversation.buttons):
            self._yes_no.answer(turn, means)
        else:
            turn.conversation.pending = None

    def _drafts(self, run: Run) -> bool:
        exercise = self._catalogue.get(run.exercise_id)
        if exercise is None or run.step_id is None:
            return False
        step = exercise.step(run.step_id)
        return step.kind == "text" and (REQUESTS in step.need or step.mark in SAID_TO_THEM)


def is_open(press: str) -> bool:
    """Whether a button belongs to a question outside of the exercise."""
    return press.startswith(ASIDE) and press not in NO_QUESTION
