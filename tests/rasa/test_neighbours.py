"""The nearest training lines as a second opinion."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rasa_ext.neighbours import LISTED, Neighbours
from rasa_ext.shortlist import Shortlist, is_worthwhile

LABELS = ["child", "child", "suicide", "greet", "greet"]
VECTORS = np.array([[1, 0.1], [1, 0.2], [0.9, -0.4], [-1, 0], [-1, 0.1]], dtype=np.float32)


@pytest.fixture(scope="module")
def neighbours() -> Neighbours:
    return Neighbours.learn(VECTORS, LABELS, count=3, sharpness=10.0)


def told(neighbours: Neighbours, *vector: float) -> dict[str, float]:
    (row,) = neighbours.shares(np.array([vector]))
    return dict(zip(neighbours.labels, row.tolist(), strict=True))


def test_nearer_lines_count_more_and_all_shares_make_one(neighbours: Neighbours) -> None:
    shares = told(neighbours, 1.0, 0.15)
    assert shares["child"] > shares["suicide"] > 0
    assert sum(shares.values()) == pytest.approx(1.0)


def test_lines_far_away_say_nothing(neighbours: Neighbours) -> None:
    assert told(neighbours, -1.0, 0.05)["greet"] > 0.99


def test_the_length_of_a_vector_does_not_matter(neighbours: Neighbours) -> None:
    assert told(neighbours, 1.0, 0.15) == pytest.approx(told(neighbours, 20.0, 3.0))


def test_fewer_lines_than_asked_for_are_enough() -> None:
    few = Neighbours.learn(VECTORS[:2], LABELS[:2], count=40, sharpness=10.0)
    assert told(few, 1.0, 0.1) == pytest.approx({"child": 1.0})


def test_few_lines_to_a_label_are_little_to_go_by(neighbours: Neighbours) -> None:
    many = Neighbours.learn(np.tile(VECTORS, (9, 1)), LABELS * 9, count=3, sharpness=10.0)
    assert many.enough == 1.0
    assert neighbours.enough == pytest.approx(5 / 3 / 3)


def test_what_was_saved_answers_the_same(neighbours: Neighbours, tmp_path: Path) -> None:
    neighbours.save(tmp_path / "near.npz")
    again = Neighbours.load(tmp_path / "near.npz")
    asked = np.array([[0.95, -0.2], [-0.5, 1.0]])
    assert again.labels == neighbours.labels
    assert again.shares(asked) == pytest.approx(neighbours.shares(asked), abs=0.01)


def test_among_many_lines_the_same_neighbours_are_found() -> None:
    chance = np.random.default_rng(3)
    lines = chance.normal(size=(3000, 384)).astype(np.float32)
    labels = [f"intent {number % 7}" for number in range(len(lines))]
    many = Neighbours.learn(lines, labels, count=80, sharpness=30.0)
    assert is_worthwhile(many.vectors, LISTED * many.count)
    asked = chance.normal(size=(20, 384)).astype(np.float32)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    nearest = np.argsort(-(asked @ many.vectors.T), axis=1)[:, : many.count]
    listed = Shortlist(many.vectors, LISTED * many.count).near(asked)
    for near, found in zip(nearest.tolist(), listed.tolist(), strict=True):
        assert set(near) <= set(found)
    for vector, row in zip(asked, many.shares(asked), strict=True):
        expected = many._share(many.vectors @ vector, many.columns)
        np.testing.assert_allclose(row, expected, atol=1e-6)


def test_few_lines_are_all_compared(neighbours: Neighbours) -> None:
    assert not is_worthwhile(neighbours.vectors, LISTED * neighbours.count)
