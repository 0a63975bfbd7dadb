"""The encoder computes what the published network computes; the classifier learns rightly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.sparse
from rasa_process import ROOT
from safetensors.numpy import load_file
from scipy.special import erf
from sklearn.linear_model import LogisticRegression

from rasa_ext import sentence_model
from rasa_ext.embedding_cache import EmbeddingCache
from rasa_ext.sentence_model import EncoderUnusable, SentenceModel, alike, open_encoder
from rasa_ext.settings import SettingsError
from rasa_ext.softmax_regression import SoftmaxRegression, fit

SENTENCES = ["My mum drops by without calling.", "hi", "café ☕ naïve", "word " * 400]


@pytest.fixture(scope="module")
def encoder() -> SentenceModel:
    model = open_encoder()
    if model is None:
        pytest.fail("The sentence encoder is not installed: run `make setup`.")
    return model


def by_numpy(ids: list[int], weights: Any) -> list[np.ndarray[Any, Any]]:
    """BERT written down once more, straight from its definition: the state after each layer."""

    def norm(x: Any, name: str) -> Any:
        centred = x - x.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        return centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def linear(x: Any, name: str) -> Any:
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][: len(ids)]
    x = norm(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    states = []
    for layer in range(6):
        name = f"encoder.layer.{layer}"
        parts = [linear(x, f"{name}.attention.self.{p}") for p in ("query", "key", "value")]
        q, k, v = (part.reshape(len(ids), 12, 32).transpose(1, 0, 2) for part in parts)
        scores = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(32))
        seen = scores / scores.sum(-1, keepdims=True) @ v
        told = linear(
            seen.transpose(1, 0, 2).reshape(len(ids), 384), f"{name}.attention.output.dense"
        )
        x = norm(x + told, f"{name}.attention.output.LayerNorm")
        inner = linear(x, f"{name}.intermediate.dense")
        inner = inner * 0.5 * (1 + erf(inner / np.sqrt(2)))
        x = norm(x + linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")
        states.append(x)
    return states


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> SentenceModel:
    root = tmp_path_factory.mktemp("exact")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BELAY_ROOT", str(root))
        patch.setenv("ENCODER_INT8", "0")
        model = open_encoder()
    assert model is not None
    return model


def test_the_exact_graph_agrees_with_numpy(exact: SentenceModel) -> None:
    weights = load_file(exact.folder / "model.safetensors")
    for row, sentence in zip(exact.vectors(SENTENCES), SENTENCES, strict=True):
        states = by_numpy(exact._ids(sentence), weights)
        means = [states[layer - 1].mean(axis=0) for layer in (6, 4, 2)]
        expected = np.concatenate([mean / np.linalg.norm(mean) for mean in means])
        np.testing.assert_allclose(row, expected, atol=2e-5)


def test_a_sentence_is_the_same_alone_and_among_longer_ones(encoder: SentenceModel) -> None:
    together = encoder.vectors(SENTENCES)
    alone = np.concatenate([encoder.vectors([sentence]) for sentence in SENTENCES])
    np.testing.assert_allclose(together, alone, atol=2e-5)


def test_the_end_of_a_long_text_is_read(encoder: SentenceModel) -> None:
    calm, danger = encoder.vectors(["fine " * 600 + ".", "fine " * 600 + "I want to die."])
    assert float(np.abs(calm - danger).max()) > 0.01


def test_vectors_of_training_are_kept_without_their_texts(
    encoder: SentenceModel, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    cache = EmbeddingCache(tmp_path, encoder)
    first = cache.vectors(SENTENCES, lambda done, total: told.append((done, total)))
    again = cache.vectors(SENTENCES[::-1], lambda *_: pytest.fail("computed again"))
    np.testing.assert_array_equal(first, again[::-1])
    assert told[-1] == (4, 4)
    (file,) = tmp_path.iterdir()
    assert b"drops" not in file.read_bytes()


def test_a_broken_cache_is_made_anew(encoder: SentenceModel, tmp_path: Path) -> None:
    (tmp_path / f"embeddings-{encoder.identity}.npz").write_bytes(b"broken")
    vectors = EmbeddingCache(tmp_path, encoder).vectors(["hi"], lambda *_: None)
    np.testing.assert_allclose(vectors, encoder.vectors(["hi"]), atol=1e-6)


def test_a_folder_without_weights_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ENCODER_PATH", str(tmp_path))
    with pytest.raises(EncoderUnusable, match="lacks model.safetensors"):
        open_encoder()


def test_weights_that_differ_from_the_published_ones_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(EncoderUnusable, match="make setup"):
        sentence_model._build(tmp_path, sentence_model.PACKAGE_SHA256, tmp_path / "graph.onnx")
    assert not (tmp_path / "graph.onnx").exists()


def test_a_damaged_graph_is_built_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    for path in (ROOT / "models").glob("encoder-*.sha256"):
        (tmp_path / "models" / path.name).write_bytes(path.read_bytes())
        (tmp_path / "models" / path.name.removesuffix(".sha256")).write_bytes(b"cut off")
    monkeypatch.setenv("BELAY_ROOT", str(tmp_path))
    model = open_encoder()
    assert model is not None
    assert model.vectors(["hi"]).shape == (1, 3 * 384)


def test_eight_bits_say_the_same_within_a_thousandth(
    encoder: SentenceModel, exact: SentenceModel
) -> None:
    assert encoder.identity == f"{exact.identity}-int8"
    texts = [*SENTENCES, "he shouted at me in front of everyone", "idk wat 2 do", "?", "8"]
    near, right = (model.vectors(texts).reshape(len(texts), 3, -1) for model in (encoder, exact))
    assert float((near * right).sum(axis=-1).min()) > 0.999


def test_texts_of_one_length_are_read_together_and_every_text_once() -> None:
    groups = alike([30, 4, 5, 29, 28, 4])
    assert groups == [[0, 3, 4], [2, 1, 5]]
    assert alike([7]) == [[0]]


def test_eight_bits_are_asked_for_with_one_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENCODER_INT8", "yes")
    with pytest.raises(SettingsError, match="ENCODER_INT8"):
        open_encoder()


def test_the_classifier_learns_what_scikit_learn_learns(tmp_path: Path) -> None:
    chance = np.random.default_rng(7)
    dense = chance.normal(size=(300, 20)).astype(np.float32)
    sparse = scipy.sparse.random(300, 40, density=0.2, random_state=7, format="csr")
    labels = [str(label) for label in (dense[:, :4] + chance.normal(size=(300, 4))).argmax(axis=1)]
    ours = fit(dense, sparse, labels, strength=3.0, steps=500)
    theirs = LogisticRegression(C=3.0, max_iter=2000, tol=1e-6)
    both = np.hstack([dense, sparse.toarray()])
    expected = theirs.fit(both, labels).predict_proba(both)
    np.testing.assert_allclose(ours.probabilities(dense, sparse), expected, atol=0.01)
    ours.save(tmp_path / "model.npz")
    loaded = SoftmaxRegression.load(tmp_path / "model.npz")
    assert loaded.labels == ours.labels
    np.testing.assert_allclose(
        loaded.probabilities(dense, sparse), ours.probabilities(dense, sparse), atol=0.01
    )
