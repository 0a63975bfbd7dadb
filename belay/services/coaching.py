"""From what someone said to a choice of what to do with it."""

from __future__ import annotations

from belay.domain.turn import Entity, Turn
from belay.services.offers import Offers
from belay.services.ports import HeldWords, Mirror
from belay.services.talk import Talk, is_calm
from belay.services.voice import Voice

TELLING = 4
LONG = 8
MOST_NEEDS = 3
# A need that is less likely than this is not worth a button.
PLAUSIBLE = 0.08


class Coaching:
    """Names a need and offers exercises for it; the client picks."""

    def __init__(self, voice: Voice, offers: Offers, talk: Talk, mirror: Mirror) -> None:
        self._voice = voice
        self._offers = offers
        self._talk = talk
        self._mirror = mirror

    def offer(self, turn: Turn, intent: str) -> None:
        """Reflect the need and offer two exercises, something else, or just talking.

        While just talking, a need that is told gets listened to, with its button; only a press
        of that button makes it an offer.
        """
        if self._listens(turn, intent):
            return
        self._set_topic(turn, intent)
        turn.conversation.misses = 0
        if self._offers.locked(turn):
            self._voice.put(turn, "gate.locked_offer", self._offers.private_buttons(turn, intent))
            return
        line = f"offer.{intent}" if self._voice.words.has(f"offer.{intent}") else "offer.any"
        self._voice.put(turn, line, self._offers.buttons(turn, intent))

    def meet_feeling(self, turn: Turn) -> None:
        """Answer a disclosure: an open line, then an easy choice."""
        if self._listens(turn):
            return
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
        self._talk.begin(turn)

    def menu(self, turn: Turn) -> None:
        """What there is, by shelf; a paused exercise first."""
        turn.conversation.topic_intent = None
        self._voice.put(turn, "menu.all", self._offers.shelf_buttons(turn))

    def shelf(self, turn: Turn, shelf: str) -> None:
        """The exercises of one shelf."""
        self._voice.put(turn, "menu.shelf", self._offers.on_shelf(shelf))

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
        if self._listens(turn):
            return
        if turn.press is None and is_telling("answer_free", turn.text):
            self.meet_feeling(turn)
        else:
            self._voice.say(turn, "answer.loose_paused" if turn.paused else "answer.loose")

    def fallback(self, turn: Turn) -> None:
        """Not sure enough to act: ask by the likeliest needs, or listen openly.

        What is told at some length, and what comes near no need, gets open listening. After two
        misses in a row a person and the menu are offered.
        """
        if self._listens(turn):
            return
        needs = self._likely_needs(turn)
        length = len(turn.text.split())
        if length >= (LONG if needs else TELLING) and turn.conversation.misses == 0:
            self.meet_feeling(turn)
            return
        turn.conversation.misses += 1
        turn.note("fallback", misses=turn.conversation.misses)
        if turn.conversation.misses >= 2:
            self._voice.say(turn, "fallback.again")
            return
        names = [f"need_{need}" for need in needs] + ["something_else", "just_talk"]
        buttons = [self._voice.words.button(name) for name in names]
        self._voice.put(turn, "fallback.choices", buttons)

    def _likely_needs(self, turn: Turn) -> list[str]:
        """The needs that the message may be about, likeliest first, at most three."""
        ranking = turn.understood.ranking if turn.understood else ()
        return [
            name
            for name, value in ranking
            if value >= PLAUSIBLE and self._voice.words.has(f"offer.{name}")
        ][:MOST_NEEDS]

    def _listens(self, turn: Turn, intent: str | None = None) -> bool:
        """Whether the message was met by just talking. A press always leaves the talk."""
        if turn.press is not None or not self._talk.on(turn):
            return False
        person = turn.understood.first("person_role") if turn.understood else None
        if person is not None:
            set_topic_person(turn, person)
        self._talk.meet(turn, intent)
        return True

    def _set_topic(self, turn: Turn, intent: str) -> None:
        turn.conversation.topic_intent = intent
        person = turn.understood.first("person_role") if turn.understood else None
        if person is not None:
            set_topic_person(turn, person)


def may_mirror(turn: Turn) -> bool:
    """Whether a disclosure may be said back: plainly a feeling told, and no sign of danger."""
    found = turn.understood
    return found is not None and found.intent == "express_feeling" and is_calm(turn)


def is_telling(intent: str, text: str) -> bool:
    """Whether a message tells something that deserves listening, not a menu."""
    told = intent in ("express_feeling", "nlu_fallback", "answer_free", "report_practice")
    return intent == "express_feeling" or (told and len(text.split()) >= TELLING)


def set_topic_person(turn: Turn, person: Entity) -> None:
    """Remember whom the talk is about, as role and the client's own word for them."""
    turn.conversation.topic_role = person.value
    turn.conversation.topic_words = person.text
