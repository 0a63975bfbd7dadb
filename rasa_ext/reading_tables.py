"""The tables of the cross-validation: intents, confidence, reading in exercises."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from rasa_ext.reading import ANSWER, CONTROLS, PLEASANTRIES, QUESTIONS

NEEDS = frozenset(
    {
        "set_boundary", "say_no", "ask_support", "give_support", "raise_issue", "repair_rupture",
        "understand_each_other", "balance_give_take", "keep_identity", "build_trust",
        "agree_before_closeness", "notice_codependence", "calm_conflict", "share_good_news",
        "express_feeling",
    }
)  # fmt: skip
GROUPS: Mapping[str, frozenset[str]] = {
    "social and menu": PLEASANTRIES | {"choose_exercise"},
    "coaching needs": NEEDS,
    "faq": frozenset({"faq"}),
    "in an exercise": CONTROLS | {ANSWER},
    "progress": frozenset({"show_progress", "set_goal", "set_reminder", "report_practice"}),
    "rights, people": frozenset({"data_delete", "data_export", "consent_privacy", "talk_to_human"}),
    "out of scope": frozenset(
        {"ask_diagnosis_or_meds", "ask_are_you_human", "control_other_request", "aside"}
    ),
}


SAID_IN_EXERCISE = CONTROLS | {ANSWER}
ROWS_IN_EXERCISE: Mapping[str, frozenset[str]] = {
    "controls": CONTROLS,
    "yes, no, hello": PLEASANTRIES,
    "questions": QUESTIONS,
    "answers": frozenset({ANSWER}),
    "needs": NEEDS,
}
READ_IN_EXERCISE = frozenset().union(*ROWS_IN_EXERCISE.values())


@dataclass(frozen=True)
class Judged:
    """An example and how it was read by components that had not seen it.

    Attributes:
        label: Its true intent, with the sub-answer where it has one.
        decided: The intent that it was given where such things are said: answers and controls in
            an exercise, all else outside.
        ranking: Intents there, from the likeliest on.
        in_exercise: The intent that it was given in an exercise, None where that was not asked.
        marked: Whether it was marked there as what could also be a control.
    """

    label: str
    decided: Mapping[str, Any]
    ranking: Sequence[Mapping[str, Any]]
    in_exercise: str | None
    marked: bool

    @property
    def intent(self) -> str:
        """The true intent without its sub-answer."""
        return self.label.partition("/")[0]

    @property
    def said(self) -> str:
        """The intent that was decided on, without its sub-answer."""
        return str(self.decided["name"])

    @property
    def said_in_full(self) -> str:
        """The same with its sub-answer."""
        return str(self.decided.get("full_retrieval_intent_name", self.said))


def print_tables(judged: Sequence[Judged]) -> None:
    """Print all tables."""
    _print_groups(judged)
    _print_confidence([one for one in judged if one.intent not in SAID_IN_EXERCISE])
    _print_exercise([one for one in judged if one.in_exercise is not None])


def f1_by_intent(judged: Sequence[Judged]) -> dict[str, float]:
    """F1 of each intent, sub-answers folded."""
    hits: dict[str, int] = defaultdict(int)
    meant: dict[str, int] = defaultdict(int)
    said: dict[str, int] = defaultdict(int)
    for one in judged:
        meant[one.intent] += 1
        said[one.said] += 1
        hits[one.intent] += one.intent == one.said
    return {name: 2 * hits[name] / (meant[name] + said[name]) for name in meant}


def _print_groups(judged: Sequence[Judged]) -> None:
    scores = f1_by_intent(judged)
    right = np.mean([one.said == one.intent for one in judged])
    full = np.mean([one.said_in_full == one.label for one in judged])
    three = np.mean([one.intent in [e["name"] for e in one.ranking[:3]] for one in judged])
    macro = np.mean(list(scores.values()))
    print(f"\n{len(judged)} examples, {len(scores)} intents: accuracy {right:.3f}, ", end="")
    print(f"macro F1 {macro:.3f}, with sub-answers {full:.3f}, among the first three {three:.3f}")
    print(f"\n{'group':18}{'lines':>7}{'accuracy':>10}{'in group':>10}{'macro F1':>10}")
    for group, names in GROUPS.items():
        lines = [one for one in judged if one.intent in names]
        if not lines:
            continue
        exact = np.mean([one.said == one.intent for one in lines])
        inside = np.mean([one.said in names for one in lines])
        inner = np.mean([scores[name] for name in names if name in scores])
        print(f"{group:18}{len(lines):7}{exact:10.3f}{inside:10.3f}{inner:10.3f}")
    weakest = sorted(scores.items(), key=lambda item: item[1])[:12]
    print("weakest: " + ", ".join(f"{name} {score:.2f}" for name, score in weakest))


def _print_confidence(judged: Sequence[Judged]) -> None:
    print(f"\n{'confidence':14}{'lines':>7}{'right':>8}")
    bounds = (0.0, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
    sure = np.array([float(one.decided["confidence"]) for one in judged])
    hit = np.array([one.said == one.intent for one in judged])
    for low, high in pairwise(bounds):
        inside = (sure >= low) & (sure < high)
        if inside.any():
            print(f"{low:.2f} - {min(high, 1):.2f}{inside.sum():9}{hit[inside].mean():8.2f}")


def _print_exercise(judged: Sequence[Judged]) -> None:
    print(
        f"\n{'in an exercise':18}{'lines':>7}{'as meant':>10}{'other int.':>12}{'marked':>8}"
        f"{'answer':>8}"
    )
    for name, intents in ROWS_IN_EXERCISE.items():
        lines = [one for one in judged if one.intent in intents]
        counts = Counter(_outcome(one) for one in lines)
        share = {outcome: counts[outcome] / max(1, len(lines)) for outcome in counts}
        print(
            f"{name:18}{len(lines):7}{share.get('meant', 0):10.3f}{share.get('other', 0):12.3f}"
            f"{share.get('marked', 0):8.3f}{share.get('answer', 0):8.3f}"
        )


def _outcome(one: Judged) -> str:
    """What became of a line in an exercise."""
    if one.in_exercise == ANSWER:
        return "marked" if one.marked else "answer"
    return "meant" if one.in_exercise == one.intent else "other"
