"""Without a sentence encoder Belay still learns, from n-grams alone, and says so loudly."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_ext import encoder as encoder_module
from rasa_ext.encoder import EncoderMissing, SentenceEncoder
from rasa_ext.message_features import FeatureReader
from rasa_ext.sentence_model import open_encoder

RESOURCE = Resource("encoder")
CONTEXT = ExecutionContext(GraphSchema({}), node_name="encoder")
CONFIG = SentenceEncoder.get_default_config()


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path)


def typed(text: str) -> Message:
    return Message(data={TEXT: text})


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
    data = component.process_training_data(TrainingData([typed("hello")]))
    assert data.training_examples[0].features == []
    loaded = SentenceEncoder.load(CONFIG, storage, RESOURCE, CONTEXT)
    assert loaded.process([typed("hello")])[0].features == []


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
    messages = [typed("my sister rings"), typed("my brother rings me"), typed("my dad")]
    reader = FeatureReader.learn(messages, scale=0.7)
    reader.save(tmp_path)
    dense, sparse = FeatureReader.load(tmp_path).read(messages)
    assert dense.shape == (3, 0)
    # Words and letters each have the length that was asked for.
    lengths = np.sqrt(np.asarray(sparse.multiply(sparse).sum(axis=1))).ravel()
    np.testing.assert_allclose(lengths, 0.7 * np.sqrt(2), rtol=1e-5)


def test_a_message_of_unknown_words_has_empty_features() -> None:
    reader = FeatureReader.learn([typed("my sister"), typed("my brother")], scale=0.7)
    _, sparse = reader.read([typed("qqq")])
    assert sparse.nnz == 0
