"""Just talking: what was told is said back, gathered up now and then, and asked about openly.

No advice is given here. What a talk needs to remember (clauses and feeling words of the client)
is held in memory for an hour and nowhere else: with the process or the hour it is gone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from belay.domain.reply import Button
from belay.domain.turn import Turn
from belay.services.ports import Mirror, Words
from belay.services.voice import Voice

MODE = "just_talk"
HELD_FOR = timedelta(hours=1)
GATHER_EVERY = 4
MOST_GATHERED = 3
# With the words of the longest line around them, a summary stays within 45.
WORDS_GATHERED = 25
FEW_WORDS = 3
UNEASY = 0.1
FEELING, NEED = "feeling", "need"


@dataclass(frozen=True)
class Told:
    """What one message held."""

    clause: str | None
    feeling: str | None


@dataclass
class Heard:
    """One talk, by message. A turn that is planned twice counts once."""

    at: datetime
    told: dict[str, Told] = field(default_factory=dict)
    gathered: set[str] = field(default_factory=set)

    def clauses(self) -> list[str]:
        """The newest not gathered up yet, in the order told, none twice, within the words."""
        fresh = [one.clause for key, one in self.told.items() if key not in self.gathered]
        newest = list(dict.fromkeys(clause for clause in fresh if clause))[-MOST_GATHERED:]
        while sum(len(clause.split()) for clause in newest) > WORDS_GATHERED:
            newest.pop(0)
        return newest

    def feelings(self) -> list[str]:
        """Every feeling word so far, oldest first, none twice."""
        return list(dict.fromkeys(one.feeling for one in self.told.values() if one.feeling))


class Talk:
    """The mode that "just talk" switches on and any exercise or the menu switches off."""

    def __init__(self, voice: Voice, mirror: Mirror) -> None:
        self._voice = voice
        self._mirror = mirror
        self._heard: dict[str, Heard] = {}

    def begin(self, turn: Turn) -> None:
        """Switch it on, with an open question."""
        turn.conversation.topic_intent = MODE
        turn.conversation.misses = 0
        turn.note("talk_start")
        self._voice.say(turn, "talk.open")

    def on(self, turn: Turn) -> bool:
        """Whether the conversation is in this mode."""
        return turn.conversation.topic_intent == MODE and turn.run is None

    def meet(self, turn: Turn, intent: str | None = None) -> None:
        """Answer one message; a need that was named gets its button, and no more."""
        heard = self._listen(turn)
        line, values = self._answer(turn, heard)
        self._voice.put(turn, line, self._ways_on(intent), values=values)
        turn.conversation.misses = 0
        turn.asked = True

    def forget(self, client_id: str) -> None:
        """Drop what was heard from a client."""
        self._heard.pop(client_id, None)

    def sweep(self, now: datetime) -> None:
        """Drop the talks of more than an hour ago."""
        for client_id, heard in list(self._heard.items()):
            if now - heard.at > HELD_FOR:
                del self._heard[client_id]

    def _listen(self, turn: Turn) -> Heard:
        self.sweep(turn.now)
        heard = self._heard.setdefault(turn.client.id, Heard(turn.now))
        heard.at = turn.now
        feeling = turn.understood.first(FEELING) if turn.understood else None
        clause = self._mirror.clause(turn.text) if is_calm(turn) else None
        heard.told[turn.id] = Told(clause, feeling.text.lower() if feeling else None)
        return heard

    def _answer(self, turn: Turn, heard: Heard) -> tuple[str, dict[str, str]]:
        clauses = heard.clauses()
        if len(heard.told) % GATHER_EVERY == 0 and len(clauses) > 1:
            heard.gathered.update(key for key in heard.told if key != turn.id)
            return "talk.summary", {"points": joined(clauses, self._voice.words)}
        feelings = heard.feelings()
        if len(feelings) > 1 and heard.told[turn.id].feeling == feelings[-1]:
            return "talk.two_feelings", {"first": feelings[-2], "second": feelings[-1]}
        need = turn.understood.first(NEED) if turn.understood else None
        said_back = self._mirror(turn.text, turn.id) if is_calm(turn) else None
        if said_back is not None:
            return "talk.reflected", {"reflection": said_back}
        if need is not None and is_calm(turn):
            return "talk.need", {"need": need.text.lower()}
        if len(turn.text.split()) <= FEW_WORDS:
            return "talk.few_words", {}
        return "talk.go_on", {}

    def _ways_on(self, intent: str | None) -> list[Button]:
        words = self._voice.words
        ways = [words.button("talk_to_menu")]
        if intent is not None and words.has(f"offer.{intent}"):
            ways.insert(0, words.button(f"need_{intent}"))
        return ways


def is_calm(turn: Turn) -> bool:
    """Whether words may be said back: nothing in the message speaks of danger."""
    if turn.verdict.tier > 0:
        return False
    ranking = turn.understood.ranking if turn.understood else ()
    return all(value < UNEASY for name, value in ranking if name.startswith("safety_"))


def joined(clauses: list[str], words: Words) -> str:
    """ "that a, that b, and that c"."""
    link = words.text("talk.summary_link", "")
    *first, last = [f"{link} {clause}" for clause in clauses]
    glue = words.text("talk.summary_and", "")
    return f"{', '.join(first)}, {glue} {last}"
