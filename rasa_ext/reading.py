"""How a message is to be read where it was said: in the middle of an exercise, text is an answer.

A control or a question wins over that only when it is short and sure. A longer or less sure one
stays an answer and is marked, so that Belay can ask which was meant. Safety is never rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.nlu.constants import (
    ENTITIES,
    FULL_RETRIEVAL_INTENT_NAME_KEY,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from rasa_ext.safety_layer import CHECK_TIER, SAFETY

ANSWER = "answer_free"
MAYBE_CONTROL = "maybe_control"
UNRELATED = "aside/unrelated"

CONTROLS = frozenset(
    {
        "skip_step", "dont_know", "ask_help_step", "go_back_edit", "pause_exercise",
        "stop_exercise", "change_topic", "push_back", "resume_exercise",
    }
)  # fmt: skip
PLEASANTRIES = frozenset({"greet", "goodbye", "affirm", "deny"})
QUESTIONS = frozenset(
    {
        "faq", "aside", "consent_privacy", "data_delete", "data_export", "show_progress",
        "ask_are_you_human", "talk_to_human", "choose_exercise", "ask_diagnosis_or_meds",
    }
)  # fmt: skip

Entry = Mapping[str, Any]

CHOOSE = "choose_exercise"
# Many lines ask for an exercise by what it is about, and answers are about the same things. In the
# middle of one, another is only opened when it is named as such.
NAMES_A_CHOICE = re.compile(
    r"\b(?:exercises?|menu|list|something else|another one|other ones?|options?)\b", re.IGNORECASE
)

# Whoever says why answers a question.
GIVES_A_REASON = re.compile(r"\s*(?:because|'?cos|'?coz|'?cuz|bc)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """Intents that may interrupt an answer, and when they do.

    Attributes:
        names: The intents.
        sure: How likely they must be.
        words: How many words the message may have at most.
        together: They are so alike that they count together (skip, or don't know?); otherwise the
            likeliest must be sure by itself.
    """

    names: frozenset[str]
    sure: float
    words: int
    together: bool = False


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class InExerciseReading(GraphComponent, IntentClassifier):
    """Reads each message by the state that came with it. The last component of the pipeline."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Create the component from its thresholds."""
        self.groups = (
            Group(CONTROLS, config["control_sure"], config["control_words"], together=True),
            Group(PLEASANTRIES, config["control_sure"], config["control_words"]),
            Group(QUESTIONS, config["question_sure"], config["question_words"]),
        )
        self._maybe = float(config["maybe_control"])
        self._length = int(config["ranking_length"])

    @classmethod
    def required_components(cls) -> list[type]:
        """The classifier must come before."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Thresholds read off the tables of rasa_ext.cross_validation."""
        return {
            "control_sure": 0.6,
            "control_words": 8,
            "question_sure": 0.5,
            "question_words": 12,
            "maybe_control": 0.35,
            "ranking_length": 10,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> InExerciseReading:
        """Create the component."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            state = (message.get("metadata") or {}).get("state") or {}
            danger = (message.get(SAFETY) or {}).get("tier", 0) >= CHECK_TIER
            if state.get("exercise") and not danger:
                self._read_as_answer(message, ranking, str(state.get("expects")))
            elif not danger and not any(sign.isalnum() for sign in message.get(TEXT)):
                # Pictures and dots: the encoder sees one and the same unknown word.
                fallback = {INTENT_NAME_KEY: FALLBACK, PREDICTED_CONFIDENCE_KEY: 0.0}
                message.set(INTENT, fallback, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[: self._length], add_to_output=True)
        return messages

    def _read_as_answer(self, message: Message, ranking: Sequence[Entry], expects: str) -> None:
        entities = message.get(ENTITIES) or []
        rated = expects == "rating" and any(found["entity"] == "rating" for found in entities)
        plainly = rated or GIVES_A_REASON.match(message.get(TEXT)) is not None
        likely = [e for e in ranking if e[INTENT_NAME_KEY] != FALLBACK]
        named = any(found["entity"] == "exercise_name" for found in entities)
        winner = None if plainly else interruption(likely, message.get(TEXT), self.groups)
        if winner is not None and winner[INTENT_NAME_KEY] == CHOOSE:
            asked = named or NAMES_A_CHOICE.search(message.get(TEXT)) is not None
            winner = winner if asked else None
        if winner is not None:
            message.set(INTENT, dict(winner), add_to_output=True)
            return
        others = sum(share(likely, group.names) for group in self.groups)
        answer = {INTENT_NAME_KEY: ANSWER, PREDICTED_CONFIDENCE_KEY: max(0.0, 1.0 - others)}
        message.set(INTENT, answer, add_to_output=True)
        control = None if plainly else maybe_control(likely, self._maybe)
        if control:
            marked = {"entity": MAYBE_CONTROL, "value": control, "extractor": type(self).__name__}
            message.set(ENTITIES, [*entities, marked], add_to_output=True)


def interruption(ranking: Sequence[Entry], text: str, groups: Sequence[Group]) -> Entry | None:
    """The control or question that a message in an exercise is, or None for an answer."""
    if not ranking or _is_remark(ranking[0], text):
        return None
    top = ranking[0]
    for group in groups:
        if top[INTENT_NAME_KEY] in group.names and len(text.split()) <= group.words:
            sure = share(ranking, group.names) if group.together else share([top], group.names)
            return top if sure >= group.sure else None
    return None


def _is_remark(top: Entry, text: str) -> bool:
    """Whatever has nothing to do with coaching is an answer ("old radios") unless it asks."""
    return top.get(FULL_RETRIEVAL_INTENT_NAME_KEY) == UNRELATED and "?" not in text


def maybe_control(ranking: Sequence[Entry], threshold: float) -> str | None:
    """The control that an answer could also be, if that is likely enough to ask."""
    if not ranking or ranking[0][INTENT_NAME_KEY] not in CONTROLS:
        return None
    if share(ranking, CONTROLS) < threshold:
        return None
    return str(ranking[0][INTENT_NAME_KEY])


def share(ranking: Sequence[Entry], names: frozenset[str]) -> float:
    """How likely the named intents are together."""
    return sum(
        float(entry[PREDICTED_CONFIDENCE_KEY])
        for entry in ranking
        if entry[INTENT_NAME_KEY] in names
    )
