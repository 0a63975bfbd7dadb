"""What happens once a layer fired: the reply of the tier, the pause, the follow-up, the record.

The replies are authored; this decides which one, in which order (docs/safety.md). A denial
answers kindly and never clears the flag.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from uuid import uuid4

from belay.domain.client import Counterpart, Risk
from belay.domain.floor import Verdict
from belay.domain.reply import Button, Reply
from belay.domain.run import RunState
from belay.domain.safety import ABUSE_ROUTES, NEW_VISIT, Phase, SafetyChoice, SafetyEvent
from belay.domain.turn import Turn
from belay.services.about_whom import AboutWhom, the_same
from belay.services.help import HelpLines
from belay.services.voice import Voice

TOPIC = {
    "safety_suicide": "crisis",
    "safety_self_harm": "crisis",
    "safety_abuse_now": "abuse",
    "safety_coercive_control": "abuse",
    "safety_harm_others": "own_behaviour",
    "safety_child": "child",
    "safety_third_party_worry": "crisis",
}
# The floor's rule for people who tell that they are under 18 themselves.
OWN_AGE = "CHILD3-age"


class Safety:
    """Meets danger in the same turn, keeps the flag, and finds the way back.

    Args:
        voice: Says authored lines.
        help_lines: The lines by country.
        staffed: Whether people look at the queue; replies say which is true.
        hours: When they look, in the operator's words.
        about_whom: Finds whom a danger is about.
    """

    def __init__(
        self,
        voice: Voice,
        help_lines: HelpLines,
        staffed: bool,
        hours: str = "",
        about_whom: AboutWhom | None = None,
    ) -> None:
        self._voice = voice
        self._help = help_lines
        self._staffed = staffed
        self._hours = hours
        self._about_whom = about_whom or AboutWhom()

    def meet(self, turn: Turn, verdict: Verdict) -> None:
        """Answer a tier 2 or 3 verdict: pause what runs, say the reply, record the event."""
        route = verdict.route or "safety_suicide"
        about = turn.counterpart(turn.run.counterpart_id) if turn.run else None
        self._pause(turn)
        state = turn.conversation.safety
        again = (
            state.phase is not Phase.NORMAL
            and (state.route, state.tier) == (route, verdict.tier)
            and state.since is not None
            and turn.now - state.since < NEW_VISIT
        )
        if route in ABUSE_ROUTES:
            self._about_whom.flag(turn, verdict, about)
        reply = self._reply_for(route, verdict.tier, again)
        self._speak(turn, reply, route, verdict.tier)
        event_id = uuid4().hex
        event = SafetyEvent(
            id=event_id,
            client_id=turn.client.id,
            conversation_id=turn.conversation.id,
            at=turn.now,
            tier=verdict.tier,
            route=route,
            layer=verdict.layer,
            rule=verdict.rule,
            reply=reply,
            span_hash=_span_hash(turn, verdict, event_id),
        )
        turn.safety_events.append(event)
        if verdict.rule == OWN_AGE:
            turn.client.adult = False
            turn.client.consents.use = None
        state.phase = Phase.CRISIS if verdict.tier == 3 else Phase.CHECK
        state.route, state.tier, state.event_id = route, verdict.tier, event.id
        state.since, state.asked = turn.now, True
        # What led here is answered now: it does not lead here again.
        state.recent, state.away, state.awaits = [], False, None
        turn.verdict = turn.verdict.worse(verdict)
        turn.asked = True

    def care(self, turn: Turn) -> None:
        """Tier 1: one soft line with the way to help; the turn goes on."""
        reply = self._voice.say(turn, "safety.care", tier=1)
        # First, so that the question that stays open is the last thing read.
        turn.replies.remove(reply)
        turn.replies.insert(0, reply)

    def show_help(self, turn: Turn) -> None:
        """ "Help now": the lines, at once, whatever else is going on."""
        self._say_help(turn, "help.now", self._topic(turn))
        turn.asked = True

    def continue_talk(self, turn: Turn) -> None:
        """A message while a check or crisis is open and no layer fired again."""
        intent = turn.understood.intent if turn.understood else ""
        if is_new_visit(turn):
            self._voice.say(turn, "greet.aftercare")
        elif turn.conversation.safety.phase is Phase.CHECK and intent in ("deny", "push_back"):
            self.choose(turn, "no")
        elif turn.conversation.safety.phase is Phase.CHECK and intent == "affirm":
            self.choose(turn, "yes")
        elif intent == "push_back":
            self.choose(turn, "not_it")
        else:
            self._say_help(turn, "safety.still_here", self._topic(turn))
        turn.asked = True

    def welcome_back(self, turn: Turn) -> bool:
        """The first message of the visit after a heavy one. True when it is answered by this.

        Somebody who only says hello is asked what they want; a request is met, after one line.
        """
        state = turn.conversation.safety
        if state.phase is not Phase.AFTERCARE or not is_new_visit(turn):
            return False
        state.phase = Phase.NORMAL
        if turn.press is None and turn.understood and turn.understood.intent in JUST_HERE:
            self._voice.say(turn, "greet.aftercare")
            turn.asked = True
            return True
        self._voice.say(turn, "safety.last_time")
        return False

    def choose(self, turn: Turn, choice: str) -> None:
        """A button under a safety reply: yes, no, unsure, not_it, with_someone, go_on, ..."""
        state = turn.conversation.safety
        turn.note("safety_choice", choice=choice, route=state.route)
        if state.event_id is not None:
            turn.safety_choices.append(SafetyChoice(state.event_id, choice, turn.now))
        turn.asked = True
        if choice in ("yes", "unsure") and state.route is not None:
            # Also from the buttons of a check that was answered with a no before.
            self._raise(turn)
        elif choice in ("no", "not_it"):
            # The flag for people stays open: only the conversation goes on.
            if state.route == "safety_child" and turn.client.adult is False:
                turn.client.adult = None
            state.phase = Phase.AFTERCARE
            self._say_help(turn, "safety.thanks_no", self._topic(turn))
        elif choice == "with_someone":
            state.phase = Phase.AFTERCARE
            self._voice.say(turn, "safety.with_someone")
        elif choice == "go_on":
            state.phase = Phase.AFTERCARE
            self._voice.say(turn, "safety.go_on")
        elif choice == "other_support":
            state.phase = Phase.AFTERCARE
            turn.conversation.topic_role = turn.conversation.topic_words = None
            self._voice.say(turn, "safety.other_support")
        elif choice == "safe_here":
            self._say_help(turn, "safety.abuse_lines", "abuse")
        elif choice == "lines":
            self._say_help(turn, "help.now", self._topic(turn))
        else:
            self._say_help(turn, "safety.still_here", self._topic(turn))

    def country_chosen(self, turn: Turn, code: str) -> None:
        """The client told their country: show its lines."""
        turn.client.country = code
        self._say_help(turn, "help.now", self._topic(turn))
        turn.asked = True

    def lock(self, turn: Turn, counterpart: Counterpart, answers: dict[str, str]) -> None:
        """A yes to a private question: red for this person, lines, support from others."""
        for known in the_same(turn, counterpart.role, counterpart.words):
            known.risk, known.asked_at = Risk.RED, turn.now
        turn.note("gate_red", answers=answers)
        self.meet(turn, Verdict(2, "safety_abuse_now", "context", "gate"))

    def _raise(self, turn: Turn) -> None:
        state = turn.conversation.safety
        self.meet(turn, Verdict(3, state.route, "context", "confirmed"))

    def _reply_for(self, route: str, tier: int, again: bool) -> str:
        line = f"{route}.tier{tier}"
        if again and self._voice.words.has(f"{line}.again"):
            line = f"{line}.again"
        return line if self._voice.words.has(line) else f"{route}.tier3"

    def _speak(self, turn: Turn, line: str, route: str, tier: int) -> None:
        people = "people.told" if self._people_see(turn) else "people.none"
        help_ = self._help.values(turn.client.country, TOPIC[route])
        reply = self._voice.words.reply(
            line,
            turn.id,
            buttons=None,
            tier=tier,
            card=self._help.card(turn.client.country, TOPIC[route], turn.id),
            person=self._voice.person(turn),
            people=self._voice.text(turn, people, hours=self._hours),
            **help_,
        )
        turn.say(self._with_country(turn, reply))

    def _say_help(self, turn: Turn, line: str, topic: str) -> None:
        reply = self._voice.words.reply(
            line,
            turn.id,
            tier=1,
            card=self._help.card(turn.client.country, topic, turn.id),
            person=self._voice.person(turn),
            **self._help.values(turn.client.country, topic),
        )
        turn.say(self._with_country(turn, reply))

    def _with_country(self, turn: Turn, reply: Reply) -> Reply:
        if turn.client.country is not None:
            return reply
        more: tuple[Button, ...] = (self._voice.words.button("choose_country"),)
        return replace(reply, buttons=reply.buttons + more)

    def _people_see(self, turn: Turn) -> bool:
        return self._staffed and turn.client.consents.may_review

    def _pause(self, turn: Turn) -> None:
        run = turn.run
        if run is not None:
            run.state = RunState.PAUSED
            run.changed_at = turn.now
            turn.note("exercise_pause", exercise=run.exercise_id, reason="safety")

    def _topic(self, turn: Turn) -> str:
        if turn.client.adult is False:
            return "child"
        return TOPIC.get(turn.conversation.safety.route or "", "crisis")


# Intents that say no more than "here I am".
JUST_HERE = frozenset({"greet", "affirm", "deny", "nlu_fallback", "aside/thanks"})


def is_new_visit(turn: Turn) -> bool:
    """Whether this message begins a new visit."""
    last = turn.conversation.last_at
    return last is not None and turn.now - last >= NEW_VISIT


def _span_hash(turn: Turn, verdict: Verdict, event_id: str) -> str | None:
    """Tells two hits of one rule apart; salted with the event, so that no list of hits matches."""
    if verdict.span is None or not turn.text:
        return None
    start, end = verdict.span
    return hashlib.sha256(f"{event_id}\0{turn.text[start:end]}".encode()).hexdigest()[:16]
