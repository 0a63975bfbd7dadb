"""How often people come with what, applied to what the classifier said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_ext.prior_odds import PriorOdds

LONG = "we had been together for three years and last night she told me that it is over"
SHARES = {"express_feeling": 0.5, "set_boundary": 0.1}
CONTEXT = ExecutionContext(GraphSchema({}))


def trained(folder: Path, lines: dict[str, int], **config: Any) -> PriorOdds:
    """A component that has seen so many lines of each intent, loaded from what it stored."""
    settings = {**PriorOdds.get_default_config(), "shares": SHARES, **config}
    storage = LocalModelStorage.create(folder)
    examples = [
        Message(data={"text": f"line {number}", "intent": name})
        for name, count in lines.items()
        for number in range(count)
    ]
    made = PriorOdds.create(settings, storage, Resource("odds"), CONTEXT)
    made.train(TrainingData(examples))
    return PriorOdds.load(settings, storage, Resource("odds"), CONTEXT)


def told(text: str, said: dict[str, float], tier: int = 0, **state: Any) -> Message:
    ranking = [{"name": name, "confidence": value} for name, value in said.items()]
    return Message(
        data={
            "text": text,
            "intent": dict(ranking[0]),
            "intent_ranking": ranking,
            "safety": {"tier": tier},
            "metadata": {"state": {"exercise": False, **state}},
        }
    )


def likely(message: Message) -> dict[str, float]:
    return {entry["name"]: entry["confidence"] for entry in message.get("intent_ranking")}


@pytest.fixture
def odds(tmp_path: Path) -> PriorOdds:
    lines = {"set_boundary": 4, "express_feeling": 2, "data_delete": 4, "answer_free": 2}
    return trained(tmp_path, lines, only_in_exercise=["answer_free"])


def test_a_long_message_is_more_often_a_feeling_told(odds: PriorOdds) -> None:
    message = told(LONG, {"set_boundary": 0.6, "express_feeling": 0.4})
    odds.process([message])
    assert message.get("intent")["name"] == "express_feeling"
    # 0.4 * (0.5 / (2 / 12)) against 0.6 * (0.1 / (4 / 12))
    assert likely(message)["express_feeling"] == pytest.approx(1.2 / (1.2 + 0.18))


def test_a_few_words_keep_their_odds(odds: PriorOdds) -> None:
    said = {"data_delete": 0.5, "express_feeling": 0.4, "answer_free": 0.1}
    message = told("delete my data", said)
    odds.process([message])
    assert likely(message) == said


def test_the_longer_the_message_the_more_it_counts(odds: PriorOdds) -> None:
    words, shares = LONG.split(), []
    for length in (3, 6, 9, 12, 16):
        message = told(" ".join(words[:length]), {"set_boundary": 0.6, "express_feeling": 0.4})
        odds.process([message])
        shares.append(likely(message)["express_feeling"])
    assert shares == sorted(shares)
    assert shares[-1] == shares[-2]


def test_what_can_only_be_said_in_an_exercise_is_not_heard_outside_one(odds: PriorOdds) -> None:
    message = told(LONG, {"answer_free": 0.9, "set_boundary": 0.1})
    odds.process([message])
    assert message.get("intent")["name"] == "set_boundary"
    inside = told(LONG, {"answer_free": 0.9, "set_boundary": 0.1}, exercise=True)
    odds.process([inside])
    assert likely(inside) == {"answer_free": 0.9, "set_boundary": 0.1}


def test_danger_stays_exactly_as_likely(odds: PriorOdds) -> None:
    message = told(LONG, {"set_boundary": 0.5, "safety_suicide": 0.3, "express_feeling": 0.2})
    odds.process([message])
    assert likely(message)["safety_suicide"] == 0.3
    assert sum(likely(message).values()) == pytest.approx(1.0)


def test_a_verdict_of_the_safety_layer_stands(odds: PriorOdds) -> None:
    message = told(LONG, {"safety_suicide": 0.6, "set_boundary": 0.2, "express_feeling": 0.2}, 2)
    odds.process([message])
    assert message.get("intent")["name"] == "safety_suicide"


def test_danger_below_the_threshold_does_not_become_the_intent(odds: PriorOdds) -> None:
    message = told(LONG, {"safety_suicide": 0.45, "set_boundary": 0.25, "express_feeling": 0.3}, 1)
    odds.process([message])
    assert message.get("intent")["name"] == "express_feeling"


def test_of_a_long_message_the_classifier_is_trusted_less(tmp_path: Path) -> None:
    even = {"set_boundary": 0.5, "express_feeling": 0.5}
    odds = trained(tmp_path, dict.fromkeys(even, 5), shares=even, trust=0.5)
    message = told(LONG, {"set_boundary": 0.9, "express_feeling": 0.1})
    odds.process([message])
    assert likely(message)["set_boundary"] == pytest.approx(0.75)


def test_a_project_with_other_intents_is_left_as_it_is(tmp_path: Path) -> None:
    odds = trained(tmp_path, {"card_lost": 3, "card_stolen": 9})
    said = {"card_lost": 0.6, "card_stolen": 0.4}
    message = told(LONG, said)
    odds.process([message])
    assert likely(message) == said
