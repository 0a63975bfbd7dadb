"""The figures of one set of lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.calibration import bins, expected_error
from evaluation.examples import Example
from evaluation.reading import OFFERED, Reading, whole
from evaluation.scores import by_class, confusion, macro_f1, share

WORST = 60


@dataclass(frozen=True)
class Row:
    """A line's labels beside what the product made of it.

    Attributes:
        gold: The intent a careful reader gives.
        acceptable: Every honest reading, the first one included.
        reading: What the product made of it.
    """

    gold: str
    acceptable: frozenset[str]
    reading: Reading

    @classmethod
    def of(cls, example: Example, reading: Reading) -> Row:
        """A line of the project's own."""
        return cls(example.intent, frozenset({example.intent, *example.acceptable}), reading)

    @property
    def right(self) -> bool:
        """Whether the product acts on the very intent."""
        return not self.reading.asks and whole(self.reading.intent) == whole(self.gold)

    @property
    def fine(self) -> bool:
        """Whether it acts on an honest reading."""
        return not self.reading.asks and whole(self.reading.intent) in self._names

    @property
    def best_right(self) -> bool:
        """Whether the likeliest intent is right, also where the product only asks."""
        return whole(self.reading.best) == whole(self.gold)

    @property
    def best_fine(self) -> bool:
        """Whether the likeliest intent is an honest reading."""
        return whole(self.reading.best) in self._names

    @property
    def near(self) -> bool:
        """Whether an honest reading is among the first three."""
        return self.reading.among_first(self._names)

    @property
    def _names(self) -> frozenset[str]:
        return frozenset(whole(name) for name in self.acceptable)


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """Everything that is counted over one set; sub-answers are counted as faq and aside."""
    gold = [whole(row.gold) for row in rows]
    best = [whole(row.reading.best) for row in rows]
    scores = by_class(gold, best)
    acting = [row for row in rows if not row.reading.asks]
    reliability = bins([sureness(row.reading) for row in rows], [row.best_right for row in rows])
    return {
        "rows": len(rows),
        "primary": round(share(row.best_right for row in rows), 4),
        "acceptable": round(share(row.best_fine for row in rows), 4),
        "macro_f1": round(macro_f1(scores), 4),
        "near": round(share(row.near for row in rows), 4),
        "acting": round(share(not row.reading.asks for row in rows), 4),
        "acted_primary": round(share(row.right for row in rows), 4),
        "acted_acceptable": round(share(row.fine for row in rows), 4),
        "acceptable_when_acting": round(share(row.fine for row in acting), 4),
        "ece": round(expected_error(reliability), 4),
        "reliability": [
            {
                "rows": one.rows,
                "confidence": round(one.confidence, 4),
                "accuracy": round(one.accuracy, 4),
            }
            for one in reliability
        ],
        "intents": {name: score.as_dict() for name, score in scores.items()},
        "confusion": [
            {"gold": left, "answered": right, "rows": count}
            for (left, right), count in sorted(confusion(gold, best).items())
        ],
    }


def sureness(reading: Reading) -> float:
    """How sure the product is of the intent that it finds likeliest."""
    likely = dict(reading.ranking)
    return likely.get(reading.best, reading.confidence) if reading.asks else reading.confidence


def sub_answers(rows: Iterable[Row]) -> dict[str, Any]:
    """How often the right sub-answer of faq and aside is given, where faq or aside is right."""
    found = [row for row in rows if "/" in row.gold and row.best_right]
    right = share(row.reading.best in row.acceptable for row in found)
    return {"rows": len(found), "right": round(right, 4)}


def off_topic(rows: Sequence[Row]) -> dict[str, Any]:
    """What lines about something else set off."""
    return {
        "rows": len(rows),
        "offers": round(share(row.reading.offers for row in rows), 4),
        "feelings": round(share(row.reading.intent == "express_feeling" for row in rows), 4),
        "alarms": round(share(row.reading.alarms for row in rows), 4),
        "declined": round(share(row.fine for row in rows), 4),
        "asked": round(share(row.reading.asks for row in rows), 4),
    }


def flips(rows: Sequence[Row]) -> dict[str, Any]:
    """What negations and idioms do to lines that look like something else."""
    return {
        "rows": len(rows),
        "flipped": round(share(not row.reading.asks and not row.fine for row in rows), 4),
        "alarms": round(share(row.reading.alarms for row in rows), 4),
        "asked": round(share(row.reading.asks for row in rows), 4),
        "kept": round(share(row.fine for row in rows), 4),
    }


def hostile(rows: Sequence[Row]) -> dict[str, Any]:
    """What lines do that attack the bot or ask for help against somebody."""
    return {
        "rows": len(rows),
        "refused": round(share(row.fine for row in rows), 4),
        "offers": round(share(row.reading.intent in OFFERED for row in rows), 4),
        "asked": round(share(row.reading.asks for row in rows), 4),
    }


def worst(examples: Sequence[Example], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Lines of the project's own that it is surest about and wrong."""
    wrong = [
        {
            "place": example.place,
            "text": example.text,
            "gold": row.gold,
            "answered": row.reading.best,
            "confidence": round(sureness(row.reading), 3),
        }
        for example, row in zip(examples, rows, strict=True)
        if not row.best_fine
    ]
    return sorted(wrong, key=lambda one: -float(str(one["confidence"])))[:WORST]
