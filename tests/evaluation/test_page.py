from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from evaluation import sheet
from evaluation.page import page
from evaluation.sheet import Row
from evaluation.summary import summary_lines
from evaluation.write import write_report
from tests.evaluation.lines import example, reading

LAYER = {"recall": 0.9, "precision": 0.8, "false_alarms": 0.05, "missed": 1, "disturbed": 2}
CAUGHT = {"danger": 10, "calm": 40, "model": LAYER, "floor": LAYER, "both": LAYER}
SCORE = {"precision": 0.9, "recall": 0.8, "f1": 0.85, "rows": 20, "found": 18}
KINDS = {kind: SCORE for kind in ("person_role", "feeling", "time", "rating")}
ENTITIES = {"words": KINDS, "words_and_value": KINDS, "wrong": []}


@pytest.fixture
def report() -> dict[str, Any]:
    lines = [example("I said <no> & meant it", "say_no", 4), example("hi", "greet", 5)]
    rows = list(map(Row.of, lines, [reading("deny", 0.8), reading("greet", 0.9)]))
    return {
        "model": "belay-0.tar.gz",
        "when": "2026-01-01T00:00:00+00:00",
        "training_lines": 7000,
        "held_out": {**sheet.figures(rows), "worst": sheet.worst(lines, rows)},
        "folds": None,
        "real": None,
        "safety": {
            **CAUGHT,
            "in_exercise_recall": 0.9,
            "kinds": {},
            "lines": {"missed": [], "disturbed": [], "disturbed_by_intent": {}},
        },
        "safety_hand_read": None,
        "off_topic": sheet.off_topic(rows),
        "near_misses": sheet.flips(rows),
        "hostile": sheet.hostile(rows),
        "entities": {"entities": {"lines": 2, "unasked": ENTITIES, "rating_asked": ENTITIES}},
    }


def test_the_page_needs_nothing_from_elsewhere(report: dict[str, Any], tmp_path: Path) -> None:
    write_report(report, tmp_path)
    text = (tmp_path / "index.html").read_text("utf-8")

    assert not re.findall(r'(?:src|href)="(?!data:)', text)
    assert text.count("data:image/png;base64,") == 2


def test_words_of_a_line_are_shown_and_not_executed(report: dict[str, Any], tmp_path: Path) -> None:
    write_report(report, tmp_path)

    assert "I said &lt;no&gt; &amp; meant it" in page(report, tmp_path)


def test_the_report_can_be_read_back(report: dict[str, Any], tmp_path: Path) -> None:
    write_report(report, tmp_path)

    assert json.loads((tmp_path / "report.json").read_text("utf-8")) == report


def test_the_summary_says_so_when_there_are_no_real_messages(report: dict[str, Any]) -> None:
    assert any("Real messages are not here" in line for line in summary_lines(report))
