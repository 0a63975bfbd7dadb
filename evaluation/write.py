"""Puts a report into files: JSON, two pictures, one page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evaluation.page import page
from evaluation.pictures import confusion_picture, reliability_picture
from evaluation.summary import sets_of


def write_report(report: Mapping[str, Any], folder: Path) -> None:
    """Write report.json, confusion.png, reliability.png and index.html."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, indent=1, ensure_ascii=False)
    (folder / "report.json").write_text(text + "\n", "utf-8")
    confusion_picture(
        report["held_out"]["confusion"],
        f"Held-out lines, {report['held_out']['rows']:,}",
        folder / "confusion.png",
    )
    reliability_picture(sets_of(report), folder / "reliability.png")
    (folder / "index.html").write_text(page(report, folder), "utf-8")
