from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.gate import committed, fallen
from evaluation.marked_yaml import DataFileWrong
from evaluation.places import COMMITTED

BEFORE = {"macro_f1": 0.74, "safety_recall": 0.90}


def test_a_figure_that_fell_is_named_with_both_values_and_a_remedy() -> None:
    (complaint,) = fallen({"macro_f1": 0.72, "safety_recall": 0.90}, BEFORE)

    assert "macro-F1" in complaint
    assert "0.7400 to 0.7200" in complaint
    assert "make eval" in complaint


def test_a_fall_within_the_tolerance_is_let_pass() -> None:
    assert not fallen({"macro_f1": 0.731, "safety_recall": 0.896}, BEFORE)


def test_a_lost_line_about_danger_counts_though_the_other_figure_rose() -> None:
    assert len(fallen({"macro_f1": 0.90, "safety_recall": 0.89}, BEFORE)) == 1


def test_missing_figures_name_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(DataFileWrong, match="make eval-commit"):
        committed(tmp_path / "committed.json")


def test_the_committed_figures_are_those_that_the_gate_reads() -> None:
    assert committed(COMMITTED) == json.loads(COMMITTED.read_text("utf-8"))
