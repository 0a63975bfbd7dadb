"""The encoder's upper half: the same as published before training, and better after it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from safetensors.numpy import load_file

from rasa_ext.bert_layers import UpperLayers
from rasa_ext.encoder import LOWER
from rasa_ext.encoder_tuning import Tuning, tuned_graph
from rasa_ext.message_features import FeatureReader, published
from rasa_ext.onnx_graph import upper_graph
from rasa_ext.sentence_model import SentenceModel, open_encoder, open_graph, shape_in
from rasa_ext.tuned_encoder import TunedEncoder

LINES = {
    "lend": [
        "my brother wants money again",
        "she asked me to pay her rent",
        "he needs cash until Friday",
        "can you spot me fifty, he said",
        "my cousin borrows and never pays",
        "they want a loan from me",
    ],
    "owe": [
        "I owe my brother money",
        "I still have not paid her back",
        "my rent is late and she paid it",
        "he gave me fifty and I spent it",
        "I borrowed from my cousin again",
        "I took a loan from them",
    ],
}
TEXTS = [text for lines in LINES.values() for text in lines]
LABELS = [label for label, lines in LINES.items() for _ in lines]
CONTEXT = ExecutionContext(GraphSchema({}), node_name="tuned")


@pytest.fixture(scope="module")
def encoder() -> SentenceModel:
    model = open_encoder()
    if model is None:
        pytest.fail("The sentence encoder is not installed: run `make setup`.")
    return model


def vectors(graph: bytes, encoder: SentenceModel, texts: list[str]) -> np.ndarray:
    lower, mask = encoder.lower(texts)
    return np.asarray(open_graph(graph).run(["features"], {"lower": lower, "mask": mask})[0])


def apart(rows: np.ndarray) -> float:
    """How much closer lines of one intent are than lines of two."""
    cosines = rows @ rows.T
    same = np.array([[one == other for other in LABELS] for one in LABELS])
    return float(cosines[same].mean() - cosines[~same].mean())


def test_before_training_the_upper_half_gives_the_published_vector(encoder: SentenceModel) -> None:
    weights = load_file(encoder.folder / "model.safetensors")
    graph = upper_graph(weights, shape_in(encoder.folder)).SerializeToString()
    np.testing.assert_allclose(
        vectors(graph, encoder, TEXTS), encoder.vectors(TEXTS)[:, :384], atol=1e-3
    )


def test_what_is_trained_computes_what_the_graph_computes(encoder: SentenceModel) -> None:
    layers = UpperLayers(load_file(encoder.folder / "model.safetensors"), shape_in(encoder.folder))
    lower, mask = encoder.lower(TEXTS)
    rows = layers.vectors(tf.constant(lower), tf.constant(mask.astype(np.float32)))
    # The graph rounds its weights to 8 bits, what is trained does not.
    cosines = (rows.numpy() * encoder.vectors(TEXTS)[:, :384]).sum(axis=-1)
    assert float(cosines.min()) > 0.999


def test_training_draws_lines_of_one_intent_together(encoder: SentenceModel) -> None:
    told: list[tuple[int, int]] = []
    how = Tuning(steps=30, batch=6)
    graph = tuned_graph(encoder, TEXTS, LABELS, how, lambda *now: told.append(now))
    before = apart(encoder.vectors(TEXTS)[:, :384])
    assert apart(vectors(graph, encoder, TEXTS)) > before + 0.1
    assert told[-1] == (30, 30)


def test_the_component_goes_on_where_the_encoder_stopped(
    encoder: SentenceModel, tmp_path: Path
) -> None:
    storage, place = LocalModelStorage.create(tmp_path), Resource("tuned")
    settings = {**TunedEncoder.get_default_config(), "steps": 2, "batch": 4}
    examples = [
        Message(data={"text": text, "intent": label})
        for text, label in zip(TEXTS, LABELS, strict=True)
    ]
    made = TunedEncoder.create(settings, storage, place, CONTEXT)
    made.train(TrainingData(examples))
    loaded = TunedEncoder.load(settings, storage, place, CONTEXT)
    loaded.process_training_data(TrainingData(examples))
    message = Message(data={"text": TEXTS[0], LOWER: encoder.read([TEXTS[0]])})
    loaded.process([message])
    (now,), (then,) = message.features, examples[0].features
    np.testing.assert_allclose(now.features, then.features, atol=2e-5)


def test_the_published_vector_stays_the_first_and_classifiers_see_both() -> None:
    from rasa.shared.nlu.training_data.features import Features

    def feature(value: float) -> Features:
        row = np.full((1, 2), value, np.float32)
        return Features(row, "sentence", "text", "somebody")

    message = Message(data={"text": "hi"}, features=[feature(1.0), feature(2.0)])
    first = published(message)
    assert first is not None
    assert first.tolist() == [1.0, 1.0]
    dense, _ = FeatureReader.learn([message], 0.7).read([message])
    assert dense.tolist() == [[1.0, 1.0, 2.0, 2.0]]
