"""Intents, with sub-answers of faq and aside: softmax regression over encoder and n-grams.

Beside it the nearest training lines are asked (``rasa_ext.neighbours``), and both count.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import (
    FULL_RETRIEVAL_INTENT_NAME_KEY,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    INTENT_RESPONSE_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_ext.message_features import Array, FeatureReader, sentence_vectors
from rasa_ext.neighbours import Neighbours
from rasa_ext.softmax_regression import SoftmaxRegression, fit

logger = logging.getLogger(__name__)

# The answers of faq and aside are Belay's (content/faq, content/replies), so Rasa need not warn
# that it has neither responses nor a response selector for them.
warnings.filterwarnings("ignore", message=r"Your training data contains an example '(?s:.)*for the")
warnings.filterwarnings("ignore", message="You have defined training data with examples for trai")

Ranking = list[dict[str, Any]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceIntentClassifier(IntentClassifier, GraphComponent):
    """Finds the intent and ranks the others.

    It learns each sub-answer (``faq/what_is``) as a class of its own. The intent ``faq`` is as
    likely as its sub-answers together, and names the likeliest of them.
    """

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        reader: FeatureReader | None = None,
        model: SoftmaxRegression | None = None,
        neighbours: Sequence[Neighbours] = (),
    ) -> None:
        """Create the classifier, trained or not; one set of neighbours for each encoder."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._reader = reader
        self._model = model
        self._neighbours = tuple(neighbours)

    @classmethod
    def required_components(cls) -> list[type]:
        """Featurizers must come before."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Found by 5-fold cross-validation on data/nlu; what neighbours add, see decision 10."""
        return {
            "strength": 10.0,
            "steps": 60,
            "ngram_scale": 0.7,
            "temperature": 0.95,
            # How much the opinion of the neighbours counts, how many are asked, and how much
            # more a nearer one counts.
            "neighbour_share": 0.67,
            "neighbours": 80,
            "sharpness": 30.0,
            "untrained": ["press", "press_step"],
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceIntentClassifier:
        """Create an untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceIntentClassifier:
        """Load a trained classifier."""
        with model_storage.read_from(resource) as folder:
            reader = FeatureReader.load(folder)
            model = SoftmaxRegression.load(folder / "intents.npz")
            near = [Neighbours.load(file) for file in sorted(folder.glob("neighbours-*.npz"))]
        return cls(config, model_storage, resource, reader, model, near)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples."""
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(TEXT) and example.get(INTENT) not in self._config["untrained"]
        ]
        labels = [example.get(INTENT_RESPONSE_KEY) or example.get(INTENT) for example in examples]
        logger.info("learning %d intents from %d examples", len(set(labels)), len(labels))
        reader = FeatureReader.learn(examples, self._config["ngram_scale"])
        dense, sparse = reader.read(examples)
        model = fit(
            dense,
            sparse,
            labels,
            strength=self._config["strength"],
            steps=self._config["steps"],
        )
        near = self._nearest(examples, labels)
        with self._storage.write_to(self._resource) as folder:
            reader.save(folder)
            model.save(folder / "intents.npz")
            for number, one in enumerate(near):
                one.save(folder / f"neighbours-{number}.npz")
        self._reader, self._model, self._neighbours = reader, model, tuple(near)
        return self._resource

    def _nearest(self, examples: Sequence[Message], labels: Sequence[str]) -> list[Neighbours]:
        """One set of neighbours for each encoder, none where examples have no vectors."""
        rows = [sentence_vectors(example) for example in examples]
        if self._config["neighbour_share"] == 0 or not all(rows):
            return []
        count, sharpness = self._config["neighbours"], self._config["sharpness"]
        return [
            Neighbours.learn(np.stack(vectors), labels, count=count, sharpness=sharpness)
            for vectors in zip(*rows, strict=True)
        ]

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of each message."""
        if self._reader is None or self._model is None:
            raise RuntimeError("the classifier is not trained: run `make train`")
        for message in messages:
            probabilities = self._model.probabilities(*self._reader.read([message]))[0]
            probabilities = self._with_neighbours(probabilities, message)
            calm = cooled(probabilities, self._config["temperature"])
            ranking = ranked(self._model.labels, calm)
            message.set(INTENT, dict(ranking[0]), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _with_neighbours(self, probabilities: Array, message: Message) -> Array:
        """Both opinions; inside an exercise the regression decides alone.

        What steers an exercise is short and has few lines: most of its neighbours are of others.
        """
        state = (message.get("metadata") or {}).get("state") or {}
        if state.get("exercise"):
            return probabilities
        vectors = sentence_vectors(message)
        if not self._neighbours or len(vectors) != len(self._neighbours):
            return probabilities
        # Both learned the same labels, and both keep them sorted.
        near = [
            one.shares(vector[np.newaxis])[0]
            for one, vector in zip(self._neighbours, vectors, strict=True)
        ]
        share = self._config["neighbour_share"] * min(one.enough for one in self._neighbours)
        mixed: Array = (1 - share) * probabilities + share * np.mean(near, axis=0)
        return mixed


def cooled(probabilities: Array, temperature: float) -> Array:
    """Probabilities made sharper (below 1) or flatter (above 1), to mean what they say."""
    powered = np.power(probabilities, 1.0 / temperature)
    result: Array = powered / powered.sum()
    return result


def ranked(labels: tuple[str, ...], probabilities: Array) -> Ranking:
    """Intents from the likeliest on; sub-answers are counted together and the best one is named."""
    together: dict[str, float] = {}
    best: dict[str, tuple[float, str]] = {}
    for label, probability in zip(labels, probabilities.tolist(), strict=True):
        name = label.partition("/")[0]
        together[name] = together.get(name, 0.0) + probability
        if name not in best or probability > best[name][0]:
            best[name] = (probability, label)
    ranking = []
    for name, probability in sorted(together.items(), key=lambda item: -item[1]):
        entry = {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: probability}
        if best[name][1] != name:
            entry[FULL_RETRIEVAL_INTENT_NAME_KEY] = best[name][1]
        ranking.append(entry)
    return ranking
