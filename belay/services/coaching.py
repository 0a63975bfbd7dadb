"""From what someone said to a choice of what to do with it."""

from __future__ import annotations

from collections.abc import Sequence

from belay.domain.client import Counterpart, Risk
from belay.domain.exercise import Exercise
from belay.domain.reply import Button
from belay.domain.safety import gate_allows
from belay.domain.turn import Entity, Turn
from belay.services.ports import Catalogue, HeldWords, Mirror, no_mirror
from belay.services.voice import Voice

AT_MOST = 2
TELLING = 4
LONG = 8
# From this probability of any danger on, nothing is said back.
UNEASY = 0.1


class Coaching:
    """Names a need and offers exercises for it; the client picks."""

    def __init__(self, voice: Voice, catalogue: Catalogue, mirror: Mirror = no_mirror) -> None:
        self._voice = voice
        self._catalogue = catalogue
        self._mirror = mirror

    def offer(self, turn: Turn, intent: str) -> None:
        """Reflect the need and offer up to two exercises, something else, or just talking."""
        self._set_topic(turn, intent)
        turn.conversation.misses = 0
        line = f"offer.{intent}"
        if self._locked_for_topic(turn):
            self._voice.say(turn, "gate.locked_offer")
            return
        exercises = self._fitting(turn, self._catalogue.offered_for(intent))
        if not exercises:
            exercises = self._fitting(turn, self._catalogue.all())
        self._put(turn, line if self._voice.words.has(line) else "offer.any", exercises)

    def meet_feeling(self, turn: Turn) -> None:
        """Answer a disclosure: an open line, then an easy choice."""
        self._set_topic(turn, "express_feeling")
        turn.conversation.misses = 0
        reflection = self._mirror(turn.text, turn.id) if may_mirror(turn) else None
        if reflection is not None:
            self._voice.say(turn, "feeling.reflected", reflection=reflection)
            turn.asked = True
            return
        feeling = turn.understood.first("feeling") if turn.understood else None
        line = "feeling.named" if feeling else "feeling.open"
        self._voice.say(turn, line, feeling=feeling.text.lower() if feeling else "")
        turn.asked = True

    def listen(self, turn: Turn) -> None:
        """ "Just talk": an open question, the way to an exercise always there."""
        self._voice.say(turn, "talk.open")

    def menu(self, turn: Turn) -> None:
        """Every exercise by name; a paused one first."""
        buttons = [self.button_for(exercise) for exercise in self._catalogue.all()]
        if turn.paused is not None:
            buttons.insert(0, self._voice.words.button("resume_exercise"))
        turn.say(self._voice.words.reply("menu.all", turn.id, buttons=buttons))

    def take_up(self, turn: Turn, held: HeldWords) -> None:
        """Go on with the first message as if it had just been said."""
        conversation = turn.conversation
        conversation.topic_role, conversation.topic_words = held.role, held.role_words
        if self._voice.words.has(f"offer.{held.intent}"):
            self.offer(turn, held.intent)
        elif held.intent == "choose_exercise":
            self.menu(turn)
        elif is_telling(held.intent, held.text):
            reflection = self._mirror(held.text, turn.id) if held.calm else None
            if reflection is not None:
                self._voice.say(turn, "feeling.reflected", reflection=reflection)
            else:
                self._voice.say(turn, "feeling.taken_up")
            conversation.topic_intent = "express_feeling"
        else:
            self._voice.say(turn, "welcome.ready")

    def loose_answer(self, turn: Turn) -> None:
        """Free text that is no answer to anything: somebody tells something, or is lost."""
        if turn.press is None and is_telling("answer_free", turn.text):
            self.meet_feeling(turn)
        else:
            self._voice.say(turn, "answer.loose_paused" if turn.paused else "answer.loose")

    def fallback(self, turn: Turn) -> None:
        """Not understood: open listening for a long message, else the likeliest needs as choices.

        After two misses in a row a person and the menu are offered.
        """
        if len(turn.text.split()) >= LONG and turn.conversation.misses == 0:
            self.meet_feeling(turn)
            return
        turn.conversation.misses += 1
        turn.note("fallback", misses=turn.conversation.misses)
        if turn.conversation.misses >= 2:
            self._voice.say(turn, "fallback.again")
            return
        ranking = turn.understood.ranking if turn.understood else ()
        needs = [name for name, _ in ranking if self._voice.words.has(f"offer.{name}")][:3]
        buttons = [self._voice.words.button(f"need_{need}") for need in needs]
        buttons.append(self._voice.words.button("something_else"))
        turn.say(self._voice.words.reply("fallback.choices", turn.id, buttons=buttons))

    def button_for(self, exercise: Exercise) -> Button:
        """The button that starts an exercise."""
        return self._voice.words.button(
            "start_exercise", exercise=exercise.id, title=exercise.title
        )

    def _put(self, turn: Turn, line: str, exercises: Sequence[Exercise]) -> None:
        buttons = [self.button_for(exercise) for exercise in exercises[:AT_MOST]]
        buttons += [self._voice.words.button(name) for name in ("something_else", "just_talk")]
        person = self._voice.person(turn)
        turn.say(self._voice.words.reply(line, turn.id, buttons=buttons, person=person))

    def _set_topic(self, turn: Turn, intent: str) -> None:
        turn.conversation.topic_intent = intent
        person = turn.understood.first("person_role") if turn.understood else None
        if person is not None:
            set_topic_person(turn, person)

    def _locked_for_topic(self, turn: Turn) -> bool:
        counterpart = topic_counterpart(turn)
        return counterpart is not None and counterpart.risk_at(turn.now) is Risk.RED

    def _fitting(self, turn: Turn, exercises: Sequence[Exercise]) -> list[Exercise]:
        counterpart = topic_counterpart(turn)
        risk = counterpart.risk_at(turn.now) if counterpart else Risk.UNKNOWN
        if risk is Risk.UNKNOWN:
            return list(exercises)
        return [exercise for exercise in exercises if gate_allows(exercise.gate, risk)]


def may_mirror(turn: Turn) -> bool:
    """Whether a disclosure may be said back: plainly a feeling told, and no sign of danger."""
    found = turn.understood
    if found is None or found.intent != "express_feeling" or turn.verdict.tier > 0:
        return False
    return all(value < UNEASY for name, value in found.ranking if name.startswith("safety_"))


def is_telling(intent: str, text: str) -> bool:
    """Whether a message tells something that deserves listening, not a menu."""
    told = intent in ("express_feeling", "nlu_fallback", "answer_free", "report_practice")
    return intent == "express_feeling" or (told and len(text.split()) >= TELLING)


def set_topic_person(turn: Turn, person: Entity) -> None:
    """Remember whom the talk is about, as role and the client's own word for them."""
    turn.conversation.topic_role = person.value
    turn.conversation.topic_words = person.text


def topic_counterpart(turn: Turn) -> Counterpart | None:
    """The known counterpart of the topic, or None."""
    role = turn.conversation.topic_role
    return next((one for one in turn.counterparts if one.role == role), None)
