"""Without a sentence encoder Belay still learns, from n-grams alone, and says so loudly."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_ext import encoder as encoder_module
from rasa_ext.encoder import EncoderMissing, SentenceEncoder
from rasa_ext.message_features import FeatureReader, NothingToLearnFrom
from rasa_ext.sentence_model import open_encoder

RESOURCE = Resource("encoder")
CONTEXT = ExecutionContext(GraphSchema({}), node_name="encoder")
CONFIG = SentenceEncoder.get_default_config()


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path)


def counted(text: str, *counts: float) -> Message:
    message = Message(data={TEXT: text})
    if counts:
        row = scipy.sparse.csr_matrix(np.array([counts]))
        message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, "words"))
    return message


def test_training_without_an_encoder_warns_loudly_and_adds_nothing(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    storage: LocalModelStorage,
) -> None:
    monkeypatch.setattr(encoder_module, "open_encoder", lambda threads=1: None)
    with caplog.at_level(logging.WARNING):
        component = SentenceEncoder.create(CONFIG, storage, RESOURCE, CONTEXT)
    assert "NO SENTENCE ENCODER" in caplog.text
    assert "make setup" in caplog.text
    component.train(TrainingData())
    data = component.process_training_data(TrainingData([counted("hello")]))
    assert data.training_examples[0].features == []
    loaded = SentenceEncoder.load(CONFIG, storage, RESOURCE, CONTEXT)
    assert loaded.process([counted("hello")])[0].features == []


def test_a_model_trained_with_an_encoder_is_not_used_without_it(
    monkeypatch: pytest.MonkeyPatch, storage: LocalModelStorage
) -> None:
    if open_encoder() is None:
        pytest.fail("The sentence encoder is not installed: run `make setup`.")
    SentenceEncoder.create(CONFIG, storage, RESOURCE, CONTEXT).train(TrainingData())
    monkeypatch.setattr(encoder_module, "open_encoder", lambda threads=1: None)
    with pytest.raises(EncoderMissing, match="make setup"):
        SentenceEncoder.load(CONFIG, storage, RESOURCE, CONTEXT)


def test_features_are_read_from_n_grams_alone(tmp_path: Path) -> None:
    messages = [counted("a", 1, 0, 2), counted("b", 0, 1, 0)]
    reader = FeatureReader.learn(messages, scale=0.7)
    reader.save(tmp_path / "features.npz")
    dense, sparse = FeatureReader.load(tmp_path / "features.npz").read(messages)
    assert dense.shape == (2, 0)
    np.testing.assert_allclose(np.sqrt(sparse.multiply(sparse).sum(axis=1)), 0.7, rtol=1e-5)


def test_a_message_of_unknown_words_has_empty_features() -> None:
    reader = FeatureReader.learn([counted("a", 1, 0), counted("b", 0, 1)], scale=0.7)
    _, sparse = reader.read([counted("c", 0, 0)])
    assert sparse.nnz == 0


def test_a_pipeline_without_featurizers_is_named() -> None:
    with pytest.raises(NothingToLearnFrom, match="config.yml"):
        FeatureReader.learn([counted("a")], scale=0.7)
