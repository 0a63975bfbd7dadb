"""The rules of tone, checked on every sentence that Belay can say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from belay.content.load import Content
from belay.content.readability import grade, words
from belay.content.shapes import PLACEHOLDER, LineShape
from belay.domain.exercise import Exercise

MOST_WORDS = 45
MOST_WORDS_IN_CRISIS = 120
HARDEST = 8.0
HARDEST_IN_CRISIS = 7.0
FEWEST_WORDS_TO_GRADE = 10
MOST_BUTTONS = 4
FEWEST_WHEN_FREQUENT = 3
FREQUENT = ("welcome.", "offer.", "feeling.", "exercise.", "aside.", "greet.", "fallback.")
CRISIS = ("safety_", "safety.", "help.")

SAMPLES = {
    "person": "your partner",
    "lines": "Samaritans: call 116 123; day and night; free",
    "emergency": "999",
    "people": "I have paused what we were doing. No person is reading this chat.",
    "named": "It sounds like you'd like a limit with your mum.",
    "lead": "Before we plan words for your mum, three private questions. "
    "Only answer if no one else can see this screen. ",
    "feeling": "worn out",
    "title": "A limit I can keep",
    "why": "A limit says what is okay for you, and what you will do.",
    "minutes": "7",
    "practice": "Tell one safe person about it first.",
    "saving": "I keep your words, so that you find them here again.",
    "review": "No person reads our chats.",
    "hours": "weekdays from 9 to 5",
    "receipt": "1A2B3C4D",
    "limit": "4000",
    "source": "what coaches agree on.",
}
"""What stands in for a placeholder while a line is measured; any other is measured as "seven"."""

_BANNED = {
    r"\b(?:should|must|always|never)\b": "gives orders or overstates",
    r"\b(?:husband|wife|boyfriend|girlfriend|opposite sex)\b": "assumes a gender; say partner",
    r"\bI (?:feel|love|miss|care)\b": "claims a feeling that a program does not have",
    r"\b(?:narcissis\w*|toxic|codependen\w*|gasligh\w*|bipolar|borderline|trauma bond\w*|"
    r"attachment style|disorder)\b": "labels people",
    r"\b(?:high|low|medium|at) risk\b|\brisk level\b": "states a risk level",
    r"\b(?:leave|confront|face) (?:him|her|them|your partner)\b": "tells someone what to do",
    r"\b(?:our secret|stays? secret|100 percent|guarantee\w*|promise)\b": "promises too much",
    r"\bI understand (?:exactly )?how\b": "claims to understand",
}
_MAY_NAME_THE_TERM = ("faq.vs_codependency",)


def check(content: Content) -> list[str]:
    """What breaks the rules of tone; an empty list when nothing does."""
    told = [found for line in content.words.lines.values() for found in _line(line)]
    for exercise in content.catalogue.all():
        told += [*_exercise(exercise), *_composed(content, exercise)]
    for name, button in content.words.buttons.items():
        told += [f"button {name}: {fault}" for fault in _wording(button.title)]
    for name, label in content.widget_labels.items():
        told += [f"label {name}: {fault}" for fault in _wording(label)]
    for name, sentence in content.widget_problems.items():
        told += [f"problem {name}: {fault}" for fault in _wording(sentence)]
    return told


def measured(template: str) -> str:
    """A template with samples in place of its placeholders."""
    return _with(template, SAMPLES)


def _with(template: str, values: Mapping[str, str]) -> str:
    def put(found: re.Match[str]) -> str:
        return values.get(found[1][:1].lower() + found[1][1:], "seven")

    return PLACEHOLDER.sub(put, template).strip()


def _line(line: LineShape) -> Iterator[str]:
    crisis = line.id.startswith(CRISIS)
    carrier = all(not PLACEHOLDER.sub("", variant).strip() for variant in line.variants)
    if line.id.startswith(FREQUENT) and len(line.variants) < FEWEST_WHEN_FREQUENT and not carrier:
        yield f"{line.id}: is said often and has {len(line.variants)} variants; write three"
    if len(set(line.variants)) < len(line.variants):
        yield f"{line.id}: has the same variant twice; change one"
    if len(line.buttons) > MOST_BUTTONS:
        yield f"{line.id}: has {len(line.buttons)} buttons; keep {MOST_BUTTONS}"
    if carrier:
        return
    for variant in line.variants:
        for fault in _faults(
            measured(variant),
            MOST_WORDS_IN_CRISIS if crisis else MOST_WORDS,
            HARDEST_IN_CRISIS if crisis else HARDEST,
            term=line.id in _MAY_NAME_THE_TERM,
        ):
            yield f"{line.id}: {fault}: {variant[:60]}"


def _composed(content: Content, exercise: Exercise) -> Iterator[str]:
    """Lines that carry a part of an exercise, measured with that part in them."""
    said = {"why": exercise.why, "source": exercise.source, "title": exercise.title}
    values = [("exercise.start", {**said, "minutes": str(exercise.minutes)})]
    values += [("faq.this_exercise", said)]
    plan = "exercise.plan_when" if exercise.is_said else "exercise.plan"
    values += [(plan, {"practice": text}) for text in exercise.practice]
    values += [
        (line, {"example": example, "plain": step.plain})
        for line in ("exercise.example", "exercise.dont_know")
        for step in exercise.steps
        for example in step.examples
    ]
    for line, parts in values:
        for variant in content.words.lines[line].variants:
            text = _with(variant, parts)
            count = len(words(text))
            if count > MOST_WORDS:
                yield f"{exercise.id} in {line}: {count} words, at most {MOST_WORDS}: {text[:60]}"


def _exercise(exercise: Exercise) -> Iterator[str]:
    said = [(step.id, text) for step in exercise.steps for text in (*step.ask, step.plain)]
    said += [("title", exercise.title), ("short", exercise.short), ("why", exercise.why)]
    said += [("practice", text) for text in exercise.practice]
    for where, text in said:
        for fault in _faults(measured(text), MOST_WORDS, HARDEST):
            yield f"{exercise.id}.{where}: {fault}: {text[:60]}"


def _faults(text: str, most_words: int, hardest: float, *, term: bool = False) -> Iterator[str]:
    count = len(words(text))
    if count > most_words:
        yield f"{count} words, at most {most_words}"
    hard = grade(text) if count >= FEWEST_WORDS_TO_GRADE else 0.0
    if hard > hardest:
        yield f"reading grade {hard:.1f}, at most {hardest:.0f}"
    if text.count("?") > 1:
        yield "more than one question"
    yield from _wording(text, term=term)


def _wording(text: str, *, term: bool = False) -> Iterator[str]:
    for pattern, why in _BANNED.items():
        found = re.search(pattern, text, re.IGNORECASE)
        if found and not (term and why == "labels people"):
            yield f"'{found[0]}' {why}"
    if text.count("!") > 1:
        yield "more than one exclamation mark"
    if any(unicodedata.category(sign) == "So" for sign in text):
        yield "holds an emoji or a sign"
