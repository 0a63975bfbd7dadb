"""The safety layer in a pipeline: it learns danger, and lets the intent agree with its verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_ext.safety_head import OTHERS, labels_of
from rasa_ext.safety_layer import SafetyLayer
from rasa_ext.sentence_model import SentenceModel, open_encoder
from rasa_ext.word_reader import plain

CONTEXT = ExecutionContext(GraphSchema({}))
LINES = {
    "safety_suicide": [
        "I don't want to wake up tomorrow",
        "every night I think about how to end it",
        "they would be better off if I was gone",
        "I have written the letters and I am ready to die",
        "I can't see any reason to stay alive",
        "some days I stand too close to the train",
    ],
    "safety_abuse_now": [
        "he pushed me against the wall again",
        "she throws things at me when she drinks",
        "my husband choked me on Saturday",
        "I hide in the bathroom when he comes home",
        "my ex waits outside my house at night",
        "he hits me when dinner is late",
    ],
    "set_boundary": [
        "my mum rings me four times a day",
        "he never asks before he borrows the car",
        "my boss texts me on Sundays",
        "she lets herself in with the spare key",
        "my flatmate uses my towels",
        "they invite themselves for dinner",
    ],
    "express_feeling": [
        "I feel so low since she moved to Canada",
        "we broke up on Tuesday and I'm sad",
        "this week was hard and I'm tired",
        "I miss my dad, he died in spring",
        "I'm lonely in this new town",
        "the traffic is killing me",
    ],
    "greet": ["hello", "good morning", "hi there"],
}


@pytest.fixture(scope="module")
def encoder() -> SentenceModel:
    model = open_encoder()
    if model is None:
        pytest.fail("The sentence encoder is not installed: run `make setup`.")
    return model


def featurized(text: str, encoder: SentenceModel | None, **data: Any) -> Message:
    message = Message(data={"text": text, **data})
    if encoder is not None:
        row = encoder.vectors([text])
        message.add_features(Features(np.asarray(row), "sentence", "text", "SentenceEncoder"))
    return message


def trained(
    folder: Path, encoder: SentenceModel | None, lines: dict[str, list[str]]
) -> SafetyLayer:
    """A layer that learned from these lines, loaded from what it stored."""
    settings = {**SafetyLayer.get_default_config(), "enough": 4}
    storage = LocalModelStorage.create(folder)
    examples = [
        featurized(text, encoder, intent=intent)
        for intent, texts in lines.items()
        for text in texts
    ]
    made = SafetyLayer.create(settings, storage, Resource("safety"), CONTEXT)
    made.train(TrainingData(examples))
    return SafetyLayer.load(settings, storage, Resource("safety"), CONTEXT)


@pytest.fixture(scope="module")
def layer(encoder: SentenceModel, tmp_path_factory: pytest.TempPathFactory) -> SafetyLayer:
    return trained(tmp_path_factory.mktemp("layer"), encoder, LINES)


def read(layer: SafetyLayer, encoder: SentenceModel | None, text: str, **state: Any) -> Message:
    ranking = [
        {"name": "safety_suicide", "confidence": 0.6},
        {"name": "express_feeling", "confidence": 0.4},
    ]
    message = featurized(
        text, encoder, intent=dict(ranking[0]), intent_ranking=ranking, metadata={"state": state}
    )
    layer.process([message])
    return message


def test_danger_is_recognised_in_words_that_were_not_learned(
    layer: SafetyLayer, encoder: SentenceModel
) -> None:
    message = read(layer, encoder, "I wish I would never wake up and stop being alive")
    assert message.get("safety")["tier"] == 2
    assert message.get("intent")["name"] == "safety_suicide"


def test_an_ordinary_message_is_left_alone_whatever_the_classifier_thought(
    layer: SafetyLayer, encoder: SentenceModel
) -> None:
    message = read(layer, encoder, "my sister rings me every day at work")
    assert message.get("safety")["tier"] == 0
    assert message.get("intent")["name"] == "express_feeling"


def test_many_messages_are_read_as_each_by_itself(
    layer: SafetyLayer, encoder: SentenceModel
) -> None:
    texts = ["i wanna dye. nobody wud miss me", "8", "my sister rings me every day", "8"]
    messages = [featurized(text, encoder) for text in texts]
    together = layer.read(messages)
    for message, heard in zip(messages, together, strict=True):
        (alone,) = layer.read([message])
        assert [window for window, _ in heard] == [window for window, _ in alone]
        for (_, dangers), (_, by_itself) in zip(heard, alone, strict=True):
            assert dangers == pytest.approx(by_itself, abs=1e-4)
    assert [len(heard) for heard in together] == [2, 0, 1, 0]


@pytest.mark.parametrize("text", ["8", "10.", " 7 / 10", "👍"])
def test_what_holds_no_word_is_no_danger(
    layer: SafetyLayer, encoder: SentenceModel, text: str
) -> None:
    assert read(layer, encoder, text).get("safety")["tier"] == 0


def test_a_crisis_line_at_the_end_of_a_long_message_counts(
    layer: SafetyLayer, encoder: SentenceModel
) -> None:
    story = "My boss texts me on Sundays and my flatmate uses my towels. " * 12
    assert read(layer, encoder, story).get("safety")["tier"] == 0
    message = read(layer, encoder, story + "I don't want to wake up tomorrow.")
    assert message.get("safety")["tier"] == 2


def test_words_that_the_floor_eased_are_asked_about_only_when_it_is_almost_sure(
    layer: SafetyLayer, encoder: SentenceModel
) -> None:
    text = "once my cousin pushed me into a pool"
    strict = read(layer, encoder, text)
    eased = read(layer, encoder, text, eased=["pushed me"])
    assert strict.get("safety")["tier"] == 2
    assert eased.get("safety")["tier"] == 1


def test_without_an_encoder_it_works_on_words_alone(tmp_path: Path) -> None:
    layer = trained(tmp_path, None, LINES)
    assert read(layer, None, "he choked me and pushed me").get("safety")["tier"] >= 1
    assert read(layer, None, "good morning").get("safety")["tier"] == 0


def test_a_project_without_safety_intents_is_never_disturbed(
    encoder: SentenceModel, tmp_path: Path
) -> None:
    calm = {name: lines for name, lines in LINES.items() if not name.startswith("safety_")}
    layer = trained(tmp_path, encoder, calm)
    message = read(layer, encoder, "I don't want to wake up tomorrow")
    assert message.get("safety") == {"tier": 0, "route": None, "layer": None, "rule": None}


def test_an_untrained_layer_says_what_to_do(tmp_path: Path) -> None:
    storage = LocalModelStorage.create(tmp_path)
    layer = SafetyLayer.create(SafetyLayer.get_default_config(), storage, Resource("x"), CONTEXT)
    with pytest.raises(RuntimeError, match="make train"):
        layer.process([Message(data={"text": "hello"})])


def test_small_calm_intents_count_as_one_and_dangers_never_do() -> None:
    intents = ["greet", "faq/what_is", "faq/why", "safety_child"]
    assert labels_of(intents, enough=2) == [OTHERS, "calm_faq", "calm_faq", "safety_child"]


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("I\u2019m SOOOO done", "im soo done"),
        ("ki\u200bll", "kill"),
        ("caf\u00e9", "cafe"),
        ("im 15", "im youngnumber"),
        ("I'm 45", "im longnumber"),
    ],
)
def test_words_are_read_in_a_plain_form(typed: str, read_as: str) -> None:
    assert plain(typed) == read_as
