"""The model layer of safety: fires when danger is likely enough, whatever else is likelier.

The floor, which runs in Belay before any of this, catches what is said outright. This layer is for
what is said around corners. It reads a message in pieces, so that one line at the end of a long
story counts as much as if it stood alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_ext.encoder import LOWER
from rasa_ext.kept_tuning import kept_graph, open_half
from rasa_ext.lower_states import KEPT
from rasa_ext.message_features import published
from rasa_ext.message_features import tuned as one_tuned
from rasa_ext.safety_head import SAFETY_PREFIX, SafetyHead, labels_of, mean_of
from rasa_ext.safety_head_windows import Window, windows_of
from rasa_ext.safety_vectors import Reader, SafetyVectors
from rasa_ext.safety_verdict import CHECK_TIER, Finding, judge
from rasa_ext.sentence_model import open_encoder
from rasa_ext.spelling import open_spelling

logger = logging.getLogger(__name__)

SAFETY = "safety"
Array = np.ndarray[Any, Any]
_TUNED_GRAPH = "tuned.onnx"
# A piece of a message, and how likely it is each kind of danger.
Heard = tuple[Window, dict[str, float]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyLayer(GraphComponent, IntentClassifier):
    """Sets ``safety`` on each message, and the intent where it fires."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        head: SafetyHead | None = None,
        vectors: Reader | None = None,
    ) -> None:
        """Create the layer, trained or not; without vectors it hears by the words alone."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._head = head
        self._vectors = vectors

    @classmethod
    def required_components(cls) -> list[type]:
        """Featurizers must come before; the classifier too, which Rasa does not let us demand."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Decisions 9 and 11: folds of data/nlu, and benchmarks/safety's development half."""
        return {
            "check": 0.65,
            "care": 0.52,
            "eased": 0.91,
            "child_in_exercise": 0.87,
            "strength": 5.0,
            "steps": 50,
            "ngram_scale": 1.0,
            "neighbours": 80,
            "sharpness": 30.0,
            "enough": 120,
            "untrained": ["press", "press_step"],
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyLayer:
        """Create an untrained layer."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SafetyLayer:
        """Load a trained layer."""
        with model_storage.read_from(resource) as folder:
            head = SafetyHead.load(folder)
            stored = folder / _TUNED_GRAPH
            graph = stored.read_bytes() if stored.is_file() else None
        encoder = open_encoder() if head.width else None
        if encoder is None:
            return cls(config, model_storage, resource, head)
        tuned = open_half(encoder, graph) if graph else None
        return cls(config, model_storage, resource, head, SafetyVectors(encoder, tuned))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn danger from the safety intents, and calm from all others."""
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(TEXT) and example.get(INTENT) not in self._config["untrained"]
        ]
        texts = [example.get(TEXT) for example in examples]
        labels = labels_of([example.get(INTENT) for example in examples], self._config["enough"])
        found = [published(example) for example in examples]
        vectors = [vector for vector in found if vector is not None]
        rows = np.stack(vectors) if texts and len(vectors) == len(texts) else None
        tuned, graph = None, None
        if any(label.startswith(SAFETY_PREFIX) for label in labels):
            if rows is not None and self._vectors is None:
                graph = self._open_encoders(example.get(INTENT) for example in examples)
            texts, labels, rows = self._with_second_readings(texts, labels, rows)
            if rows is not None and self._vectors is not None:
                left = [one_tuned(example) for example in examples] if graph else []
                known = [row for row in left if row is not None]
                tuned = self._tuned(texts, known if len(known) == len(examples) else [])
        KEPT.forget()
        logger.info("learning danger from %d lines", len(texts))
        head = SafetyHead.learn(
            texts,
            labels,
            rows,
            tuned,
            strength=self._config["strength"],
            steps=self._config["steps"],
            scale=self._config["ngram_scale"],
            count=self._config["neighbours"],
            sharpness=self._config["sharpness"],
        )
        with self._storage.write_to(self._resource) as folder:
            head.save(folder)
            if graph:
                (folder / _TUNED_GRAPH).write_bytes(graph)
        self._head = head
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Judge each message."""
        for message, pieces in zip(messages, self.read(messages), strict=True):
            finding = judge(
                pieces,
                check=self._config["check"],
                care=self._config["care"],
                eased_from=self._config["eased"],
                eased=_eased(message),
                child_from=self._config["child_in_exercise"] if _in_exercise(message) else 0.0,
            )
            settle(message, finding)
            message.data.pop(LOWER, None)
        return messages

    def read(self, messages: Sequence[Message]) -> list[list[Heard]]:
        """For each message its pieces, each with how likely it is each kind of danger."""
        if self._head is None:
            raise RuntimeError("the safety layer is not trained: run `make train`")
        if not self._head.knows_danger:
            return [[] for _ in messages]
        pieces = [readings_of(str(message.get(TEXT) or "")) for message in messages]
        texts = list(
            dict.fromkeys(text for some in pieces for _, readings in some for text in readings)
        )
        if not texts:
            return [[] for _ in messages]
        rows, tuned = self._vectors.of(messages, texts) if self._vectors else (None, None)
        told = dict(zip(texts, self._head.dangers(texts, rows, tuned), strict=True))
        return [
            [(window, mean_of([told[text] for text in readings])) for window, readings in some]
            for some in pieces
        ]

    def _open_encoders(self, intents: Iterable[str]) -> bytes | None:
        """Open the encoders for training; the graph of the tuned half, if there is one."""
        encoder = open_encoder()
        assert encoder is not None
        graph = kept_graph(encoder, intents)
        tuned = open_half(encoder, graph) if graph else None
        self._vectors = SafetyVectors(encoder, tuned)
        return graph

    def _tuned(self, texts: list[str], left: Sequence[Array]) -> Array | None:
        """Rows of the tuned encoder; those of the first texts were left by TunedEncoder."""
        assert self._vectors is not None
        more = texts[len(left) :]
        found = self._vectors.tuned(more, _tell) if more or not left else None
        parts = [part for part in (np.stack(left) if left else None, found) if part is not None]
        return np.concatenate(parts) if parts else None

    def _with_second_readings(
        self, texts: list[str], labels: list[str], rows: Array | None
    ) -> tuple[list[str], list[str], Array | None]:
        """Training lines that are spelled oddly count as they are and once more written out."""
        again = [
            (meant, label)
            for text, label in zip(texts, labels, strict=True)
            for meant in spellings_of(text)[1:]
        ]
        more = [text for text, _ in again]
        if more and rows is not None and self._vectors is not None:
            rows = np.concatenate([rows, self._vectors.written_out(more, _tell)])
        return [*texts, *more], [*labels, *(label for _, label in again)], rows


def readings_of(text: str) -> list[tuple[Window, list[str]]]:
    """The pieces of a text, each with its readings: as typed and, where that differs, as meant."""
    # A bare "8" is a rating, whatever ages stand in the training lines.
    return [
        (window, spellings_of(window.text))
        for window in windows_of(text)
        if any(sign.isalpha() for sign in window.text)
    ]


def spellings_of(text: str) -> list[str]:
    """A text as it was typed and, where that is something else, written out."""
    return list(dict.fromkeys([text, open_spelling().written_out(text)]))


def _tell(done: int, total: int) -> None:
    if done == total:
        logger.info("reading lines for danger: %d", total)


def settle(message: Message, finding: Finding) -> None:
    """Put a verdict on a message, and let its intent agree with it."""
    message.set(SAFETY, finding.as_dict(), add_to_output=True)
    chosen = str((message.get(INTENT) or {}).get(INTENT_NAME_KEY))
    if finding.tier == CHECK_TIER:
        intent = {INTENT_NAME_KEY: finding.route, PREDICTED_CONFIDENCE_KEY: finding.danger}
        message.set(INTENT, intent, add_to_output=True)
    elif chosen.startswith(SAFETY_PREFIX):
        # Danger is possible, but not likely enough to ask: what else it says is answered.
        ranking = message.get(INTENT_RANKING_KEY) or []
        message.set(INTENT, likeliest_calm(ranking), add_to_output=True)


def likeliest_calm(ranking: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The likeliest intent that is no danger."""
    return dict(next(one for one in ranking if not one[INTENT_NAME_KEY].startswith(SAFETY_PREFIX)))


def _in_exercise(message: Message) -> bool:
    """Whether the message answers a step."""
    state = (message.get("metadata") or {}).get("state") or {}
    return bool(state.get("exercise"))


def _eased(message: Message) -> list[str]:
    """What the floor found denied, long past or told of others, in the client's words."""
    state = (message.get("metadata") or {}).get("state") or {}
    return list(state.get("eased") or ())


__all__ = ["CHECK_TIER", "SAFETY", "SAFETY_PREFIX", "SafetyLayer", "readings_of", "settle"]
