"""How often people really come with what, instead of the shares that training lines happen to have.

A classifier believes what it was trained on. Of the training lines a dozenth tell a feeling; of
real first messages a third do. So outside an exercise each intent's odds are multiplied by (share
among real messages) / (share among training lines). Real first messages are long, so the longer a
message, the more this counts; a short one ("thanks", "delete my data") keeps its odds. Long ones
are also farther from anything trained on, so the classifier's word counts a little less there.

Runs after the safety layer and leaves every probability of danger as it was.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_ext.safety_layer import CHECK_TIER, SAFETY, SAFETY_PREFIX

_STORED = "shares.json"

Entry = Mapping[str, Any]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PriorOdds(GraphComponent, IntentClassifier):
    """Weighs the ranking of messages outside an exercise by how people really write.

    Labels that are not in ``shares`` keep their odds among themselves, so a project with other
    intents is left as it is.
    """

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        trained: Mapping[str, float] | None = None,
    ) -> None:
        """Create the component, with the shares of the training lines if it is trained."""
        self._storage = storage
        self._resource = resource
        self._shares: dict[str, float] = dict(config["shares"])
        self._unsayable = frozenset(config["only_in_exercise"])
        self._short, self._long = (int(words) for words in config["words"])
        self._trust = float(config["trust"])
        self._odds = self._odds_from(trained or {})

    @classmethod
    def required_components(cls) -> list[type]:
        """None that Rasa could check: no classifier stands before a part that is trained."""
        return []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing is known about how people write until config.yml says so."""
        return {"shares": {}, "only_in_exercise": [], "words": [3, 12], "trust": 1.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PriorOdds:
        """Create an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PriorOdds:
        """Load the shares of the training lines."""
        with model_storage.read_from(resource) as folder:
            trained = json.loads((folder / _STORED).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, trained)

    def train(self, training_data: TrainingData) -> Resource:
        """Count how often each intent occurs in the training lines."""
        counts = Counter(
            str(example.get(INTENT))
            for example in training_data.intent_examples
            if example.get(TEXT)
        )
        trained = {name: count / sum(counts.values()) for name, count in counts.items()}
        with self._storage.write_to(self._resource) as folder:
            (folder / _STORED).write_text(json.dumps(trained), encoding="utf-8")
        self._odds = self._odds_from(trained)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Weigh the ranking of each message that was said outside an exercise."""
        for message in messages:
            state = (message.get("metadata") or {}).get("state") or {}
            ranking = message.get(INTENT_RANKING_KEY) or []
            pull = self.pull(str(message.get(TEXT)))
            if state.get("exercise") or not ranking or not pull or not self._odds:
                continue
            weighed = self.weighed(ranking, pull)
            message.set(INTENT_RANKING_KEY, weighed, add_to_output=True)
            if (message.get(SAFETY) or {}).get("tier", 0) < CHECK_TIER:
                calm = (one for one in weighed if not _dangerous(one))
                message.set(INTENT, dict(next(calm, weighed[0])), add_to_output=True)
        return messages

    def pull(self, text: str) -> float:
        """How much the odds count for a message, from 0 (a few words) to 1 (a long one)."""
        return min(1.0, max(0.0, (len(text.split()) - self._short) / (self._long - self._short)))

    def weighed(self, ranking: Sequence[Entry], pull: float) -> list[dict[str, Any]]:
        """The ranking with the odds applied; what is likely danger stays exactly as likely."""
        trust = 1.0 - pull * (1.0 - self._trust)
        weights = [
            0.0
            if _dangerous(entry)
            else _confidence(entry) ** trust * self._odds.get(_name(entry), 1.0) ** pull
            for entry in ranking
        ]
        calm = sum(_confidence(entry) for entry in ranking if not _dangerous(entry))
        factor = calm / sum(weights) if sum(weights) else 0.0
        weighed = [
            {**entry, PREDICTED_CONFIDENCE_KEY: weight * factor}
            if not _dangerous(entry)
            else dict(entry)
            for entry, weight in zip(ranking, weights, strict=True)
        ]
        return sorted(weighed, key=_confidence, reverse=True)

    def _odds_from(self, trained: Mapping[str, float]) -> dict[str, float]:
        """What to multiply each intent's probability with."""
        named = {name: self._shares[name] for name in trained if name in self._shares}
        rest = [
            name for name in trained if name not in named and not name.startswith(SAFETY_PREFIX)
        ]
        unsayable = self._unsayable & set(trained)
        if not named and not unsayable:
            return {}
        left = max(0.0, 1.0 - sum(named.values()))
        plain = left / (_total(trained, rest) or 1.0)
        odds = {name: plain for name in rest} | {
            name: share / trained[name] for name, share in named.items()
        }
        # Not quite 0: an empty ranking would be worse than an odd one.
        return odds | dict.fromkeys(unsayable, 1e-6)


def _total(trained: Mapping[str, float], names: Iterable[str]) -> float:
    return sum(trained[name] for name in names)


def _dangerous(entry: Entry) -> bool:
    return _name(entry).startswith(SAFETY_PREFIX)


def _name(entry: Entry) -> str:
    return str(entry[INTENT_NAME_KEY])


def _confidence(entry: Entry) -> float:
    return float(entry[PREDICTED_CONFIDENCE_KEY])
