"""Answers inside an exercise: what the next message means at the run's position."""

from __future__ import annotations

from belay.domain.artefact import compose
from belay.domain.exercise import Exercise, Step
from belay.domain.floor import Verdict
from belay.domain.rating import parse_rating
from belay.domain.run import (
    AFTER,
    BEFORE,
    EDIT,
    GATES,
    PLAN,
    REVIEW,
    RULER,
    SAVE,
    WHO,
    Answer,
    Run,
)
from belay.domain.safety import risk_from
from belay.domain.turn import Turn
from belay.services.endings import Endings
from belay.services.exercises import Exercises, add_counterpart
from belay.services.ports import Catalogue, Drafts
from belay.services.safety import Safety
from belay.services.voice import Voice

UNCLEAR_AT_MOST = 2


class Steps:
    """Takes texts, presses and controls for the active run."""

    def __init__(
        self,
        voice: Voice,
        catalogue: Catalogue,
        exercises: Exercises,
        drafts: Drafts,
        safety: Safety,
        endings: Endings,
    ) -> None:
        self._voice = voice
        self._catalogue = catalogue
        self._exercises = exercises
        self._drafts = drafts
        self._safety = safety
        self._endings = endings

    def answer(self, turn: Turn, maybe_control: str | None = None) -> None:
        """A typed message at the current position."""
        found = self._current(turn)
        if found is None:
            return
        run, exercise = found
        run.changed_at = turn.now
        intent = turn.understood.intent if turn.understood else "answer_free"
        if maybe_control in ("stop_exercise", "pause_exercise", "change_topic") and run.step_id:
            self._voice.say(turn, "exercise.stop_or_answer")
            turn.asked = True
            return
        if run.step_id is not None:
            self._answer_step(turn, run, exercise, exercise.step(run.step_id), intent)
        elif run.position in (BEFORE, AFTER):
            self._rate(turn, run, parse_rating(turn.text))
        elif run.position in GATES:
            self._gate(turn, run, exercise, {"affirm": "yes", "deny": "no"}.get(intent))
        elif run.position == WHO:
            person = turn.understood.first("person_role") if turn.understood else None
            if person is None:
                self._unclear(turn, run, "exercise.who_unclear")
            else:
                self._who(turn, run, exercise, person.value, person.text)
        elif run.position == PLAN:
            self._plan(turn, run, turn.text)
        elif run.position == RULER:
            run.ruler = turn.text
            run.position = PLAN
        elif run.position == REVIEW:
            self._review(turn, run, exercise, "ok" if intent == "affirm" else "change")
        elif run.position == EDIT:
            self._edit_by_name(turn, run, exercise)
        elif run.position == SAVE:
            choice = {"affirm": True, "deny": False}.get(intent)
            if choice is None:
                self._unclear(turn, run, "exercise.save_unclear")
            else:
                self._endings.finish(turn, run, exercise, keep=choice)

    def press(self, turn: Turn, value: str) -> None:
        """A button of the exercise: "gate:yes", "option:time", "keep_words", ..."""
        found = self._current(turn)
        if found is None:
            return
        run, exercise = found
        run.changed_at = turn.now
        if turn.press is not None and turn.press.stale:
            self._voice.say(turn, "exercise.earlier_button")
            return
        verb, _, rest = value.partition(":")
        step = exercise.step(run.step_id) if run.step_id else None
        if verb == "gate" and run.position in GATES:
            self._gate(turn, run, exercise, rest)
        elif verb == "who" and run.position == WHO:
            self._who(turn, run, exercise, rest, "")
        elif verb == "option" and step is not None:
            self._choose(turn, run, exercise, step, rest)
        elif verb == "keep_words" and step is not None:
            self._keep_words(turn, run, exercise, step)
        elif verb == "change" and step is not None:
            self._voice.say(turn, "exercise.write_again")
            turn.asked = True
        elif verb == "smaller" and step is not None and step.smaller is not None:
            run.retried.append(step.id)
            run.go_to(step.smaller.step)
            run.editing = True
        elif verb == "skip":
            self.control(turn, "skip_step")
        elif verb == "example":
            self.control(turn, "ask_help_step")
        elif verb == "review" and run.position == REVIEW:
            self._review(turn, run, exercise, rest)
        elif verb == "part" and run.position == EDIT:
            run.editing = True
            run.go_to(rest)
        elif verb == "save" and run.position == SAVE:
            self._endings.finish(turn, run, exercise, keep=rest == "yes")
        elif verb == "answer":
            self._voice.say(turn, "exercise.say_again")
            turn.asked = True
        elif verb == "rate" and run.position in (BEFORE, AFTER):
            self._rate(turn, run, parse_rating(rest))

    def control(self, turn: Turn, intent: str) -> None:
        """skip_step, dont_know, ask_help_step, go_back_edit or push_back."""
        found = self._current(turn)
        if found is None:
            self._voice.say(turn, "exercise.nothing_open")
            return
        run, exercise = found
        step = exercise.step(run.step_id) if run.step_id else None
        if intent == "skip_step":
            self._skip(turn, run, exercise, step)
        elif intent in ("ask_help_step", "dont_know"):
            self._show_example(turn, step, unsure=intent == "dont_know")
        elif intent == "go_back_edit":
            self._back(turn, run, exercise, step)
        elif intent == "push_back":
            if step is not None and run.answer_to(step.id) is not None:
                turn.note("push_back", step=step.id)
                self._keep_words(turn, run, exercise, step)
            else:
                self._voice.say(turn, "exercise.heard_you")

    def expects(self, turn: Turn) -> str | None:
        """What kind of answer the open position takes: text, rating, choice; None without run."""
        run = turn.run
        exercise = self._catalogue.get(run.exercise_id) if run else None
        if run is None or exercise is None:
            return None
        if run.step_id is not None:
            return exercise.step(run.step_id).kind
        if run.position in (BEFORE, AFTER):
            return "rating"
        return "text" if run.position in (PLAN, RULER) else "choice"

    def _current(self, turn: Turn) -> tuple[Run, Exercise] | None:
        run = turn.run
        exercise = self._catalogue.get(run.exercise_id) if run else None
        return (run, exercise) if run is not None and exercise is not None else None

    def _answer_step(
        self, turn: Turn, run: Run, exercise: Exercise, step: Step, intent: str
    ) -> None:
        if step.kind == "choice":
            self._choose(turn, run, exercise, step, match_option(step, turn.text))
        elif step.kind == "rating":
            self._rate_step(turn, run, exercise, step)
        else:
            self._draft(turn, run, exercise, step)

    def _draft(self, turn: Turn, run: Run, exercise: Exercise, step: Step) -> None:
        feedback = self._drafts.read_step(turn.text, step, turn.id)
        features = [finding.feature for finding in feedback.findings]
        answer = Answer(step.id, turn.text, turn.text, features, feedback.tip_id, at=turn.now)
        turn.note("slot_attempt", step=step.id, features=features, tip=feedback.tip_id)
        if feedback.fear is not None:
            rule = f"draft.{feedback.fear.feature}"
            self._safety.meet(turn, Verdict(2, "safety_abuse_now", "context", rule))
            return
        if feedback.rule_over_other is not None:
            self._voice.say(turn, "exercise.rule_over_other")
            turn.asked = True
            if step.id in run.retried:
                self._skip(turn, run, exercise, step)
                turn.asked = False
            else:
                run.retried.append(step.id)
            return
        run.put(answer)
        if feedback.tip_text and step.id not in run.retried:
            run.retried.append(step.id)
            praise = f"{feedback.praise_text} " if feedback.praise_text else ""
            self._voice.say(turn, "exercise.tip", praise=praise, tip=feedback.tip_text)
            turn.asked = True
            return
        if feedback.praise_text:
            self._voice.say(turn, "exercise.praise", praise=feedback.praise_text)
        self._advance(run, exercise, step)

    def _keep_words(self, turn: Turn, run: Run, exercise: Exercise, step: Step) -> None:
        answer = run.answer_to(step.id)
        if answer is None:
            return
        answer.choice = "kept"
        self._voice.say(turn, "exercise.kept_words")
        self._advance(run, exercise, step)

    def _choose(
        self, turn: Turn, run: Run, exercise: Exercise, step: Step, option_id: str | None
    ) -> None:
        option = next((one for one in step.options if one.id == option_id), None)
        text = option.title.lower() if option else turn.text.strip()
        if option is None and run.unclear == 0:
            self._unclear(turn, run, "exercise.choice_unclear")
            return
        run.put(Answer(step.id, text, text, choice=option_id, at=turn.now))
        self._advance(run, exercise, step)

    def _rate_step(self, turn: Turn, run: Run, exercise: Exercise, step: Step) -> None:
        rating = parse_rating(turn.text)
        if rating is None:
            self._unclear(turn, run, "exercise.rating_unclear")
            return
        run.put(Answer(step.id, str(rating), str(rating), at=turn.now))
        smaller = step.smaller
        if smaller and rating < smaller.below and step.id not in run.retried:
            self._voice.say(turn, "exercise.make_smaller", rating=rating)
            turn.asked = True
            return
        self._advance(run, exercise, step)

    def _rate(self, turn: Turn, run: Run, rating: int | None) -> None:
        if rating is None:
            self._unclear(turn, run, "exercise.rating_unclear")
            return
        run.unclear = 0
        exercise = self._catalogue.get(run.exercise_id)
        if run.position == BEFORE and exercise is not None:
            run.before = rating
            turn.note("rating_before", exercise=run.exercise_id, rating=rating)
            run.go_to(exercise.steps[0].id)
            return
        run.after = rating
        turn.note("rating_after", exercise=run.exercise_id, rating=rating)
        run.position = RULER if rating > 0 else PLAN
        if run.before is not None:
            change = (rating > run.before) - (rating < run.before)
            line = ("exercise.change_same", "exercise.change_up", "exercise.change_down")[change]
            self._voice.say(turn, line, before=run.before, after=rating)

    def _gate(self, turn: Turn, run: Run, exercise: Exercise, choice: str | None) -> None:
        if choice is None:
            if run.unclear == 0:
                self._unclear(turn, run, "gate.unclear")
                return
            choice = "not_sure"
        run.unclear = 0
        run.gate_answers[run.position.removeprefix("gate.")] = choice
        counterpart = turn.counterpart(run.counterpart_id)
        if counterpart is None:
            run.position = WHO
            return
        if choice == "yes":
            self._safety.lock(turn, counterpart, dict(run.gate_answers))
            return
        place = GATES.index(run.position)
        if place + 1 < len(GATES):
            run.position = GATES[place + 1]
            return
        counterpart.risk = risk_from(run.gate_answers)
        counterpart.asked_at = turn.now
        turn.note("gate_answered", risk=counterpart.risk.value)
        self._enter(turn, run, exercise)

    def _enter(self, turn: Turn, run: Run, exercise: Exercise) -> None:
        if not self._exercises.place(turn, run, exercise):
            self._endings.abandon(turn, run)

    def _who(self, turn: Turn, run: Run, exercise: Exercise, role: str, words: str) -> None:
        run.unclear = 0
        known = next((one for one in turn.counterparts if one.role == role), None)
        counterpart = known or add_counterpart(turn, role, words)
        turn.conversation.topic_role = counterpart.role
        turn.conversation.topic_words = counterpart.words or None
        run.counterpart_id = counterpart.id
        self._enter(turn, run, exercise)

    def _skip(self, turn: Turn, run: Run, exercise: Exercise, step: Step | None) -> None:
        if step is not None:
            if run.answer_to(step.id) is None:
                run.put(Answer(step.id, None, None, choice="skipped", at=turn.now))
            self._advance(run, exercise, step)
        elif run.position in GATES:
            self._gate(turn, run, exercise, "skip")
        elif run.position == BEFORE:
            run.go_to(exercise.steps[0].id)
        elif run.position == AFTER or run.position == RULER:
            run.position = PLAN
        elif run.position == PLAN:
            self._plan(turn, run, None)
        elif run.position == SAVE:
            self._endings.finish(turn, run, exercise, keep=False)
        elif run.position in (REVIEW, EDIT):
            run.position = AFTER

    def _show_example(self, turn: Turn, step: Step | None, *, unsure: bool) -> None:
        if step is None:
            self._voice.say(turn, "exercise.take_your_time")
            return
        example = step.examples[int(turn.id[-4:], 16) % len(step.examples)] if step.examples else ""
        line = "exercise.dont_know" if unsure else "exercise.example"
        self._voice.say(turn, line, example=example, plain=step.plain)
        turn.asked = True

    def _back(self, turn: Turn, run: Run, exercise: Exercise, step: Step | None) -> None:
        if step is None:
            if run.position in (REVIEW, AFTER, RULER, PLAN, SAVE):
                run.position = EDIT
            else:
                self._voice.say(turn, "exercise.at_start")
            return
        earlier = exercise.before(step.id)
        if earlier is None:
            self._voice.say(turn, "exercise.at_start")
            return
        said = run.answer_to(earlier.id)
        run.go_to(earlier.id)
        if said is not None and said.text:
            self._voice.say(turn, "exercise.went_back", text=said.text)

    def _advance(self, run: Run, exercise: Exercise, step: Step) -> None:
        run.unclear = 0
        following = None if run.editing else exercise.after(step.id)
        if following is not None:
            run.go_to(following.id)
            return
        run.editing = False
        run.artefact = compose(exercise.artefact_lines, run.texts()) or None
        run.position = REVIEW if run.artefact else AFTER

    def _review(self, turn: Turn, run: Run, exercise: Exercise, choice: str) -> None:
        run.position = AFTER if choice == "ok" else EDIT

    def _edit_by_name(self, turn: Turn, run: Run, exercise: Exercise) -> None:
        said = turn.text.strip().lower()
        step = next((one for one in exercise.steps if one.name.lower() in said), None)
        if step is None:
            self._unclear(turn, run, "exercise.edit_unclear")
            return
        run.editing = True
        run.go_to(step.id)

    def _plan(self, turn: Turn, run: Run, text: str | None) -> None:
        run.plan = text
        if text:
            turn.note("plan_made", exercise=run.exercise_id)
        exercise = self._catalogue.get(run.exercise_id)
        if turn.client.consents.may_save and exercise is not None:
            self._endings.finish(turn, run, exercise, keep=True)
        else:
            run.position = SAVE

    def _unclear(self, turn: Turn, run: Run, line: str) -> None:
        run.unclear += 1
        self._voice.say(turn, line)
        if run.unclear >= UNCLEAR_AT_MOST:
            self._voice.say(turn, "exercise.skip_is_fine")


def match_option(step: Step, text: str) -> str | None:
    """The option that a typed answer names, by title or by its other words."""
    said = f" {text.lower().strip(' .!?')} "
    for option in step.options:
        names = (option.title, option.id.replace("_", " "), *option.words)
        if any(f" {name.lower()} " in said for name in names):
            return option.id
    return None
