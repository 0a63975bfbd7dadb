"""A second sentence vector, from the encoder's upper half as trained on this project's intents."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_ext.embedding_cache import EmbeddingCache
from rasa_ext.encoder import LOWER, SentenceEncoder
from rasa_ext.kept_tuning import kept_graph, open_half
from rasa_ext.sentence_model import SentenceModel, open_encoder
from rasa_ext.settings import project_root

logger = logging.getLogger(__name__)

Array = np.ndarray[Any, Any]

_STORED = "upper.onnx"
# Stands beside it where it is the tuning that lies in git.
_KEPT = "kept"
TELL_EVERY = 16


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class TunedEncoder(DenseFeaturizer, GraphComponent):
    """Adds the vector of the tuned upper half, beside the one that SentenceEncoder adds.

    For this project's intents the tuning is kept in git (rasa_ext.kept_tuning); for any others it
    is done here, for a fixed number of steps.

    The lower half is shared: it was computed for the published vector anyway. Without an encoder
    nothing is added.
    """

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        storage: ModelStorage,
        resource: Resource,
        encoder: SentenceModel | None = None,
        graph: bytes = b"",
        kept: bool = False,
    ) -> None:
        """Create the featurizer, trained (``graph``) or about to be.

        Args:
            config: The settings.
            name: Of this component.
            storage: Where a model is written.
            resource: What of it is this component's.
            encoder: None where none is installed.
            graph: The tuned upper half; empty where there is none yet.
            kept: Whether it is the one in git, whose vectors are worth keeping.
        """
        super().__init__(name, config)
        self._storage = storage
        self._resource = resource
        self._encoder = encoder
        self._half = open_half(encoder, graph) if encoder and graph else None
        self._kept = kept

    @classmethod
    def required_components(cls) -> list[type]:
        """The encoder comes before."""
        return [SentenceEncoder]

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed."""
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Found on public intent data and the tuning half of real messages (decision 8)."""
        return {
            **DenseFeaturizer.get_default_config(),
            "steps": 64,
            "batch": 32,
            "rate": 2e-4,
            "sharpness": 15.0,
            "dropout": 0.1,
            "untrained": ["press", "press_step"],
        }

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Anything that Tuning takes will do."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TunedEncoder:
        """Open the encoder for training."""
        encoder = open_encoder()
        return cls(config, execution_context.node_name, model_storage, resource, encoder)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TunedEncoder:
        """Open the trained upper half; nothing where training had no encoder."""
        with model_storage.read_from(resource) as folder:
            graph = (folder / _STORED).read_bytes()
            kept = (folder / _KEPT).is_file()
        name = execution_context.node_name
        encoder = open_encoder() if graph else None
        return cls(config, name, model_storage, resource, encoder, graph, kept)

    def train(self, training_data: TrainingData) -> Resource:
        """Take the tuning that is kept for these intents, or tune the upper half on them."""
        graph, kept = self._trained(training_data) if self._encoder else (b"", False)
        with self._storage.write_to(self._resource) as folder:
            (folder / _STORED).write_bytes(graph)
            if kept:
                (folder / _KEPT).touch()
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors of all examples. Rasa does this with a component that it has loaded."""
        messages = [one for one in training_data.training_examples if one.get(TEXT)]
        if self._half is None or not messages:
            return training_data
        folder = project_root() / "models" if self._kept else None
        cache = EmbeddingCache(folder, self._half, of="tuned")
        vectors = cache.vectors([one.get(TEXT) for one in messages], _tell_read)
        for message, vector in zip(messages, vectors, strict=True):
            self._add(message, vector)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector to each message, going on from what the encoder left there."""
        for message in messages:
            read = message.data.get(LOWER)
            if self._half is not None and read is not None:
                self._add(message, self._half.upper(read.lower, read.mask)[0])
        return messages

    def _trained(self, training_data: TrainingData) -> tuple[bytes, bool]:
        examples = [
            one
            for one in training_data.intent_examples
            if one.get(TEXT) and one.get(INTENT) not in self._config["untrained"]
        ]
        assert self._encoder is not None
        kept = kept_graph(self._encoder, (one.get(INTENT) for one in examples))
        if kept is not None:
            return kept, True
        # TensorFlow is needed only here.
        from rasa_ext.encoder_tuning import Tuning, tuned_graph

        labels = [one.get(INTENT_RESPONSE_KEY) or one.get(INTENT) for one in examples]
        names = ("steps", "batch", "rate", "sharpness", "dropout")
        how = Tuning(**{name: self._config[name] for name in names})
        texts = [one.get(TEXT) for one in examples]
        return tuned_graph(self._encoder, texts, labels, how, _tell), False

    def _add(self, message: Message, vector: Array) -> None:
        self.add_features_to_message(
            sequence=None, sentence=vector.reshape(1, -1), attribute=TEXT, message=message
        )


def _tell(done: int, total: int) -> None:
    if done % TELL_EVERY == 0 or done == total:
        logger.info("tuning the encoder: %d of %d", done, total)


def _tell_read(done: int, total: int) -> None:
    if done == total:
        logger.info("reading lines by the tuned half: %d", total)
