"""How a message is read in the middle of an exercise, and when the safety layer fires."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from rasa_ext.intent_classifier import cooled, ranked
from rasa_ext.reading import InExerciseReading
from rasa_ext.safety_head_windows import Window
from rasa_ext.safety_layer import settle
from rasa_ext.safety_verdict import Finding, judge

Said = dict[str, float]


def ranking(said: Said) -> list[dict[str, Any]]:
    entries = []
    for name, confidence in sorted(said.items(), key=lambda item: -item[1]):
        entry: dict[str, Any] = {"name": name.partition("/")[0], "confidence": confidence}
        if "/" in name:
            entry["full_retrieval_intent_name"] = name
        entries.append(entry)
    return entries


def read(text: str, said: Said, **state: Any) -> Message:
    """The message after the safety layer and the reading."""
    entries = ranking(said)
    message = Message(
        data={
            "text": text,
            "intent": dict(entries[0]),
            "intent_ranking": entries,
            "entities": state.pop("entities", []),
            "metadata": {"state": {"exercise": True, "expects": "text", **state}},
        }
    )
    settle(message, found(text, said))
    InExerciseReading(InExerciseReading.get_default_config()).process([message])
    return message


def found(text: str, said: Said) -> Finding:
    """What the safety layer makes of a text whose dangers are as likely as said."""
    dangers = {name: value for name, value in said.items() if name.startswith("safety_")}
    whole = Window(text, 0, len(text))
    return judge([(whole, dangers)], check=0.6, care=0.35, eased_from=0.9)


def intent(text: str, said: Said, **state: Any) -> str:
    name: str = read(text, said, **state).get("intent")["name"]
    return name


def marks(text: str, said: Said, **state: Any) -> list[str]:
    entities = read(text, said, **state).get("entities")
    return [entity["value"] for entity in entities if entity["entity"] == "maybe_control"]


@pytest.mark.parametrize("name", ["skip_step", "stop_exercise", "faq/what_is", "data_delete"])
def test_a_short_and_sure_control_or_question_wins(name: str) -> None:
    assert intent("do that now", {name: 0.9, "answer_free": 0.1}) == name.partition("/")[0]


def test_alike_controls_are_sure_together() -> None:
    said = {"skip_step": 0.4, "dont_know": 0.35, "answer_free": 0.25}
    assert intent("pass on this", said) == "skip_step"


@pytest.mark.parametrize("need", ["set_boundary", "express_feeling", "raise_issue", "set_goal"])
def test_a_need_is_an_answer_however_sure(need: str) -> None:
    assert intent("she never asks", {need: 0.99, "answer_free": 0.01}) == "answer_free"


def test_an_answer_that_sounds_like_an_exercise_opens_none() -> None:
    said = {"choose_exercise": 0.9, "answer_free": 0.1}
    assert intent("Visits that we plan together.", said) == "answer_free"


def test_another_exercise_that_is_named_as_such_opens_the_menu() -> None:
    said = {"choose_exercise": 0.9, "answer_free": 0.1}
    named = {"entity": "exercise_name", "value": "kind_no"}
    assert intent("show me another exercise", said) == "choose_exercise"
    assert intent("the kind no instead", said, entities=[named]) == "choose_exercise"


def test_a_long_control_stays_an_answer_and_is_marked() -> None:
    text = "I think I will stop the call then and say that I need a moment for myself"
    said = {"stop_exercise": 0.9, "answer_free": 0.1}
    assert intent(text, said) == "answer_free"
    assert marks(text, said) == ["stop_exercise"]


def test_a_half_sure_control_is_marked_and_a_quarter_sure_one_is_not() -> None:
    assert marks("stop it", {"stop_exercise": 0.45, "answer_free": 0.4}) == ["stop_exercise"]
    assert marks("stop it", {"stop_exercise": 0.3, "answer_free": 0.2}) == []


def test_a_rating_that_was_asked_for_is_an_answer() -> None:
    said = {"dont_know": 0.9, "answer_free": 0.1}
    rating = {"entity": "rating", "value": 5}
    assert intent("not sure, 5?", said, expects="rating", entities=[rating]) == "answer_free"
    assert marks("not sure, 5?", said, expects="rating", entities=[rating]) == []
    assert intent("not sure", said, expects="rating") == "dont_know"


def test_a_remark_that_has_nothing_to_do_with_coaching_is_an_answer_unless_it_asks() -> None:
    said = {"aside/unrelated": 0.95, "answer_free": 0.05}
    assert intent("fixing old radios", said) == "answer_free"
    assert intent("who won the match?", said) == "aside"


def test_outside_an_exercise_nothing_is_rewritten() -> None:
    assert intent("skip", {"skip_step": 0.9, "deny": 0.1}, exercise=False) == "skip_step"


def test_safety_wins_over_the_exercise_and_over_likelier_intents() -> None:
    said = {"answer_free": 0.35, "safety_suicide": 0.4, "safety_self_harm": 0.25}
    message = read("I would not be missed", said)
    assert message.get("intent") == {"name": "safety_suicide", "confidence": pytest.approx(0.65)}
    assert message.get("safety") == {
        "tier": 2,
        "route": "safety_suicide",
        "layer": "model",
        "rule": "model.safety_suicide",
    }


def test_a_small_doubt_does_not_fire() -> None:
    said = {"express_feeling": 0.8, "safety_suicide": 0.1, "safety_child": 0.1}
    assert found("so tired", said).tier == 0


def test_a_greater_doubt_brings_a_line_of_care_and_the_message_is_answered() -> None:
    message = read("I would not be missed", {"express_feeling": 0.5, "safety_suicide": 0.5})
    assert message.get("safety")["tier"] == 1
    assert message.get("intent")["name"] == "answer_free"


def test_safety_never_goes_to_the_fallback() -> None:
    shares = {"nlu_fallback": 0.25, "safety_child": 0.65}
    assert intent("he hits the kids", shares) == "safety_child"


def test_sub_answers_count_together_and_the_best_is_named() -> None:
    labels = ("faq/how_to_start", "faq/what_is", "greet")
    first, second = ranked(labels, cooled(_column(0.3, 0.25, 0.45), 1.0))
    assert first["name"] == "faq"
    assert first["confidence"] == pytest.approx(0.55)
    assert first["full_retrieval_intent_name"] == "faq/how_to_start"
    assert second == {"name": "greet", "confidence": pytest.approx(0.45)}


def _column(*values: float) -> Any:
    import numpy as np

    return np.array(values)


@pytest.mark.parametrize("text", ["because I know my sentence", "cos she asked", "Because no."])
def test_a_reason_is_an_answer_whatever_it_sounds_like(text: str) -> None:
    said = {"push_back": 0.9, "answer_free": 0.1}
    assert intent(text, said) == "answer_free"
    assert marks(text, said) == []
