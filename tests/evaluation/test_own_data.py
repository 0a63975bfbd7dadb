from __future__ import annotations

from evaluation.data_check import complaints_about, test_lines
from evaluation.examples import training_examples


def test_the_training_data_keeps_its_rules() -> None:
    complaints = complaints_about(training_examples(), test_lines())

    assert not complaints, "\n".join(map(str, complaints))
