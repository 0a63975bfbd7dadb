"""The tuning that is kept in git, and that it belongs to the encoder and the intents in use."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest

from rasa_ext.kept_tuning import BELONGS_TO, FILE, INTENTS, TunedHalf, kept_graph
from rasa_ext.low_rank import applied, difference
from rasa_ext.sentence_model import SentenceModel, open_encoder

CHANCE = np.random.default_rng(3)


@pytest.fixture(scope="module")
def encoder() -> SentenceModel:
    model = open_encoder()
    if model is None:
        pytest.fail("The sentence encoder is not installed: run `make setup`.")
    return model


def intents() -> list[str]:
    with np.load(FILE, allow_pickle=False) as stored:
        return [str(name) for name in stored[INTENTS]]


def test_a_change_of_few_directions_comes_back_whole() -> None:
    before = {"wide": CHANCE.normal(size=(20, 30)), "narrow": CHANCE.normal(size=20)}
    few = CHANCE.normal(size=(20, 3)) @ CHANCE.normal(size=(3, 30))
    after = {"wide": before["wide"] + few, "narrow": before["narrow"] + 1.0}

    found = applied(before, difference(before, after, rank=3))

    assert np.allclose(found["wide"], after["wide"], atol=0.02)
    assert np.allclose(found["narrow"], after["narrow"], atol=0.02)


def test_part_of_the_way_is_part_of_the_change() -> None:
    before, after = {"narrow": np.zeros(4)}, {"narrow": np.ones(4)}

    found = applied(before, difference(before, after, rank=1, share=0.25))

    assert np.allclose(found["narrow"], 0.25)


def test_weights_of_which_nothing_is_told_stay() -> None:
    before = {"wide": np.eye(2), "other": np.ones(2)}

    found = applied(before, difference({"wide": np.eye(2)}, {"wide": 2 * np.eye(2)}, rank=2))

    assert np.allclose(found["other"], 1.0)
    assert np.allclose(found["wide"], 2 * np.eye(2))


def test_danger_and_calm_in_like_words_lie_farther_apart(encoder: SentenceModel) -> None:
    graph = kept_graph(encoder, intents())
    assert graph is not None
    tuned = TunedHalf(encoder, graph)
    texts = [
        "everyone would be better off if I was gone",
        "they'd all be fine without me around any more",
        "everyone would be better off if I was gone on Friday, the party is too full",
    ]

    published = encoder.vectors(texts)[:, : tuned.vectors(texts).shape[1]]
    ours = tuned.vectors(texts)

    def nearer(vectors: np.ndarray) -> float:
        return float(vectors[0] @ vectors[1] - vectors[0] @ vectors[2])

    assert nearer(ours) > nearer(published)


def test_a_tuning_for_other_intents_is_left_out(encoder: SentenceModel) -> None:
    assert kept_graph(encoder, ["book_a_table", "cancel"]) is None


def test_an_intent_more_than_the_tuning_knew_does_no_harm(encoder: SentenceModel) -> None:
    assert kept_graph(encoder, [*intents(), "a_new_one"]) is not None


def test_the_weights_of_another_encoder_are_left_out(
    encoder: SentenceModel, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    foreign = tmp_path / FILE.name
    with np.load(FILE, allow_pickle=False) as stored:
        parts = {name: stored[name] for name in stored.files if name != BELONGS_TO}
    np.savez(foreign, **parts, **{BELONGS_TO: np.array("0" * 64)})

    with caplog.at_level(logging.WARNING):
        assert kept_graph(encoder, intents(), foreign) is None
    assert "another encoder" in caplog.text


def test_a_missing_file_is_said_with_its_remedy(
    encoder: SentenceModel, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert kept_graph(encoder, intents(), tmp_path / FILE.name) is None
    assert "fetch it from git" in caplog.text
