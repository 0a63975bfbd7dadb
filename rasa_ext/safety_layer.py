"""The model layer of safety: fires when danger is likely enough, whatever else is likelier.

The floor, which runs in Belay before any of this, catches what is said outright. This layer is for
what is said around corners.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
)
from rasa.shared.nlu.training_data.message import Message

SAFETY = "safety"
SAFETY_PREFIX = "safety_"
CHECK_TIER = 2
CARE_TIER = 1
CALM: Mapping[str, Any] = {"tier": 0, "route": None, "layer": None, "rule": None}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyLayer(GraphComponent, IntentClassifier):
    """Sets ``safety`` on each message, and the intent where it fires."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Create the layer with its threshold."""
        self._check = float(config["check"])
        self._care = float(config["care"])

    @classmethod
    def required_components(cls) -> list[type]:
        """The classifier must come before."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How likely danger must be for a direct question, and for one line of care."""
        return {"check": 0.5, "care": 0.35}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyLayer:
        """Create the layer."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Judge each message."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            verdict = judge(ranking, check=self._check, care=self._care)
            message.set(SAFETY, verdict, add_to_output=True)
            chosen = str((message.get(INTENT) or {}).get(INTENT_NAME_KEY))
            if verdict["tier"] == CHECK_TIER:
                confidence = danger_in(ranking)
                intent = {INTENT_NAME_KEY: verdict["route"], PREDICTED_CONFIDENCE_KEY: confidence}
                message.set(INTENT, intent, add_to_output=True)
            elif chosen.startswith(SAFETY_PREFIX):
                # Danger is possible, but not likely enough to ask: what else it says is answered.
                message.set(INTENT, likeliest_calm(ranking), add_to_output=True)
        return messages


def judge(ranking: Sequence[Mapping[str, Any]], *, check: float, care: float) -> dict[str, Any]:
    """The verdict of this layer.

    Args:
        ranking: All intents from the likeliest on.
        check: How likely danger of any kind must be for a direct question (tier 2).
        care: How likely for one line of care while the message is answered (tier 1).
    """
    dangers = [entry for entry in ranking if entry[INTENT_NAME_KEY].startswith(SAFETY_PREFIX)]
    danger = danger_in(ranking)
    if not dangers or danger < care:
        return dict(CALM)
    route = max(dangers, key=lambda entry: float(entry[PREDICTED_CONFIDENCE_KEY]))[INTENT_NAME_KEY]
    tier = CHECK_TIER if danger >= check else CARE_TIER
    return {"tier": tier, "route": route, "layer": "model", "rule": f"model.{route}"}


def likeliest_calm(ranking: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The likeliest intent that is no danger."""
    return dict(next(one for one in ranking if not one[INTENT_NAME_KEY].startswith(SAFETY_PREFIX)))


def danger_in(ranking: Sequence[Mapping[str, Any]]) -> float:
    """How likely it is that any of the dangers is meant."""
    return sum(
        float(entry[PREDICTED_CONFIDENCE_KEY])
        for entry in ranking
        if entry[INTENT_NAME_KEY].startswith(SAFETY_PREFIX)
    )
