"""The model layer of safety: fires when danger is likely enough, whatever else is likelier.

The floor, which runs in Belay before any of this, catches what is said outright. This layer is for
what is said around corners. It reads a message in pieces, so that one line at the end of a long
story counts as much as if it stood alone.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
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

from rasa_ext.embedding_cache import EmbeddingCache
from rasa_ext.message_features import published
from rasa_ext.safety_head import SAFETY_PREFIX, SafetyHead, labels_of, mean_of
from rasa_ext.safety_head_windows import Window, windows_of
from rasa_ext.safety_verdict import CHECK_TIER, Finding, judge
from rasa_ext.sentence_model import SentenceModel, open_encoder
from rasa_ext.settings import project_root
from rasa_ext.spelling import open_spelling

logger = logging.getLogger(__name__)

SAFETY = "safety"
Array = np.ndarray[Any, Any]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyLayer(GraphComponent, IntentClassifier):
    """Sets ``safety`` on each message, and the intent where it fires."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        head: SafetyHead | None = None,
        encoder: SentenceModel | None = None,
    ) -> None:
        """Create the layer, trained or not. Untrained it needs no encoder."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._head = head
        self._encoder = encoder

    @classmethod
    def required_components(cls) -> list[type]:
        """Featurizers must come before; the classifier too, which Rasa does not let us demand."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Found by 5-fold cross-validation on data/nlu (docs/decisions/0009)."""
        return {
            "check": 0.55,
            "care": 0.45,
            "eased": 0.9,
            "child_in_exercise": 0.85,
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
        return cls(config, model_storage, resource, head, open_encoder() if head.width else None)

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
        if any(label.startswith(SAFETY_PREFIX) for label in labels):
            texts, labels, rows = _with_second_readings(texts, labels, rows)
        logger.info("learning danger from %d lines", len(texts))
        head = SafetyHead.learn(
            texts,
            labels,
            rows,
            strength=self._config["strength"],
            steps=self._config["steps"],
            scale=self._config["ngram_scale"],
            count=self._config["neighbours"],
            sharpness=self._config["sharpness"],
        )
        with self._storage.write_to(self._resource) as folder:
            head.save(folder)
        self._head = head
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Judge each message."""
        for message in messages:
            finding = judge(
                self._read(message),
                check=self._config["check"],
                care=self._config["care"],
                eased_from=self._config["eased"],
                eased=_eased(message),
                child_from=self._config["child_in_exercise"] if _in_exercise(message) else 0.0,
            )
            settle(message, finding)
        return messages

    def _read(self, message: Message) -> list[tuple[Window, dict[str, float]]]:
        if self._head is None:
            raise RuntimeError("the safety layer is not trained: run `make train`")
        if not self._head.knows_danger:
            return []
        # A bare "8" is a rating, whatever ages stand in the training lines.
        windows = [
            window
            for window in windows_of(str(message.get(TEXT) or ""))
            if any(sign.isalpha() for sign in window.text)
        ]
        if not windows:
            return []
        spelling = open_spelling()
        readings = [
            list(dict.fromkeys([window.text, spelling.written_out(window.text)]))
            for window in windows
        ]
        texts = list(dict.fromkeys(text for some in readings for text in some))
        told = dict(
            zip(texts, self._head.dangers(texts, self._vectors(message, texts)), strict=True)
        )
        return [
            (window, mean_of([told[text] for text in some]))
            for window, some in zip(windows, readings, strict=True)
        ]

    def _vectors(self, message: Message, texts: Sequence[str]) -> Array | None:
        whole = published(message)
        if self._encoder is None or whole is None:
            return None
        rows = {message.get(TEXT): whole}
        others = [text for text in texts if text not in rows]
        if others:
            rows.update(zip(others, self._encoder.vectors(others), strict=True))
        return np.stack([rows[text] for text in texts])


def _with_second_readings(
    texts: list[str], labels: list[str], rows: Array | None
) -> tuple[list[str], list[str], Array | None]:
    """Training lines that are spelled oddly count as they are and once more written out."""
    spelling = open_spelling()
    again = [
        (meant, label)
        for text, label in zip(texts, labels, strict=True)
        if (meant := spelling.written_out(text)) != text
    ]
    if not again:
        return texts, labels, rows
    if rows is not None:
        encoder = open_encoder()
        assert encoder is not None
        cache = EmbeddingCache(project_root() / "models", encoder, of="written-out")
        more = cache.vectors([text for text, _ in again], _tell)
        rows = np.concatenate([rows, more])
    return [*texts, *(text for text, _ in again)], [*labels, *(label for _, label in again)], rows


def _tell(done: int, total: int) -> None:
    if done == total:
        logger.info("reading lines as they are meant: %d", total)


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


def danger_in(ranking: Sequence[Mapping[str, Any]]) -> float:
    """How likely the classifier of intents alone finds any of the dangers."""
    return sum(
        float(entry[PREDICTED_CONFIDENCE_KEY])
        for entry in ranking
        if entry[INTENT_NAME_KEY].startswith(SAFETY_PREFIX)
    )


def _in_exercise(message: Message) -> bool:
    """Whether the message answers a step."""
    state = (message.get("metadata") or {}).get("state") or {}
    return bool(state.get("exercise"))


def _eased(message: Message) -> list[str]:
    """What the floor found denied, long past or told of others, in the client's words."""
    state = (message.get("metadata") or {}).get("state") or {}
    return list(state.get("eased") or ())


__all__ = ["CHECK_TIER", "SAFETY", "SAFETY_PREFIX", "SafetyLayer", "danger_in", "settle"]
