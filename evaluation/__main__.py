"""Measures the trained model: ``python -m evaluation``, or ``make eval``.

Writes ``reports/eval/`` (report.json, confusion.png, reliability.png, index.html) and prints the
figures that matter most. ``--quick`` leaves out cross-validation, which trains five times;
``--model PATH`` measures another model than the current one.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from evaluation import sheet
from evaluation.collect import (
    fold_figures,
    hand_read_figures,
    held_out_figures,
    read_set,
    real_figures,
    safety_figures,
)
from evaluation.collect_entities import entity_figures
from evaluation.examples import ENTITY_FILES, training_examples
from evaluation.floor_side import FloorUnusable
from evaluation.marked_yaml import DataFileWrong
from evaluation.places import REPORTS, shown
from evaluation.product import ModelMissing, Product, current_model, tell_on_terminal
from evaluation.summary import summary_lines
from evaluation.write import write_report

UNUSABLE = 2


def main(arguments: list[str] | None = None) -> int:
    """Measure and report.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without cross-validation")
    parser.add_argument("--model", type=Path, help="another model than the current one")
    parser.add_argument("--out", type=Path, default=REPORTS, help="where to write")
    chosen = parser.parse_args(arguments)
    try:
        report = measured(chosen.model or current_model(), folds=not chosen.quick)
    except (ModelMissing, FloorUnusable, DataFileWrong) as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    write_report(report, chosen.out)
    print("\n".join(summary_lines(report)))
    print(f"More in {shown(chosen.out / 'index.html')}.")
    return 0


def measured(model: Path, *, folds: bool) -> dict[str, Any]:
    """Everything that is measured, as one report.

    Args:
        model: The trained model.
        folds: Whether to cross-validate too.
    """
    begun, tell = time.monotonic(), tell_on_terminal
    examples = training_examples()
    product = Product(model)
    sets = {
        name: read_set(product, name, tell)
        for name in ("held_out", "near_misses", "off_topic", "hostile")
    }
    report: dict[str, Any] = {
        "model": model.name,
        "when": datetime.now(timezone.utc).isoformat(timespec="seconds"),  # noqa: UP017 (3.10)
        "training_lines": len(examples),
        "held_out": held_out_figures(sets["held_out"]),
        "real": real_figures(product, tell),
        "safety": safety_figures(product, list(sets.values()), tell),
        "safety_hand_read": hand_read_figures(product, tell),
        "off_topic": sheet.off_topic(sets["off_topic"].rows),
        "near_misses": sheet.flips(sets["near_misses"].rows),
        "hostile": sheet.hostile(sets["hostile"].rows),
        "entities": {name: entity_figures(product, name, tell) for name in ENTITY_FILES},
    }
    product.close()
    report["folds"] = fold_figures(examples, tell) if folds else None
    report["seconds"] = round(time.monotonic() - begun)
    return report


if __name__ == "__main__":
    sys.exit(main())
