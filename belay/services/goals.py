"""Goals: the client's own words, five steps around what is hoped for, a rating now and then."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from uuid import uuid4

from belay.domain.goal import AT_MOST, HOPED, LEVELS, Ending, Goal
from belay.domain.pending import Pending
from belay.domain.reply import Card
from belay.domain.turn import Turn
from belay.services.ports import Drafts
from belay.services.voice import Voice

NAMED = re.compile(
    r"(?:\bmy (?:new )?goal is(?: to)?|\bset (?:a|this|my) goal(?: to|:)|^\s*goal:|"
    r"\bnew goal(?: is)?(?: to|:))\s+(?P<goal>\S.{6,240})$",
    re.IGNORECASE | re.DOTALL,
)
AGAIN = "again"
# Features of language that earn a tip: a rule for someone else, nothing one could see.
TIPS = (("F31", "goal.own_part"), ("F12", "goal.plainer"))
STEP_IDS = {level: f"s{level + 2}" for level in LEVELS}
OWN_STEP = {step: level for level, step in STEP_IDS.items()}


class Goals:
    """Sets, rates, changes and closes goals."""

    def __init__(self, voice: Voice, drafts: Drafts) -> None:
        self._voice = voice
        self._drafts = drafts

    def routes(self) -> Mapping[str, Callable[[Turn], None]]:
        """Presses without an argument, by verb."""
        return {"keep": self._may_keep, "not": self._not_kept}

    def with_argument(self) -> Mapping[str, Callable[[Turn, str], None]]:
        """Presses about one goal, by verb; the argument begins with its id."""
        return {
            "show": self._of(self.show),
            "rate": self._of(self._ask_rating),
            "at": self.rate,
            "ours": self._of(self._take_ours),
            "own": self._of(self._ask_first_step),
            "edit": self._of(self._ask_words),
            "close": self._of(self._ask_how),
            "met": self._of(lambda turn, goal: self._close(turn, goal, Ending.MET)),
            "let_go": self._of(lambda turn, goal: self._close(turn, goal, Ending.LET_GO)),
            "delete": self._of(self._delete),
        }

    def asked_for(self, turn: Turn) -> None:
        """ "I want to set a goal": the open ones first; a goal that is told is taken at once."""
        found = NAMED.search(turn.text)
        open_ = turn.life.open_goals
        if found is not None and turn.client.consents.may_save and len(open_) < AT_MOST:
            self._new(turn, found["goal"].strip(" .!"))
        elif not open_:
            self.begin(turn)
        else:
            made = [self._voice.words.button("goal_show", goal=one.id) for one in open_[:1]]
            if len(open_) > 1:
                made = [
                    self._voice.words.button("goal_show_named", goal=one.id, title=_short(one))
                    for one in open_
                ]
            if len(open_) < AT_MOST:
                made.append(self._voice.words.button("goal_new"))
            self._voice.put(turn, "goal.some", made, values={"goal": _short(open_[0])})
            turn.asked = True

    def begin(self, turn: Turn) -> None:
        """Ask for a goal; before that, for leave to keep its words."""
        if len(turn.life.open_goals) >= AT_MOST:
            self._voice.say(turn, "goal.enough_of_them")
        elif not turn.client.consents.may_save:
            self._voice.say(turn, "goal.may_keep")
        else:
            self._voice.say(turn, "goal.ask")
            turn.conversation.pending = Pending("goal.text", turn.now)
        turn.asked = True

    def show(self, turn: Turn, goal: Goal) -> None:
        """The goal with its steps, and what can be done with it."""
        names = ("goal_rate", "goal_edit", "goal_close", "goal_delete")
        made = [self._voice.words.button(name, goal=goal.id) for name in names]
        self._voice.put(turn, "goal.here", made, card=self.card(turn, goal))
        turn.asked = True

    def rate(self, turn: Turn, argument: str) -> None:
        """ "<level>:<goal>": where they stand now."""
        level, _, goal_id = argument.partition(":")
        goal = turn.life.goal(goal_id)
        if goal is None or level not in OWN_STEP:
            self._voice.say(turn, "goal.gone")
            return
        earlier = goal.level
        goal.rate(OWN_STEP[level], turn.now)
        turn.note("goal_scored", goal=goal.id, level=goal.level)
        turn.asked = True
        if OWN_STEP[level] >= HOPED:
            made = [
                self._voice.words.button(name, goal=goal.id) for name in ("goal_met", "goal_go_on")
            ]
            self._voice.put(turn, "goal.reached", made)
        elif earlier is None:
            self._voice.say(turn, "goal.first_rating")
        else:
            change = (OWN_STEP[level] > earlier) - (OWN_STEP[level] < earlier)
            self._voice.say(turn, ("goal.same", "goal.up", "goal.down")[change])

    def enough(self, turn: Turn) -> None:
        """ "That's enough for me": said goodbye to with good wishes, nobody is held back."""
        turn.note("graduated")
        self._voice.say(turn, "goal.graduation")
        turn.asked = True

    def skip(self, turn: Turn) -> None:
        """The button under a question about a goal."""
        pending = turn.conversation.pending
        turn.conversation.pending = None
        if pending is not None:
            self.take(turn, pending, None)

    def fits(self, turn: Turn, pending: Pending) -> bool:
        """Answers here are free words: never by shape alone."""
        return False

    def wants_words(self, pending: Pending) -> bool:
        """All of them."""
        return True

    def take(self, turn: Turn, pending: Pending, words: str | None) -> None:
        """The goal itself, new words for it, or one of its steps."""
        if pending.kind == "goal.text":
            self._take_goal(turn, words, again=pending.said == AGAIN)
            return
        goal = turn.life.goal(pending.about)
        if goal is None:
            self._voice.say(turn, "goal.gone")
        elif pending.kind == "goal.words":
            goal.text = words or goal.text
            self.show(turn, goal)
        else:
            if words:
                goal.steps[int(pending.said)] = words
            self._next_step(turn, goal, int(pending.said))

    def card(self, turn: Turn, goal: Goal) -> Card:
        """The goal on its five steps, in words, as something to keep."""
        rows = []
        for level in reversed(LEVELS):
            name = self._voice.text(turn, f"goal.level_{STEP_IDS[level]}")
            here = " ←" if goal.level == level else ""
            rows.append(f"{name}: {self.step(turn, goal, level)}{here}")
        return Card("statement", goal.text or "", "\n".join(rows))

    def step(self, turn: Turn, goal: Goal, level: int) -> str:
        """The words of a step: the client's own, or ours around their goal."""
        own = goal.steps.get(level)
        return own or self._voice.text(turn, f"goal.ours_{STEP_IDS[level]}", goal=goal.text or "")

    def _of(self, act: Callable[[Turn, Goal], None]) -> Callable[[Turn, str], None]:
        def do(turn: Turn, goal_id: str) -> None:
            goal = turn.life.goal(goal_id)
            if goal is None:
                self._voice.say(turn, "goal.gone")
            else:
                act(turn, goal)

        return do

    def _may_keep(self, turn: Turn) -> None:
        turn.client.consents.save = True
        turn.note("consent_change", consent="save", given=True)
        self.begin(turn)

    def _not_kept(self, turn: Turn) -> None:
        self._voice.say(turn, "goal.not_kept")

    def _take_goal(self, turn: Turn, words: str | None, *, again: bool) -> None:
        if not words:
            self._voice.say(turn, "goal.not_now")
            return
        found = {one.feature.partition("_")[0] for one in self._drafts.find(words)}
        line = next((line for feature, line in TIPS if feature in found), None)
        if line is None or again:
            self._new(turn, words)
            return
        # One tip at most; what is written after it is taken as it is.
        self._voice.say(turn, line)
        turn.conversation.pending = Pending("goal.text", turn.now, said=AGAIN)
        turn.asked = True

    def _new(self, turn: Turn, words: str) -> None:
        goal = Goal(uuid4().hex[:12], turn.client.id, turn.now, words)
        turn.life.goals.append(goal)
        turn.note("goal_set", goal=goal.id)
        made = [self._voice.words.button(name, goal=goal.id) for name in ("goal_ours", "goal_own")]
        self._voice.put(turn, "goal.scale", made, card=self.card(turn, goal))
        turn.asked = True

    def _take_ours(self, turn: Turn, goal: Goal) -> None:
        goal.steps = {}
        self._ask_rating(turn, goal)

    def _ask_first_step(self, turn: Turn, goal: Goal) -> None:
        self._ask_step(turn, goal, LEVELS[0])

    def _ask_step(self, turn: Turn, goal: Goal, level: int) -> None:
        name = self._voice.text(turn, f"goal.level_{STEP_IDS[level]}").lower()
        self._voice.say(turn, "goal.ask_step", step=name, ours=self.step(turn, goal, level))
        turn.conversation.pending = Pending("goal.step", turn.now, goal.id, str(level))
        turn.asked = True

    def _next_step(self, turn: Turn, goal: Goal, level: int) -> None:
        if level == LEVELS[-1]:
            self._ask_rating(turn, goal)
        else:
            self._ask_step(turn, goal, level + 1)

    def _ask_rating(self, turn: Turn, goal: Goal) -> None:
        made = [
            self._voice.words.button(
                "goal_at",
                level=STEP_IDS[level],
                goal=goal.id,
                title=self._voice.text(turn, f"goal.level_{STEP_IDS[level]}"),
            )
            for level in LEVELS
        ]
        self._voice.put(turn, "goal.where", made, card=self.card(turn, goal))
        turn.asked = True

    def _ask_words(self, turn: Turn, goal: Goal) -> None:
        self._voice.say(turn, "goal.ask_words", goal=goal.text or "")
        turn.conversation.pending = Pending("goal.words", turn.now, goal.id)
        turn.asked = True

    def _ask_how(self, turn: Turn, goal: Goal) -> None:
        names = ("goal_met", "goal_let_go", "goal_go_on")
        made = [self._voice.words.button(name, goal=goal.id) for name in names]
        self._voice.put(turn, "goal.how_closed", made)
        turn.asked = True

    def _close(self, turn: Turn, goal: Goal, ending: Ending) -> None:
        goal.close(ending, turn.now)
        turn.note("goal_closed", goal=goal.id, ending=ending.value)
        turn.asked = True
        if ending is Ending.LET_GO:
            self._voice.say(turn, "goal.let_go")
        elif turn.life.open_goals:
            self._voice.say(turn, "goal.met")
        else:
            self._voice.say(turn, "goal.graduation")

    def _delete(self, turn: Turn, goal: Goal) -> None:
        turn.life.forget_goals.append(goal.id)
        goal.closed_at = turn.now
        turn.note("goal_deleted", goal=goal.id)
        self._voice.say(turn, "goal.deleted")
        turn.asked = True


def _short(goal: Goal) -> str:
    text = goal.text or ""
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
