"""The benchmark of intents counts rightly and explains what it cannot use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.nlu_data import DataWrong, Lines, percentile, read_lines, training_blocks
from benchmarks.nlu_projects import DIET, belay_pipeline
from benchmarks.nlu_scores import compared, lines_of, scores

TEST = Lines(("a", "b", "c", "d"), ("card lost", "rate", "oos", "NO_NODES_DETECTED"))


def test_a_table_is_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "test.tsv"
    file.write_text("where is my card?\tcard\nrate\tof\trate\n\n", "utf-8")
    assert read_lines(file) == Lines(("where is my card?", "rate\tof"), ("card", "rate"))


@pytest.mark.parametrize(("words", "said"), [("no label here", ":1: needs"), ("", "is empty")])
def test_a_table_of_another_form_is_refused(tmp_path: Path, words: str, said: str) -> None:
    file = tmp_path / "test.tsv"
    file.write_text(words, "utf-8")
    with pytest.raises(DataWrong, match=said):
        read_lines(file)


def test_a_folder_without_tables_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(DataWrong, match=r"train_10\.tsv and test\.tsv"):
        read_lines(tmp_path / "train_10.tsv")


def test_labels_become_names_and_nobody_trains_on_lines_outside() -> None:
    data = training_blocks(Lines(("x [y](z)", "b", "c"), ("card lost", "card lost", "oos")))
    (block,) = data["nlu"]
    assert block["intent"] == "card_lost"
    assert [one["text"] for one in block["examples"]] == ["x [y] (z)", "b"]


def test_two_labels_that_would_be_one_intent_are_refused() -> None:
    with pytest.raises(DataWrong, match="would be one intent"):
        training_blocks(Lines(("a", "b"), ("card lost", "card_lost")))


def test_a_doubt_is_right_outside_and_wrong_inside() -> None:
    doubtful = [
        ["nlu_fallback", "card_lost"],
        ["rate", "rate"],
        ["nlu_fallback", "rate"],
        ["rate", "rate"],
    ]
    found = scores(TEST, doubtful)
    assert found["accuracy_in_scope"] == 1.0
    assert found["accuracy_acting"] == 0.5
    assert found["recall_out_of_scope"] == 0.5
    assert found["accuracy"] == 0.5


def test_without_lines_outside_the_likeliest_intent_counts() -> None:
    found = scores(Lines(("a",), ("card lost",)), [["nlu_fallback", "card_lost"]])
    assert found["accuracy"] == 1.0
    assert found["recall_out_of_scope"] is None


def side(**figures: Any) -> dict[str, Any]:
    ours = {"accuracy": 0.85, "train_seconds": 9.0, "parse_p50_ms": 8.0, "parse_peak_mb": 500.0}
    processor = {"train_cpu_seconds": 12.0, "parse_cpu_p50_ms": 8.0}
    return {**ours, **processor, "parse_p95_ms": 9.0, "recall_out_of_scope": None, **figures}


def test_the_bars_are_judged_and_a_missed_one_is_named() -> None:
    diet = side(accuracy=0.7, train_seconds=120.0, parse_p50_ms=6.0)
    found = compared(side(), diet)
    assert found["points_more"] == 15.0
    assert found["bars"] == {
        "twelve_points_more": True,
        "a_tenth_of_the_training_time": True,
        "parse_p50_below": False,
    }
    entry = {"intents": 2, "training_lines": 20, "test_lines": 9, "belay": side(), "diet": diet}
    told = "\n".join(lines_of("some", {**entry, "compared": found}))
    assert "missed: parse_p50_below" in told
    assert "accuracy 85.0 %" in told


def test_ours_is_the_pipeline_of_the_product_and_theirs_that_of_rasa_init() -> None:
    names = [step["name"] for step in belay_pipeline()]
    assert "rasa_ext.encoder.SentenceEncoder" in names
    assert "rasa_ext.reading.InExerciseReading" in names
    assert [step["epochs"] for step in DIET if step["name"] == "DIETClassifier"] == [100]


def test_half_of_the_values_lie_below_the_median() -> None:
    assert percentile([5, 1, 3, 2, 4], 0.5) == 3
