"""What the two people say, turn by turn, the same for the same seed.

A cycle has 25 turns, because 950 is a multiple of it: turns 1-50 and 951-1000 are then two whole
cycles each, with the same kinds of messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

CYCLE = 25
GREET, NEED, QUESTION, SMALL_TALK, NONSENSE = "greet", "need", "question", "small talk", "nonsense"
START, ANSWER, CONTROL, PAUSE, RESUME = "start", "answer", "control", "pause", "resume"
PROGRESS, GOODBYE = "progress", "goodbye"
# Said instead when the talk went another way than planned: the report counts it.
STRAY = "stray"

BELAY_CYCLE = (
    *(GREET, NEED, START, ANSWER, ANSWER),  # before, circle
    *(QUESTION, ANSWER, ANSWER, CONTROL, ANSWER),  # ok, not_ok, an example, request
    *(SMALL_TALK, ANSWER, ANSWER, PAUSE, SMALL_TALK),  # self_action, keep_it
    *(RESUME, ANSWER, ANSWER, ANSWER, QUESTION),  # review, after, ruler
    *(ANSWER, NONSENSE, PROGRESS, SMALL_TALK, GOODBYE),  # plan: finished
)
STOCK_CYCLE = (
    *("greet", "mood_great", "bot_challenge", "goodbye", "greet"),
    *("mood_unhappy", "affirm", "nonsense", "goodbye", "greet"),
    *("mood_unhappy", "deny", "bot_challenge", "goodbye", "greet"),
    *("mood_great", "nonsense", "bot_challenge", "goodbye", "greet"),
    *("mood_unhappy", "affirm", "bot_challenge", "nonsense", "goodbye"),
)
# Before turn 1, in the same conversation and not counted: the card, whom it is about, the three
# private questions, consent to saving. Each later cycle then has the same steps.
OPENING: tuple[str, ...] = (
    "hello",
    "I'm 18 or over, go on",
    "let's do the boundary exercise",
    "my mum",
    "no",
    "no",
    "no",
    "stop this exercise",
    "who can read what I write here?",
    "Keep my words",
    "who can read what I write here?",
)

_SAID: Mapping[str, tuple[str, ...]] = {
    GREET: ("hello", "hi there", "good evening", "hi again", "hello, it's me"),
    NEED: (
        "my mum comes by on {day} without calling, I want to set a boundary",
        "I need to tell my mum where my limit is with her visits on {day}",
        "my mum walks in at {hour} whenever she likes and I want a clear limit",
    ),
    START: (
        "let's do the boundary exercise",
        "can we start the boundary builder",
        "I would like to do the boundary exercise",
    ),
    QUESTION: (
        "what is interdependence?",
        "what does interdependence mean?",
        "can you explain what interdependence is?",
        "why is interdependence good for people?",
    ),
    SMALL_TALK: ("thanks", "thank you, that helps", "tell me a joke", "thank you very much"),
    NONSENSE: ("number {number}", "it is what it is", "hm {number}"),
    CONTROL: ("can you show me an example?", "give me an example please", "example please"),
    PAUSE: ("let's pause", "can we pause here", "pause please"),
    RESUME: (
        "let's go on with it",
        "let's continue where we stopped",
        "where were we, let's go on",
    ),
    PROGRESS: ("show my progress", "what is my progress so far?"),
    GOODBYE: ("bye", "goodbye", "bye for now, see you on {day}"),
}
_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "who": ("my mum",),
    "gate.afraid": ("no",),
    "gate.hurt": ("no",),
    "gate.controls": ("no",),
    "before": ("4", "about a 3", "5"),
    "step.circle": ("time", "Time and energy", "phone and privacy"),
    "step.ok": (
        "Visits on {day} that we plan together.",
        "Calls until {hour} in the evening.",
        "A coffee together on {day}.",
    ),
    "step.not_ok": (
        "Coming in with the key on {day} when we are asleep.",
        "Dropping by on {day} without a call.",
        "Calls after {hour} on a work day.",
    ),
    "step.request": (
        "Would you ring me before you come on {day}?",
        "Could you text me by {hour} on {day} if you want to visit?",
    ),
    "step.self_action": (
        "I will end the visit after an hour.",
        "I will leave the kitchen and come back at {hour}.",
        "I will end the call and answer on {day}.",
    ),
    "step.keep_it": ("8", "7", "about an 8"),
    "review": ("That's it", "looks right"),
    "edit": ("what I ask for",),
    "after": ("7", "8", "about a 6"),
    "ruler": (
        "because I found my own words for it",
        "because I found the words for {day}",
        "because I said it to a friend on {day}",
    ),
    "plan": (
        "if she calls on {day}, then I will ask: 'Could you ring first?'",
        "on {day} after lunch I will say 'Mum, could you ring before you come?'",
    ),
    "plan.first": ("Could you ring first?",),
    "save": ("yes",),
}
_STOCK: Mapping[str, tuple[str, ...]] = {
    "greet": ("hello", "hi", "hey there", "good morning", "good evening"),
    "mood_great": ("I am feeling very good", "great", "wonderful", "I am amazing this {day}"),
    "mood_unhappy": ("I am sad", "my {day} was horrible", "not very good", "I am disappointed"),
    "affirm": ("yes", "of course", "that sounds good"),
    "deny": ("no", "not really", "I don't think so"),
    "bot_challenge": ("are you a bot?", "are you a human?", "am I talking to a bot?"),
    "goodbye": ("bye", "goodbye", "see you later", "have a nice day"),
    "nonsense": _SAID[NONSENSE],
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOURS = ("six", "seven", "eight", "nine")


class ClientOfBelay:
    """A client who does the boundary exercise once a cycle and talks around it."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._turn = 0

    def next(self, position: str | None) -> tuple[str, str]:
        """The kind of the next turn and its text.

        Args:
            position: Where the open exercise stands, None when none is open. An answer is
                always one to the question that stands open.
        """
        kind = BELAY_CYCLE[self._turn % CYCLE]
        self._turn += 1
        if kind == ANSWER and position is None:
            return STRAY, fill(self._random.choice(_SAID[START]), self._random)
        if kind == GOODBYE and position is not None:
            return STRAY, "stop this exercise"
        said = _ANSWERS[position] if kind == ANSWER and position else _SAID[kind]
        return kind, fill(self._random.choice(said), self._random)


class ClientOfStock:
    """A client of the `rasa init` project, who goes through its stories."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._turn = 0

    def next(self) -> tuple[str, str]:
        """The intent that is meant and its text."""
        kind = STOCK_CYCLE[self._turn % CYCLE]
        self._turn += 1
        return kind, fill(self._random.choice(_STOCK[kind]), self._random)


def fill(template: str, random: Random) -> str:
    """A text in which the open places are filled by chance."""
    return template.format(
        day=random.choice(_DAYS), hour=random.choice(_HOURS), number=random.randint(100, 999)
    )
