"""spaCy in Rasa's pipeline: the language model for Rasa's own tokenizer, and entities by rules."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.tokens import Doc

from rasa_ext.language_model import build_language, entities_of
from rasa_ext.rating import ratings_of
from rasa_ext.second_meanings import is_meant, without_my
from rasa_ext.settings import project_root
from rasa_ext.times import times_of


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MODEL_LOADER,
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
    ],
    is_trainable=False,
    model_from="BelayNLP",
)
class BelayNLP(SpacyNLP):
    """Rasa's spaCy provider with a pipeline that is built in memory instead of downloaded."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Letters keep their case, so that places in the text stay exact."""
        return {"case_sensitive": True, "entities": "content/language/entities"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> BelayNLP:
        """Build the pipeline, once for all components of this process."""
        config = {**cls.get_default_config(), **config}
        language = build_language(project_root() / config["entities"])
        return cls(SpacyModel(model=language, model_name="belay"), config)

    def process_training_data(self, training_data: TrainingData, model: SpacyModel) -> TrainingData:
        """Read the training lines for the tokenizer; nothing learns from their entities."""
        examples = [one for one in training_data.training_examples if one.get(TEXT)]
        with model.model.select_pipes(disable=["span_ruler"]):
            docs = model.model.pipe([one.get(TEXT) for one in examples], batch_size=256)
            for example, doc in zip(examples, docs, strict=True):
                example.set(SPACY_DOCS[TEXT], doc)
        return training_data


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False, model_from="BelayNLP"
)
class EntityRules(GraphComponent, EntityExtractorMixin):
    """Entities by the rules of content/language/entities, clock times, ratings from 0 to 10."""

    @classmethod
    def required_components(cls) -> list[type]:
        """The spaCy provider must come before."""
        return [BelayNLP]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityRules:
        """Create the component; there is nothing to set."""
        return cls()

    def process(self, messages: list[Message], model: SpacyModel) -> list[Message]:
        """Add the entities that each message names."""
        for message in messages:
            text = message.get(TEXT)
            doc = message.get(SPACY_DOCS[TEXT])
            if not text or doc is None:
                continue
            state = (message.get("metadata") or {}).get("state") or {}
            found = found_in(text, doc, rating_asked=state.get("expects") == "rating")
            for entity in found:
                entity["extractor"] = type(self).__name__
            known = message.get(ENTITIES) or []
            message.set(ENTITIES, known + found, add_to_output=True)
        return messages


def found_in(text: str, doc: Doc, *, rating_asked: bool) -> list[dict[str, Any]]:
    """All entities of a text; a number that belongs to a time is no rating.

    Args:
        text: What the client wrote.
        doc: The same, as spaCy read it.
        rating_asked: The running step asks for a rating.
    """
    words = [without_my(entity) for entity in entities_of(doc) if is_meant(text, entity)]
    times = times_of(text, [entity for entity in words if entity["entity"] == "time"])
    others = [entity for entity in words if entity["entity"] != "time"]
    ratings = ratings_of(
        text,
        asked=rating_asked,
        feelings=[_place(entity) for entity in others if entity["entity"] == "feeling"],
        taken=[_place(entity) for entity in times],
    )
    return [*sorted(others + times, key=_place), *ratings]


def _place(entity: dict[str, Any]) -> tuple[int, int]:
    return entity["start"], entity["end"]
