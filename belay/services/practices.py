"""From a statement to life and back: the plan, "did you get to try it?", what comes next."""

from __future__ import annotations

from uuid import uuid4

from belay.domain.client import Risk
from belay.domain.exercise import Exercise
from belay.domain.floor import Verdict
from belay.domain.pending import Pending
from belay.domain.plan import first_words_in, quotable
from belay.domain.practice import Compared, NextStep, Practice, Tried, tells_how_it_went
from belay.domain.reminder import CALM_AFTER_SAFETY, Status
from belay.domain.run import Run
from belay.domain.safety import Phase
from belay.domain.turn import Turn
from belay.services.fears import Fears
from belay.services.reminders import Reminders
from belay.services.safety import Safety
from belay.services.voice import Voice

TOLD = "practice.told"
TRIED = ("tried_yes", "tried_partly", "tried_not_yet", "tried_rather_not")
COMPARED = ("compared_easier", "compared_as_feared", "compared_harder", "compared_rather_not")
AFTER_COMPARED = {
    Compared.EASIER: "practice.easier",
    Compared.AS_FEARED: "practice.as_feared",
}
NEXT = ("next_keep", "next_change", "next_drop")


class Practices:
    """What is done in life. No answer is a failure, and none is asked for twice a day."""

    def __init__(self, voice: Voice, reminders: Reminders, fears: Fears, safety: Safety) -> None:
        self._voice = voice
        self._reminders = reminders
        self._fears = fears
        self._safety = safety

    def planned(self, turn: Turn, run: Run, exercise: Exercise) -> Practice | None:
        """A run ended with a plan: remember it. None where there is no plan."""
        plan = run.artefact if exercise.plans_itself else run.plan
        if not plan:
            return None
        if exercise.plans_itself:
            turn.note("plan_made", exercise=run.exercise_id)
        earlier = next((one for one in turn.life.practices if one.run_id == run.id), None)
        practice = earlier or Practice(uuid4().hex[:12], turn.client.id, turn.now)
        practice.run_id, practice.exercise_id = run.id, run.exercise_id
        practice.counterpart_id = run.counterpart_id
        practice.plan, practice.opening = plan, run.opening
        if earlier is None:
            turn.life.practices.append(practice)
        return practice

    def mention_missed(self, turn: Turn) -> None:
        """Say once that a note could not go out in time."""
        if turn.conversation.safety.phase is not Phase.NORMAL:
            return
        missed = [one for one in turn.life.reminders if one.status is Status.EXPIRED]
        for one in missed:
            one.settle(Status.TOLD, turn.now)
        if missed:
            self._voice.say(turn, "remind.missed")

    def at_visit(self, turn: Turn) -> bool:
        """Ask about a plan that is ripe, at a hello. True when that is what was said."""
        practice = turn.life.latest
        if practice is None or not practice.ripe(turn.now) or not self._calm(turn, practice):
            return False
        self.ask(turn, practice)
        return True

    def ask(self, turn: Turn, practice: Practice) -> None:
        """ "Did you get to try it?", with the plan in their words where it was kept."""
        practice.asked_at = turn.now
        line = "practice.ask_plan" if practice.plan else "practice.ask"
        if practice.plan and practice.opening:
            line = "practice.ask_first"
        said = {"plan": quotable(practice.plan), "opening": practice.opening or ""}
        self._put(turn, line, TRIED, practice, **said)

    def told(self, turn: Turn) -> None:
        """Somebody tells by themselves how it went."""
        practice = turn.life.latest
        if practice is None:
            practice = Practice(uuid4().hex[:12], turn.client.id, turn.now)
            about = next(
                (one for one in turn.counterparts if one.role == turn.conversation.topic_role),
                None,
            )
            practice.counterpart_id = about.id if about else None
            turn.life.practices.append(practice)
        practice.happened = turn.text.strip()
        practice.asked_at = turn.now
        self._put(turn, "practice.heard", TRIED, practice)
        # Where words are not kept, this is how the next turn knows that it was told.
        turn.conversation.pending = Pending(TOLD, turn.now, practice.id)

    def hears_report(self, turn: Turn) -> bool:
        """Whether a message tells how an open plan went, whatever else it was taken for."""
        about = turn.life.latest is not None and turn.run is None and turn.press is None
        if not about or not tells_how_it_went(turn.text):
            return False
        self.told(turn)
        return True

    def tried(self, turn: Turn, argument: str) -> None:
        """The answer to "did you get to try it?"."""
        said, practice = self._choice(turn, argument, Tried)
        if said is None or practice is None:
            return
        pending = turn.conversation.pending
        practice.report(Tried(said), turn.now)
        turn.note("practice_report", exercise=practice.exercise_id, said=said)
        for one in turn.life.scheduled:
            if one.practice_id == practice.id:
                one.settle(Status.DROPPED, turn.now)
        if said == Tried.RATHER_NOT:
            self._voice.say(turn, "practice.rather_not")
            turn.asked = True
        elif said == Tried.NOT_YET:
            self._put(turn, "practice.not_yet", NEXT, practice)
        elif practice.happened or (pending is not None and pending.kind == TOLD):
            self._compare(turn, practice)
        else:
            line = f"practice.tried_{said}"
            self._voice.say(turn, line)
            turn.conversation.pending = Pending("practice.happened", turn.now, practice.id)
            turn.asked = True

    def compared(self, turn: Turn, argument: str) -> None:
        """How it was next to what they feared; harder is asked after."""
        said, practice = self._choice(turn, argument, Compared)
        if said is None or practice is None:
            return
        practice.compared = Compared(said)
        if said == Compared.HARDER:
            self._put(turn, "practice.harder", ("unsafe_yes", "unsafe_no"), practice)
        else:
            self._put(turn, AFTER_COMPARED.get(Compared(said), "practice.next"), NEXT, practice)

    def unsafe(self, turn: Turn, argument: str) -> None:
        """Whether there was a moment without safety: a yes belongs to safety."""
        said, _, practice_id = argument.partition(":")
        practice = turn.life.practice(practice_id)
        if said == "yes":
            about = turn.counterpart(practice.counterpart_id) if practice else None
            if about is not None and about.risk is not Risk.RED:
                about.risk, about.asked_at = Risk.WATCH, None
            self._safety.meet(turn, Verdict(2, "safety_abuse_now", "context", "practice_turned"))
        elif practice is None:
            self._voice.say(turn, "practice.gone")
        else:
            self._put(turn, "practice.next", NEXT, practice)

    def next_step(self, turn: Turn, argument: str) -> None:
        """Keep the plan, change it, or let it go."""
        said, practice = self._choice(turn, argument, NextStep)
        if said is None or practice is None:
            return
        practice.go_on(NextStep(said), turn.now)
        turn.note("practice_next", said=said)
        if said == NextStep.DROP:
            self._voice.say(turn, "practice.dropped")
            turn.asked = True
        elif said == NextStep.CHANGE:
            self._voice.say(turn, "practice.new_plan")
            turn.conversation.pending = Pending("practice.plan", turn.now, practice.id)
            turn.asked = True
        else:
            self._voice.say(turn, "practice.kept")
            self._go_on(turn, practice)

    def skip(self, turn: Turn) -> None:
        """The button under a question that may be left open."""
        pending = turn.conversation.pending
        if pending is None or not pending.kind.startswith("practice."):
            self._voice.say(turn, "practice.gone")
            return
        turn.conversation.pending = None
        self.take(turn, pending, None)

    def fits(self, turn: Turn, pending: Pending) -> bool:
        """Answers here are free words: never by shape alone."""
        return False

    def wants_words(self, pending: Pending) -> bool:
        """All but the yes or no after a report."""
        return pending.kind != TOLD

    def take(self, turn: Turn, pending: Pending, words: str | None) -> None:
        """What happened, what is feared, the changed plan or its first words."""
        practice = turn.life.practice(pending.about)
        if practice is None:
            self._voice.say(turn, "practice.gone")
        elif pending.kind == "practice.fear":
            self._fears.take(turn, practice, words)
        elif pending.kind == "practice.plan":
            self._changed(turn, practice, words)
        elif pending.kind == "practice.opening":
            agreed = turn.understood is not None and turn.understood.intent == "affirm"
            practice.opening = practice.opening if agreed else words or practice.opening
            self._voice.say(turn, "practice.kept")
            self._go_on(turn, practice)
        elif words is None or not self._fears.opens_safety(turn, words):
            practice.happened = words
            self._compare(turn, practice)

    def _changed(self, turn: Turn, practice: Practice, words: str | None) -> None:
        """A new plan; the first words of the old one are asked about where there were some."""
        if words:
            practice.plan = words
            turn.note("plan_made", exercise=practice.exercise_id)
        quoted = first_words_in(words) if words else None
        if words and practice.opening and quoted is None:
            self._voice.say(turn, "practice.same_words", opening=practice.opening)
            turn.conversation.pending = Pending("practice.opening", turn.now, practice.id)
            turn.asked = True
            return
        practice.opening = quoted or practice.opening
        self._voice.say(turn, "practice.kept")
        self._go_on(turn, practice)

    def _go_on(self, turn: Turn, practice: Practice) -> None:
        if not self._reminders.offer(turn, practice):
            self._voice.say(turn, "practice.and_now")
            turn.asked = True

    def _compare(self, turn: Turn, practice: Practice) -> None:
        line = "practice.compare_fear" if practice.fear else "practice.compare"
        self._put(turn, line, COMPARED, practice, fear=practice.fear or "")

    def _calm(self, turn: Turn, practice: Practice) -> bool:
        state = turn.conversation.safety
        since = state.since
        about = turn.counterpart(practice.counterpart_id)
        return (
            turn.run is None
            and state.phase is Phase.NORMAL
            and (since is None or turn.now - since >= CALM_AFTER_SAFETY)
            and (about is None or about.risk is not Risk.RED)
        )

    def _choice(
        self, turn: Turn, argument: str, choices: type[Tried] | type[Compared] | type[NextStep]
    ) -> tuple[str | None, Practice | None]:
        """The choice and the practice of a press; a word about it where one is gone."""
        said, _, practice_id = argument.partition(":")
        practice = turn.life.practice(practice_id)
        if practice is None or said not in [one.value for one in choices]:
            self._voice.say(turn, "practice.gone")
            return None, None
        return said, practice

    def _put(
        self,
        turn: Turn,
        line: str,
        buttons: tuple[str, ...],
        practice: Practice,
        **values: object,
    ) -> None:
        made = [self._voice.words.button(name, practice=practice.id) for name in buttons]
        self._voice.put(turn, line, made, values=values)
        turn.asked = True
