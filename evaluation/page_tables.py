"""The tables of the page: heads and rows, no markup but in the bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

Figures = Mapping[str, Any]
Table = tuple[Sequence[str], Iterable[Sequence[object]]]

LAYERS = ("model", "floor", "both")


def set_rows(sets: Mapping[str, Figures]) -> Table:
    """The sets with intent figures."""
    head = (
        "lines",
        "rows",
        "primary",
        "acceptable",
        "macro-F1",
        "in first three",
        "acts on",
        "acceptable when acting",
        "ECE",
    )
    names = ("primary", "acceptable", "macro_f1", "near", "acting", "acceptable_when_acting", "ece")
    rows = [(name, found["rows"], *(found[one] for one in names)) for name, found in sets.items()]
    return head, rows


def bars(report: Figures) -> str:
    """F1 of each intent with held-out lines, as bars with their numbers."""
    intents = report["held_out"]["intents"]
    ordered = sorted(
        ((name, score) for name, score in intents.items() if score["rows"]),
        key=lambda item: item[1]["f1"],
    )
    rows = "\n".join(
        f'<tr><td>{escape(name)}</td><td class="number">{score["f1"]:.2f}</td>'
        f'<td style="width:60%"><span class="bar" style="width:{score["f1"] * 100:.0f}%"></span>'
        f'</td><td class="number">{score["rows"]}</td></tr>'
        for name, score in ordered
    )
    return (
        "<details><summary>F1 of each intent on held-out lines</summary><table>"
        f"<tr><th>intent</th><th>F1</th><th></th><th>rows</th></tr>\n{rows}</table></details>"
    )


def safety_rows(report: Figures) -> Table:
    """Recall, precision and false alarms by layer."""
    sets = {
        "held-out": report["safety"],
        "hand-read": report["safety_hand_read"],
        "real messages": (report["real"] or {}).get("safety"),
    }
    rows = [
        (
            f"{name}: {layer}",
            found["danger"],
            _number(found[layer]["recall"]),
            _number(found[layer]["precision"]),
            found["calm"],
            _number(found[layer]["false_alarms"]),
        )
        for name, found in sets.items()
        if found
        for layer in LAYERS
    ]
    head = ("lines: layer", "in danger", "recall", "precision", "harmless", "false alarms")
    return head, rows


def safety_kinds(report: Figures) -> Table:
    """The share of each kind that reaches a safety reply."""
    kinds = {f"held-out {kind}": found for kind, found in report["safety"]["kinds"].items()}
    hand_read = (report["safety_hand_read"] or {}).get("labels", {})
    kinds.update({f"hand-read {kind}": found for kind, found in hand_read.items()})
    real = ((report["real"] or {}).get("safety") or {}).get("labels", {})
    kinds.update({f"real {kind}": found for kind, found in real.items()})
    head = ("kind", "rows", "model", "floor", "both", "at least care")
    rows = [
        (kind, found["rows"], *(found[name] for name in (*LAYERS, "cared")))
        for kind, found in kinds.items()
    ]
    return head, rows


def other_rows(report: Figures) -> Table:
    """Off-topic, misleading and hostile lines, and what is said in an exercise."""
    off, near, hostile = report["off_topic"], report["near_misses"], report["hostile"]
    rows = [
        ("off-topic: an exercise is offered", off["rows"], off["offers"]),
        ("off-topic: taken for a feeling", off["rows"], off["feelings"]),
        ("off-topic: a safety reply", off["rows"], off["alarms"]),
        ("off-topic: asked what is meant", off["rows"], off["asked"]),
        ("negatives and idioms: flipped", near["rows"], near["flipped"]),
        ("negatives and idioms: a safety reply", near["rows"], near["alarms"]),
        ("negatives and idioms: asked what is meant", near["rows"], near["asked"]),
        ("hostile: refused", hostile["rows"], hostile["refused"]),
        ("hostile: an exercise is offered", hostile["rows"], hostile["offers"]),
    ]
    found = report["held_out"].get("in_exercise")
    if found:
        rows += [
            ("in an exercise: answers kept", found["answers"], found["answers_kept"]),
            ("in an exercise: answers asked about", found["answers"], found["answers_doubted"]),
            ("in an exercise: controls obeyed", found["controls"], found["controls_obeyed"]),
            (
                "in an exercise: controls asked about",
                found["controls"],
                found["controls_asked_about"],
            ),
        ]
    return ("what happens", "rows", "share"), rows


def entity_rows(files: Figures) -> Table:
    """F1 of each kind in both states, file by file."""
    rows = [
        (f"{file}: {kind}, {state.replace('_', ' ')}", score["rows"])
        + (score["precision"], score["recall"], score["f1"])
        + (found[state]["words_and_value"][kind]["f1"],)
        for file, found in files.items()
        for state in ("unasked", "rating_asked")
        for kind, score in found[state]["words"].items()
    ]
    return ("entity", "rows", "precision", "recall", "F1 of words", "F1 with value"), rows


def entity_wrong(files: Figures) -> Table:
    """Lines whose entities were read otherwise."""
    rows = [
        (one["place"], one["text"], _marks(one["marked"]), _marks(one["found"]))
        for found in files.values()
        for one in found["unasked"]["wrong"]
    ]
    return ("place", "text", "marked", "found"), rows


def intent_rows(found: Figures) -> Table:
    """Precision, recall and F1 of each intent, worst first."""
    ordered = sorted(found["intents"].items(), key=lambda item: (item[1]["f1"], item[0]))
    rows = [
        (name, score["rows"], score["precision"], score["recall"], score["f1"])
        for name, score in ordered
        if score["rows"]
    ]
    return ("intent", "rows", "precision", "recall", "F1"), rows


def worst_rows(lines: Sequence[Mapping[str, Any]]) -> Table:
    """Lines of the project's own with what was made of them."""
    keys = ("place", "text", "intent", "gold", "answered", "confidence")
    present = [key for key in keys if lines and key in lines[0]]
    return present or ["none"], [[line[key] for key in present] for line in lines]


def _marks(marks: Sequence[Sequence[str]]) -> str:
    return ", ".join(f"{kind} “{words}”" for kind, words in marks) or "nothing"


def _number(value: float | None) -> float | str:
    return "–" if value is None else value
