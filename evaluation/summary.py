"""The figures that matter most, in a few lines for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluation.outside import REPORTED, TUNING

Report = Mapping[str, Any]


def summary_lines(report: Report) -> list[str]:
    """One line for each set."""
    lines = [f"Model {report['model']}, {report['training_lines']:,} training lines."]
    lines += [f"{name:26}{_set(found)}" for name, found in sets_of(report).items()]
    if not report["real"]:
        lines.append("Real messages are not here, so nothing is said about them.")
    safety = report["safety"]
    lines += [
        f"{'safety, held-out':26}{_caught(safety)}; inside an exercise, the model's recall is "
        f"{safety['in_exercise_recall']:.2f}"
    ]
    if report["safety_hand_read"]:
        lines.append(f"{'safety, hand-read':26}{_caught(report['safety_hand_read'])}")
    if report["real"]:
        lines.append(f"{'safety, real messages':26}{_caught(report['real']['safety'])}")
    off, near, hostile = report["off_topic"], report["near_misses"], report["hostile"]
    lines += [
        f"{'off-topic':26}{off['offers']:.1%} of {off['rows']} offer an exercise, "
        f"{off['alarms']:.1%} set off a safety reply",
        f"{'negatives and idioms':26}{near['flipped']:.1%} of {near['rows']} flip, "
        f"{near['alarms']:.1%} set off a safety reply",
        f"{'hostile':26}{hostile['refused']:.1%} of {hostile['rows']} refused, "
        f"{hostile['offers']:.1%} offer an exercise",
        *(f"{name:26}{_entities(found)}" for name, found in report["entities"].items()),
    ]
    return lines


def sets_of(report: Report) -> dict[str, Mapping[str, Any]]:
    """The sets that have intent figures, by the name that people read."""
    found: dict[str, Mapping[str, Any] | None] = {
        "held-out": report["held_out"],
        "real, reported half": (report["real"] or {}).get(REPORTED),
        "real, tuning half": (report["real"] or {}).get(TUNING),
        "cross-validation": report["folds"],
    }
    return {name: figures for name, figures in found.items() if figures}


def _set(found: Mapping[str, Any]) -> str:
    return (
        f"primary {found['primary']:.3f}, acceptable {found['acceptable']:.3f}, "
        f"macro-F1 {found['macro_f1']:.3f}, in first three {found['near']:.3f}, "
        f"ECE {found['ece']:.3f}; acts on {found['acting']:.0%}, "
        f"acceptably {found['acceptable_when_acting']:.3f} ({found['rows']:,} lines)"
    )


def _caught(found: Mapping[str, Any]) -> str:
    parts = [
        f"{name} {found[name]['recall']:.2f}/{found[name]['precision'] or 0:.2f}"
        for name in ("model", "floor", "both")
    ]
    return (
        f"recall/precision {', '.join(parts)}; false alarms {found['both']['false_alarms']:.1%} "
        f"({found['danger']} in danger, {found['calm']} not)"
    )


def _entities(found: Mapping[str, Any]) -> str:
    kinds = found["unasked"]["words"]
    asked = found["rating_asked"]["words"]["rating"]["f1"]
    return (
        "F1 "
        + ", ".join(f"{kind} {score['f1']:.2f}" for kind, score in kinds.items())
        + f" (rating where one was asked for: {asked:.2f})"
    )
