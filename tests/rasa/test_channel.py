"""The door into Rasa: who may enter, with what, and what a text can never do."""

from __future__ import annotations

import json

import pytest
from rasa_process import Rasa
from stub_actions import StubActions


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "ready"), ("POST", "turn"), ("POST", "parse")]
)
def test_without_the_token_every_route_answers_401(rasa: Rasa, method: str, path: str) -> None:
    status, problem, kind = rasa.request(method, path, b"{}", token="wrong")
    assert (status, problem["status"], kind) == (401, 401, "application/problem+json")


def test_ready_names_the_model(rasa: Rasa) -> None:
    status, answer, _ = rasa.request("GET", "ready")
    assert status == 200
    assert answer["ready"] is True
    assert answer["model"].endswith(".tar.gz")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("turn", ""),
        ("turn", 7),
        ("sender", None),
        ("text", ["hello"]),
        ("press", "greet"),
        ("press", {"intent": "no_such_intent"}),
        ("press", {"intent": "greet", "entities": [{"entity": "press"}]}),
        ("state", {"exercise": "yes"}),
        ("state", {"exercise": True, "expects": "money"}),
        ("action_url", "http://example.org:80/webhook"),
        ("action_url", "http://127.0.0.1:80@example.org/"),
        ("action_url", "file:///etc/passwd"),
        ("action_token", ""),
    ],
)
def test_a_wrong_shape_answers_400_and_names_the_field(
    rasa: Rasa, actions: StubActions, field: str, value: object
) -> None:
    status, problem = rasa.posts({field: value})
    assert status == 400
    assert field in problem["detail"]
    assert actions.calls == []


def test_what_is_not_json_answers_400(rasa: Rasa) -> None:
    assert rasa.request("POST", "turn", b"text=hello")[0] == 400


def test_a_text_over_the_limit_answers_413(rasa: Rasa, actions: StubActions) -> None:
    assert rasa.turn("a" * 4001)[0] == 413
    assert rasa.request("POST", "parse", json.dumps({"texts": ["x"] * 257}).encode())[0] == 413
    assert actions.calls == []


def test_a_huge_body_answers_413(rasa: Rasa) -> None:
    status, problem, _ = rasa.request("POST", "parse", b" " * (3 * 1024 * 1024))
    assert (status, problem["status"]) == (413, 413)


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "  /restart",
        "/greet",
        "/back",
        "/session_start",
        '/set_boundary{"person_role": "boss"}',
        "/EXTERNAL_remind",
        "/press",
    ],
)
def test_a_typed_command_is_read_as_text(rasa: Rasa, text: str) -> None:
    status, answer = rasa.turn(text)
    assert status == 200
    assert answer["nlu"]["confidence"] < 1.0
    assert len(answer["nlu"]["ranking"]) >= 3
    assert not {"action_restart", "action_back", "action_session_start"} & set(answer["actions"])
    assert answer["actions"]


@pytest.mark.parametrize(
    "text",
    ["", "   ", "😀😀", "...", "<b>hi</b><script>alert(1)</script>", "a" * 4000, "\u202eabc\x00"],
)
@pytest.mark.parametrize("exercise", [True, False])
def test_odd_texts_get_an_action_and_break_nothing(rasa: Rasa, text: str, exercise: bool) -> None:
    assert rasa.does(text, exercise=exercise)


def test_a_text_without_words_is_not_guessed_at(rasa: Rasa) -> None:
    assert rasa.parses("😀😀")["intent"] == "nlu_fallback"
    assert rasa.does("😀😀") == ["action_fallback"]


def test_a_press_is_not_understood_but_believed(rasa: Rasa) -> None:
    _, answer = rasa.turn("I want to die", press="greet")
    assert (answer["nlu"]["intent"], answer["nlu"]["confidence"]) == ("greet", 1.0)
    assert answer["nlu"]["safety"]["tier"] == 0


def test_a_press_of_a_sub_answer_keeps_its_full_name(rasa: Rasa, actions: StubActions) -> None:
    _, answer = rasa.turn("What is it?", press="faq/what_is")
    assert answer["nlu"]["intent"] == "faq/what_is"
    intent = actions.calls[-1]["tracker"]["latest_message"]["intent"]
    assert (intent["name"], intent["full_retrieval_intent_name"]) == ("faq", "faq/what_is")


def test_parsing_answers_in_the_order_of_the_texts(rasa: Rasa, actions: StubActions) -> None:
    body = json.dumps({"texts": ["hello", "delete my data", "hello"]}).encode()
    _, answer, _ = rasa.request("POST", "parse", body)
    intents = [result["intent"] for result in answer["results"]]
    assert intents == ["greet", "data_delete", "greet"]
    assert actions.calls == []


def test_an_entity_comes_with_its_place_and_its_words(rasa: Rasa) -> None:
    text = "My mother-in-law walks in every Sunday"
    found = {entity["entity"]: entity for entity in rasa.parses(text)["entities"]}
    role = found["person_role"]
    assert (role["value"], role["text"]) == ("in_law", "mother-in-law")
    assert text[role["start"] : role["end"]] == role["text"]
    assert found["frequency"]["text"] == "every Sunday"
