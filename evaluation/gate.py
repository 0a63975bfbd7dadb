"""The gate for CI: ``python -m evaluation.gate``.

Reads ``tests/nlu`` with the current model and compares two figures with those that were committed
(``evaluation/committed.json``): the macro-F1 of intents, and the share of lines about danger that
reach a safety reply. Neither may fall by more than its tolerance. Ends with code 1 when one does.
``--commit`` writes today's figures down as the new ones.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from evaluation import safety_sheet, sheet
from evaluation.collect import read_set, safety_of
from evaluation.floor_side import FloorUnusable
from evaluation.marked_yaml import DataFileWrong
from evaluation.places import COMMITTED, shown
from evaluation.product import ModelMissing, Product, current_model, tell_on_terminal

# Training twice on two machines differs by less than this; a step back differs by more. Of the
# lines about danger, one may be lost to chance, never two.
TOLERANCE = {"macro_f1": 0.01, "safety_recall": 0.005}
MEANING = {
    "macro_f1": "macro-F1 of intents",
    "safety_recall": "share of lines about danger that reach a safety reply",
}
FELL, UNUSABLE = 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Compare, or commit.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m evaluation.gate", description=__doc__)
    parser.add_argument("--commit", action="store_true", help="write today's figures down")
    parser.add_argument("--model", type=Path, help="another model than the current one")
    chosen = parser.parse_args(arguments)
    try:
        found = measured(chosen.model or current_model())
        if chosen.commit:
            COMMITTED.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
            print(f"Written to {shown(COMMITTED)}: {found}.")
            return 0
        complaints = fallen(found, committed(COMMITTED))
    except (ModelMissing, FloorUnusable, DataFileWrong) as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    for name, value in found.items():
        print(f"{MEANING[name]}: {value:.4f}")
    print("\n".join(complaints) or "Neither figure has fallen.")
    return FELL if complaints else 0


def measured(model: Path) -> dict[str, float]:
    """The two figures, on ``tests/nlu`` alone."""
    product = Product(model)
    read = read_set(product, "held_out", tell_on_terminal)
    product.close()
    _, judged = safety_of([read])
    return {
        "macro_f1": sheet.figures(read.rows)["macro_f1"],
        "safety_recall": safety_sheet.caught(judged)["both"]["recall"],
    }


def committed(file: Path) -> dict[str, float]:
    """The figures that were written down.

    Raises:
        DataFileWrong: They are missing or not what the gate writes.
    """
    remedy = f"restore {shown(file)} from git, or write it with `make eval-commit`"
    try:
        figures = json.loads(file.read_text("utf-8"))
        return {name: float(figures[name]) for name in TOLERANCE}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFileWrong(f"There are no committed figures ({error}): {remedy}.") from error


def fallen(found: Mapping[str, float], before: Mapping[str, float]) -> list[str]:
    """A sentence for each figure that fell by more than its tolerance."""
    return [
        f"The {MEANING[name]} fell from {before[name]:.4f} to {found[name]:.4f}, by more than "
        f"{tolerance}: see reports/eval/index.html (`make eval`) for which intents, and mend the "
        "training lines or the pipeline."
        for name, tolerance in TOLERANCE.items()
        if found[name] < before[name] - tolerance - 1e-9
    ]


if __name__ == "__main__":
    sys.exit(main())
