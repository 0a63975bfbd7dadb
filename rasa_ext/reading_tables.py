"""The tables of the cross-validation: intents, safety thresholds, reading in exercises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from rasa_ext.intent_classifier import ranked
from rasa_ext.reading import (
    ANSWER,
    CONTROLS,
    PLEASANTRIES,
    QUESTIONS,
    InExerciseReading,
    interruption,
    maybe_control,
)
from rasa_ext.safety_layer import SAFETY_PREFIX, danger_in

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


@dataclass(frozen=True)
class Judged:
    """An example and what was said about it by a classifier that had not seen it."""

    text: str
    label: str
    labels: tuple[str, ...]
    probabilities: np.ndarray[Any, Any]

    @cached_property
    def ranking(self) -> list[dict[str, Any]]:
        """Intents from the likeliest on."""
        return ranked(self.labels, self.probabilities)

    @property
    def intent(self) -> str:
        """The true intent without its sub-answer."""
        return self.label.partition("/")[0]

    @property
    def said(self) -> str:
        """The predicted intent without its sub-answer."""
        return str(self.ranking[0]["name"])

    @property
    def said_in_full(self) -> str:
        """The predicted intent with its sub-answer."""
        return str(self.ranking[0].get("full_retrieval_intent_name", self.said))

    @property
    def dangerous(self) -> bool:
        """The true intent is one of safety."""
        return self.intent.startswith(SAFETY_PREFIX)


def print_tables(judged: Sequence[Judged], pipeline: Sequence[Mapping[str, Any]]) -> None:
    """Print all tables.

    Args:
        judged: All examples.
        pipeline: The pipeline of config.yml, for the thresholds in use.
    """
    _print_groups(judged)
    _print_confidence(judged)
    _print_safety(judged)
    _print_exercise(judged, pipeline)


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
    groups = {**GROUPS, "safety": frozenset(n for n in scores if n.startswith(SAFETY_PREFIX))}
    print(f"\n{'group':18}{'lines':>7}{'accuracy':>10}{'in group':>10}{'macro F1':>10}")
    for group, names in groups.items():
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
    sure = np.array([float(one.ranking[0]["confidence"]) for one in judged])
    hit = np.array([one.said == one.intent for one in judged])
    for low, high in pairwise(bounds):
        inside = (sure >= low) & (sure < high)
        if inside.any():
            print(f"{low:.2f} - {min(high, 1):.2f}{inside.sum():9}{hit[inside].mean():8.2f}")


def _print_safety(judged: Sequence[Judged]) -> None:
    danger = np.array([danger_in(one.ranking) for one in judged])
    true = np.array([one.dangerous for one in judged])
    ordinary = np.array([one.intent in NEEDS for one in judged])
    rest = ~true & ~ordinary
    print(f"\n{'safety from':14}{'caught':>8}{'alarm, needs':>14}{'alarm, rest':>13}")
    for threshold in (0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8):
        fires = danger >= threshold
        print(
            f"{threshold:<14.2f}{fires[true].mean():8.3f}{fires[ordinary].mean():14.3f}"
            f"{fires[rest].mean():13.3f}"
        )


def _print_exercise(judged: Sequence[Judged], pipeline: Sequence[Mapping[str, Any]]) -> None:
    step = next(step for step in pipeline if step["name"].endswith("InExerciseReading"))
    settings = {**InExerciseReading.get_default_config(), **step}
    reading = InExerciseReading(settings)
    print(
        f"\n{'in an exercise':18}{'lines':>7}{'as meant':>10}{'other int.':>12}{'marked':>8}"
        f"{'answer':>8}"
    )
    rows = {"controls": CONTROLS, "yes, no, hello": PLEASANTRIES, "questions": QUESTIONS,
            "answers": frozenset({ANSWER}), "needs": NEEDS}  # fmt: skip
    for name, intents in rows.items():
        lines = [one for one in judged if one.intent in intents]
        counts: dict[str, int] = defaultdict(int)
        for one in lines:
            winner = interruption(one.ranking, one.text, reading.groups)
            if winner is not None:
                counts["meant" if winner["name"] == one.intent else "other"] += 1
            elif maybe_control(one.ranking, settings["maybe_control"]):
                counts["marked"] += 1
            else:
                counts["answer"] += 1
        share = {key: counts[key] / max(1, len(lines)) for key in counts}
        print(
            f"{name:18}{len(lines):7}{share.get('meant', 0):10.3f}{share.get('other', 0):12.3f}"
            f"{share.get('marked', 0):8.3f}{share.get('answer', 0):8.3f}"
        )
