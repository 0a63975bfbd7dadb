from __future__ import annotations

import pytest

from evaluation.calibration import bins, expected_error
from evaluation.entity_scores import entity_scores
from evaluation.scores import by_class, macro_f1


def test_precision_and_recall_are_those_counted_by_hand() -> None:
    scores = by_class(["a", "a", "a", "b"], ["a", "a", "b", "b"])

    assert scores["a"].precision == 1.0
    assert scores["a"].recall == pytest.approx(2 / 3)
    assert scores["a"].f1 == pytest.approx(0.8)
    assert (scores["b"].precision, scores["b"].recall) == (0.5, 1.0)


def test_rare_intents_do_not_move_the_macro_figure() -> None:
    gold = ["a"] * 10 + ["rare"]

    assert macro_f1(by_class(gold, ["a"] * 10 + ["b"])) == 1.0


def test_wrong_answers_of_other_intents_cost_precision() -> None:
    scores = by_class(["a"] * 10 + ["b"] * 10, ["a"] * 20)

    assert scores["a"].f1 == pytest.approx(2 / 3)
    assert macro_f1(scores) == pytest.approx(1 / 3)


def test_who_is_as_sure_as_right_has_no_calibration_error() -> None:
    found = bins([0.75] * 4, [True, True, True, False])

    assert expected_error(found) == 0
    assert found[0].rows == 4


def test_overconfidence_is_the_gap_between_sure_and_right() -> None:
    found = bins([1.0, 1.0, 0.55, 0.55], [True, False, True, False])

    assert expected_error(found) == pytest.approx((2 * 0.5 + 2 * 0.05) / 4)


def test_an_entity_counts_when_its_very_words_are_found() -> None:
    marked = [[("time", "last night", "last night"), ("feeling", "sad", "sad")]]
    found = [[("time", "night", "night"), ("feeling", "Sad", "sad"), ("need", "rest", "rest")]]

    scores = entity_scores(marked, found, values=False)

    assert scores["feeling"].f1 == 1.0
    assert (scores["time"].right, scores["time"].found, scores["time"].rows) == (0, 1, 1)


def test_an_entity_found_twice_counts_once() -> None:
    marked = [[("rating", "7", "7")]]
    found = [[("rating", "7", "7"), ("rating", "7", "7")]]

    assert entity_scores(marked, found, values=True)["rating"].precision == 0.5


def test_a_right_word_with_a_wrong_value_counts_only_by_its_words() -> None:
    marked, found = [[("person_role", "mum", "parent")]], [[("person_role", "mum", "friend")]]

    assert entity_scores(marked, found, values=False)["person_role"].f1 == 1.0
    assert entity_scores(marked, found, values=True)["person_role"].f1 == 0.0
