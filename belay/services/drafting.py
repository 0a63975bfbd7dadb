"""Answers to the steps themselves: drafts with feedback, choices, ratings, examples."""

from __future__ import annotations

from belay.domain.exercise import Exercise, Step
from belay.domain.feedback import Feedback
from belay.domain.floor import Verdict
from belay.domain.marking import marked, marks_of
from belay.domain.rating import parse_rating
from belay.domain.run import AFTER, REVIEW, Answer, Run
from belay.domain.statement import landed, statement
from belay.domain.turn import Turn
from belay.services.asking_again import ask_again
from belay.services.consequences import Consequences
from belay.services.ports import Drafts
from belay.services.safety import Safety
from belay.services.voice import Voice

# The tip that is about a word of the story, not about a feature of language.
ECHO = "echo"


class Drafting:
    """Takes what is written at a step. One tip at most, one retry, then accept."""

    def __init__(self, voice: Voice, drafts: Drafts, safety: Safety) -> None:
        self._voice = voice
        self._drafts = drafts
        self._safety = safety
        self._consequences = Consequences(voice, safety)

    def take(self, turn: Turn, run: Run, exercise: Exercise, step: Step) -> None:
        """A typed answer to a step of any kind."""
        if step.kind == "choice":
            self.choose(turn, run, exercise, step, match_option(step, turn.text))
        elif step.kind == "rating":
            self._rate(turn, run, exercise, step)
        else:
            self._draft(turn, run, exercise, step)

    def choose(
        self, turn: Turn, run: Run, exercise: Exercise, step: Step, option_id: str | None
    ) -> None:
        """One of the options; own words are taken the second time."""
        option = next((one for one in step.options if one.id == option_id), None)
        text = option.title.lower() if option else turn.text.strip()
        if option is None and run.unclear == 0:
            ask_again(self._voice, turn, run, "exercise.choice_unclear")
            return
        run.put(Answer(step.id, text, text, choice=option_id, at=turn.now))
        self.advance(turn, run, exercise, step)
        if option is not None:
            self._consequences.follow(turn, run, exercise, step, option)

    def keep_words(self, turn: Turn, run: Run, exercise: Exercise, step: Step) -> None:
        """The client keeps what they wrote, tip or no tip."""
        answer = run.answer_to(step.id)
        if answer is None:
            return
        answer.choice = "kept"
        self._voice.say(turn, "exercise.kept_words")
        self.advance(turn, run, exercise, step)

    def leave_out(self, turn: Turn, run: Run, exercise: Exercise, step: Step) -> None:
        """Skip a step; an answer given before stays."""
        if run.answer_to(step.id) is None:
            run.put(Answer(step.id, None, None, choice="skipped", at=turn.now))
        self.advance(turn, run, exercise, step)

    def show_example(self, turn: Turn, step: Step | None, *, unsure: bool) -> None:
        """An example and the question in plainer words."""
        if step is None:
            self._voice.say(turn, "exercise.take_your_time")
            return
        line = "exercise.dont_know" if unsure else "exercise.example"
        self._voice.put(
            turn, line, None, values={"plain": step.plain}, wordings={"example": step.examples}
        )
        turn.asked = True

    def advance(self, turn: Turn, run: Run, exercise: Exercise, step: Step) -> None:
        """Stand at the next step, or at the statement when all are through."""
        run.unclear = 0
        following = None if run.editing else exercise.after(step.id)
        if following is not None:
            run.go_to(following.id)
            return
        run.editing = False
        run.artefact = statement(exercise, run)
        run.position = REVIEW if run.artefact else AFTER
        if exercise.best_of and run.artefact:
            self._say_landed(turn, landed(exercise, run), len(exercise.best_of))

    def _draft(self, turn: Turn, run: Run, exercise: Exercise, step: Step) -> None:
        feedback = self._drafts.read_step(turn.text, step, turn.id)
        features = [finding.feature for finding in feedback.findings]
        turn.note("slot_attempt", step=step.id, features=features, tip=feedback.tip_id)
        if feedback.fear is not None:
            # Fear is never graded, and its words never reach the statement.
            rule = f"draft.{feedback.fear.feature}"
            self._safety.meet(turn, Verdict(2, "safety_abuse_now", "context", rule))
            return
        if feedback.rule_over_other is not None:
            self._mirror(turn, run, exercise, step, feedback)
            return
        tip_id, tip = feedback.tip_id, feedback.tip_text
        if tip is None and not step.takes_up(turn.text):
            tip_id, tip = ECHO, self._voice.text(turn, "exercise.take_up")
        run.put(Answer(step.id, turn.text, turn.text, features, tip_id, at=turn.now))
        if tip and step.id not in run.retried:
            run.retried.append(step.id)
            praise = f"{feedback.praise_text} " if feedback.praise_text else ""
            self._voice.say(turn, "exercise.tip", praise=praise, tip=tip)
            mark_last(turn, step, feedback)
            turn.asked = True
            return
        if feedback.praise_text:
            self._voice.say(turn, "exercise.praise", praise=feedback.praise_text)
            mark_last(turn, step, feedback)
        self.advance(turn, run, exercise, step)

    def _say_landed(self, turn: Turn, count: int, of: int) -> None:
        if count:
            self._voice.say(turn, "exercise.landed", landed=count, all=of)
        else:
            self._voice.say(turn, "exercise.landed_none")

    def _mirror(
        self, turn: Turn, run: Run, exercise: Exercise, step: Step, feedback: Feedback
    ) -> None:
        """A rule over somebody's clothes, friends, phone or money is never taken as an answer."""
        self._voice.say(turn, "exercise.rule_over_other")
        mark_last(turn, step, feedback)
        if step.id in run.retried:
            self.leave_out(turn, run, exercise, step)
            return
        run.retried.append(step.id)
        turn.asked = True

    def _rate(self, turn: Turn, run: Run, exercise: Exercise, step: Step) -> None:
        rating = parse_rating(turn.text)
        if rating is None:
            ask_again(self._voice, turn, run, "exercise.rating_unclear")
            return
        run.put(Answer(step.id, str(rating), str(rating), at=turn.now))
        smaller = step.smaller
        if smaller and rating < smaller.below and step.id not in run.retried:
            run.retried.append(step.id)
            self._voice.say(turn, "exercise.make_smaller", rating=rating)
            turn.asked = True
            return
        self.advance(turn, run, exercise, step)


def mark_last(turn: Turn, step: Step, feedback: Feedback) -> None:
    """Put the draft with its parts named above what was just said about it."""
    marks = marks_of(feedback, (*step.need, *step.need_any), step.mark)
    turn.replies[-1] = marked(turn.replies[-1], turn.text, marks)


def match_option(step: Step, text: str) -> str | None:
    """The option that a typed answer names, by title or by its other words."""
    said = f" {text.lower().strip(' .!?')} "
    for option in step.options:
        names = (option.title, option.id.replace("_", " "), *option.words)
        if any(f" {name.lower()} " in said for name in names):
            return option.id
    return None
