from __future__ import annotations

import numpy as np

from evaluation.data_likeness import leaks, paraphrases
from tests.evaluation.lines import example

ACROSS, UPWARD = [1.0, 0.0], [0.0, 1.0]
NEARLY_ACROSS = [0.95, float(np.sqrt(1 - 0.95**2))]
LONG, LONG_TOO = "my mum never knocks on doors", "mum does not ever knock first"


def test_two_lines_of_an_intent_that_mean_the_same_are_named_with_both_places() -> None:
    lines = [example(LONG, line=3), example("something else", line=4), example(LONG_TOO, line=9)]

    (complaint,) = paraphrases(lines, np.array([ACROSS, UPWARD, NEARLY_ACROSS]))

    assert complaint.place == "data/nlu/some.yml:9"
    assert "data/nlu/some.yml:3" in complaint.what


def test_likeness_across_intents_is_no_paraphrase() -> None:
    lines = [example(LONG, "say_no", 3), example(LONG_TOO, "set_boundary", 9)]

    assert not list(paraphrases(lines, np.array([ACROSS, NEARLY_ACROSS])))


def test_a_training_line_like_a_test_line_of_another_intent_is_a_leak() -> None:
    test = example(LONG_TOO, "set_boundary", 7, file="tests/nlu/held_out.yml")

    (complaint,) = leaks(
        [example(LONG, line=3)], np.array([ACROSS]), [test], np.array([NEARLY_ACROSS])
    )

    assert complaint.place == "data/nlu/some.yml:3"
    assert "tests/nlu/held_out.yml:7" in complaint.what
    assert "leave the test line alone" in complaint.remedy


def test_lines_of_three_words_may_stand_in_both_sets() -> None:
    test = example("yes please, do!", "affirm", 7, file="tests/nlu/held_out.yml")

    found = leaks([example("Yes please do", "affirm")], np.array([ACROSS]), [test], np.eye(2)[:1])

    assert not list(found)
