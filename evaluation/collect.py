"""Reads every set with the product and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evaluation import outside, safety_sheet, sheet
from evaluation.examples import Example, held_out
from evaluation.floor_side import floor_tiers
from evaluation.folds import FOLDS, cross_validated
from evaluation.reading import SAID_IN_EXERCISE, Reader, Reading, Tell, state_for
from evaluation.safety_sheet import Judged
from evaluation.scores import share
from evaluation.sheet import Row

OPEN = {"exercise": False, "expects": None}
IN_EXERCISE = {"exercise": True, "expects": "text"}


@dataclass(frozen=True)
class Read:
    """Lines of the project's own, read."""

    examples: list[Example]
    rows: list[Row]

    @property
    def readings(self) -> list[Reading]:
        """What the product made of each."""
        return [row.reading for row in self.rows]


def read_set(product: Reader, name: str, tell: Tell) -> Read:
    """Read one set of ``tests/nlu``, each line in the state in which it is said."""
    examples = held_out(name)
    readings = product.read(
        [example.text for example in examples],
        [state_for(example.intent) for example in examples],
        name,
        tell,
    )
    return Read(examples, list(map(Row.of, examples, readings)))


def fold_figures(examples: Sequence[Example], tell: Tell) -> dict[str, Any]:
    """Cross-validation on the training data."""
    rows = list(map(Row.of, examples, cross_validated(examples, tell)))
    return {
        **sheet.figures(rows),
        "folds": FOLDS,
        "sub_answers": sheet.sub_answers(rows),
        "in_exercise": in_exercise(rows),
        "worst": sheet.worst(examples, rows),
    }


def held_out_figures(read: Read) -> dict[str, Any]:
    """The set that somebody else wrote."""
    return {
        **sheet.figures(read.rows),
        "sub_answers": sheet.sub_answers(read.rows),
        "in_exercise": in_exercise(read.rows),
        "worst": sheet.worst(read.examples, read.rows),
    }


def in_exercise(rows: Sequence[Row]) -> dict[str, Any]:
    """How text in an exercise is read: controls apart from answers."""
    answers = [row for row in rows if row.gold == "answer_free"]
    controls = [row for row in rows if row.gold in SAID_IN_EXERCISE - {"answer_free"}]
    return {
        "answers": len(answers),
        "answers_kept": round(share(row.fine for row in answers), 4),
        "answers_doubted": round(share(row.reading.asks for row in answers), 4),
        "controls": len(controls),
        "controls_obeyed": round(share(row.fine for row in controls), 4),
        "controls_asked_about": round(share(row.reading.asks for row in controls), 4),
    }


def real_figures(product: Reader, tell: Tell) -> dict[str, Any] | None:
    """Real messages, by half; None where they are not there. No text of theirs comes out."""
    messages = outside.messages()
    if not messages:
        return None
    texts = [message.text for message in messages]
    readings = product.read(texts, [OPEN] * len(texts), "real messages", tell)
    rows = [Row(m.primary, m.welcome, r) for m, r in zip(messages, readings, strict=True)]
    halves = {
        half: sheet.figures([r for m, r in zip(messages, rows, strict=True) if m.half == half])
        for half in (outside.TUNING, outside.REPORTED)
    }
    judged = safety_sheet.real(messages, readings, floor_tiers(texts))
    caught = {**safety_sheet.caught(judged), "labels": safety_sheet.by_kind(judged)}
    return {**halves, "safety": caught}


def hand_read_figures(product: Reader, tell: Tell) -> dict[str, Any] | None:
    """The hand-read lines about danger; None where they are not there."""
    lines = outside.safety_lines()
    if not lines:
        return None
    texts = [line.text for line in lines]
    readings = product.read(texts, [OPEN] * len(texts), "hand-read safety lines", tell)
    judged = safety_sheet.hand_read(lines, readings, floor_tiers(texts))
    return {**safety_sheet.caught(judged), "labels": safety_sheet.by_kind(judged)}


def safety_of(reads: Sequence[Read]) -> tuple[list[Example], list[Judged]]:
    """All lines of these sets as the safety layers judge them."""
    examples = [example for read in reads for example in read.examples]
    readings = [reading for read in reads for reading in read.readings]
    floor = floor_tiers([example.text for example in examples])
    return examples, safety_sheet.own(examples, readings, floor)


def safety_figures(product: Reader, reads: Sequence[Read], tell: Tell) -> dict[str, Any]:
    """Safety on ``tests/nlu``; danger is looked for in an exercise too."""
    examples, judged = safety_of(reads)
    danger = [example for example, one in zip(examples, judged, strict=True) if one.danger]
    texts = [example.text for example in danger]
    again = product.read(texts, [IN_EXERCISE] * len(texts), "danger in an exercise", tell)
    kinds = safety_sheet.by_kind(judged)
    return {
        **safety_sheet.caught(judged),
        "in_exercise_recall": round(share(reading.alarms for reading in again), 4),
        "kinds": {kind: kinds[kind] for kind in kinds if kind.startswith("safety_")},
        "lines": safety_sheet.missed_and_disturbed(examples, judged),
    }
