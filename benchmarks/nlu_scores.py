"""From answers to figures and ratios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.nlu_data import Lines, intent_name

FALLBACK = "nlu_fallback"
POINTS, PART_OF_TRAINING = 12.0, 0.1


def judged(train: Lines, test: Lines, measured: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The entry of one data set.

    Args:
        train: What both sides learnt from.
        test: What both were asked.
        measured: What each side took and answered.
    """
    sides = {
        side: {**scores(test, found["answers"]), **_without(found, "answers")}
        for side, found in measured.items()
    }
    entry: dict[str, Any] = {
        "training_lines": sum(train.inside),
        "intents": len(set(train.labels)),
        "test_lines": len(test.texts),
        "outside_lines": len(test.texts) - sum(test.inside),
        **sides,
    }
    if {"belay", "diet"} <= set(sides):
        entry["compared"] = compared(sides["belay"], sides["diet"])
    return entry


def scores(test: Lines, answers: list[list[str | None]]) -> dict[str, float | None]:
    """Accuracy over all lines, over those inside, and recall of those outside.

    Inside, the likeliest intent counts (``accuracy_acting`` counts only what would be acted on).
    A line outside every intent is found when the side would not act on it.
    """
    likeliest, acting, outside = [], [], []
    for label, inside, (said, best) in zip(test.labels, test.inside, answers, strict=True):
        if inside:
            likeliest.append(best == intent_name(label))
            acting.append(said == intent_name(label))
        else:
            outside.append(said == FALLBACK)
    return {
        "accuracy": _share([*(acting if outside else likeliest), *outside]),
        "accuracy_in_scope": _share(likeliest),
        "accuracy_acting": _share(acting),
        "recall_out_of_scope": _share(outside),
    }


def compared(belay: Mapping[str, Any], diet: Mapping[str, Any]) -> dict[str, Any]:
    """Belay beside DIET, and whether the bars are met."""
    points = 100 * (belay["accuracy"] - diet["accuracy"])
    training = belay["train_seconds"] / diet["train_seconds"]
    parsing = belay["parse_p50_ms"] / diet["parse_p50_ms"]
    return {
        "points_more": round(points, 1),
        "training_time_ratio": round(training, 3),
        "training_cpu_ratio": _ratio(belay, diet, "train_cpu_seconds"),
        "parse_p50_ratio": round(parsing, 3),
        "parse_cpu_ratio": _ratio(belay, diet, "parse_cpu_p50_ms"),
        "memory_ratio": _ratio(belay, diet, "parse_peak_mb"),
        "bars": {
            "twelve_points_more": points >= POINTS,
            "a_tenth_of_the_training_time": training <= PART_OF_TRAINING,
            "parse_p50_below": parsing < 1,
        },
    }


def lines_of(name: str, entry: Mapping[str, Any]) -> list[str]:
    """The entry for the terminal."""
    told = [
        f"{name}: {entry['intents']} intents, {entry['training_lines']} lines to learn from, "
        f"{entry['test_lines']} to answer."
    ]
    for side in ("belay", "diet"):
        if side in entry:
            one = entry[side]
            outside = one["recall_out_of_scope"]
            told.append(
                f"  {side:6} accuracy {100 * one['accuracy']:.1f} %"
                + (f", out of scope {100 * outside:.1f} %" if outside is not None else "")
                + f"; trained in {one['train_seconds']} s; parse p50 {one['parse_p50_ms']} ms, "
                f"p95 {one['parse_p95_ms']} ms; {one['parse_peak_mb']:.0f} MB"
            )
    if "compared" in entry:
        found = entry["compared"]
        told.append(
            f"  {found['points_more']:+.1f} points; training time x {found['training_time_ratio']}"
            f" (processor time x {found['training_cpu_ratio']}); parse p50 x "
            f"{found['parse_p50_ratio']} (processor time x {found['parse_cpu_ratio']}); "
            f"memory x {found['memory_ratio']}"
        )
        told += [f"  missed: {bar}" for bar, met in found["bars"].items() if not met]
    return told


def _ratio(belay: Mapping[str, Any], diet: Mapping[str, Any], name: str) -> float:
    return round(belay[name] / diet[name], 3)


def _share(marks: list[bool]) -> float | None:
    return round(sum(marks) / len(marks), 4) if marks else None


def _without(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key != name}
