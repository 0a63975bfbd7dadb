"""The rules as Belay meets them: which actions a turn calls, and what becomes of the form."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from rasa_process import Rasa
from stub_actions import StubActions, follow_up, slot

STARTERS = ("choose_exercise", "resume_exercise", "press", "affirm", "set_boundary")
DANGERS = (
    "safety_suicide",
    "safety_self_harm",
    "safety_abuse_now",
    "safety_coercive_control",
    "safety_harm_others",
    "safety_child",
    "safety_third_party_worry",
)
OUTSIDE = {
    "greet": "action_welcome",
    "goodbye": "action_goodbye",
    "affirm": "action_affirm",
    "deny": "action_deny",
    "choose_exercise": "action_choose_exercise",
    "ask_support": "action_offer",
    "share_good_news": "action_offer",
    "express_feeling": "action_meet_feeling",
    "faq/what_is": "action_faq",
    "aside/joke": "action_aside",
    "resume_exercise": "action_resume_exercise",
    "pause_exercise": "action_pause_exercise",
    "stop_exercise": "action_stop_exercise",
    "change_topic": "action_change_topic",
    "skip_step": "action_step_control",
    "push_back": "action_step_control",
    "show_progress": "action_progress",
    "set_goal": "action_goal",
    "set_reminder": "action_reminder",
    "report_practice": "action_practice",
    "consent_privacy": "action_privacy",
    "data_delete": "action_delete_data",
    "data_export": "action_export_data",
    "talk_to_human": "action_talk_to_human",
    "ask_are_you_human": "action_are_you_human",
    "ask_diagnosis_or_meds": "action_refuse",
    "control_other_request": "action_refuse",
    "press": "action_press",
    "press_step": "action_loose_answer",
    "answer_free": "action_loose_answer",
    "nlu_fallback": "action_fallback",
    **dict.fromkeys(DANGERS, "action_safety"),
}
IN_BETWEEN = {
    "faq/how_to_start": "action_faq",
    "aside/thanks": "action_aside",
    "greet": "action_welcome",
    "resume_exercise": "action_resume_exercise",
    "show_progress": "action_progress",
    "consent_privacy": "action_privacy",
    "data_delete": "action_delete_data",
    "data_export": "action_export_data",
    "talk_to_human": "action_talk_to_human",
    "ask_are_you_human": "action_are_you_human",
    "ask_diagnosis_or_meds": "action_refuse",
    "control_other_request": "action_refuse",
    "press": "action_press",
    "skip_step": "action_step_control",
    "dont_know": "action_step_control",
    "ask_help_step": "action_step_control",
    "go_back_edit": "action_step_control",
    "push_back": "action_step_control",
}
ENDINGS = {
    "pause_exercise": "action_pause_exercise",
    "stop_exercise": "action_stop_exercise",
    "change_topic": "action_change_topic",
    "goodbye": "action_goodbye",
    "choose_exercise": "action_choose_exercise",
    **dict.fromkeys(DANGERS, "action_safety"),
}
ANSWERS = ("answer_free", "press_step", "affirm", "deny", "nlu_fallback", "set_goal", "say_no")
ASK = "action_ask_exercise_answer"


@pytest.mark.parametrize(("intent", "action"), OUTSIDE.items())
def test_without_an_exercise_each_intent_has_its_one_action(
    rasa: Rasa, intent: str, action: str
) -> None:
    status, answer = rasa.turn("x", press=intent)
    assert (status, answer["actions"], answer["state"]) == (200, [action], {"exercise": False})


@pytest.mark.parametrize("intent", STARTERS)
def test_an_action_can_start_the_form_which_asks_and_listens(
    rasa: Rasa, actions: StubActions, intent: str
) -> None:
    starter = OUTSIDE.get(intent, "action_offer")
    actions.answers[starter] = lambda _: follow_up()
    status, answer = rasa.turn("let's go", press=intent)
    assert (status, answer["state"]) == (200, {"exercise": True})
    assert [a for a in answer["actions"] if not a.startswith("validate")] == [starter, ASK]


def test_the_words_that_started_an_exercise_are_not_taken_as_its_first_answer(
    rasa: Rasa, actions: StubActions
) -> None:
    actions.answers["action_choose_exercise"] = lambda _: follow_up()
    rasa.turn("let's do the boundary exercise", press="choose_exercise")
    assert all(call["tracker"]["slots"]["exercise_answer"] is None for call in actions.calls)


@pytest.mark.parametrize("intent", ANSWERS)
def test_an_answer_is_validated_and_the_next_step_asked(
    rasa: Rasa, actions: StubActions, intent: str
) -> None:
    status, answer = rasa.turn("an hour alone", press=intent, exercise=True)
    assert (status, answer["state"]) == (200, {"exercise": True})
    assert answer["actions"] == ["validate_exercise_form", ASK]
    assert actions.calls[0]["tracker"]["slots"]["exercise_answer"] == "an hour alone"


def test_a_pressed_answer_without_words_reaches_the_validation(
    rasa: Rasa, actions: StubActions
) -> None:
    rasa.turn("", press="press_step", exercise=True)
    assert actions.calls[0]["tracker"]["slots"]["exercise_answer"]


def test_done_ends_the_form_and_nothing_more_is_said(rasa: Rasa, actions: StubActions) -> None:
    actions.answers["validate_exercise_form"] = lambda _: slot("done")
    status, answer = rasa.turn("8", press="answer_free", exercise=True)
    assert (status, answer["state"]) == (200, {"exercise": False})
    assert answer["actions"] == ["validate_exercise_form"]


@pytest.mark.parametrize(("intent", "action"), IN_BETWEEN.items())
def test_in_an_exercise_a_question_is_answered_and_the_step_asked_again(
    rasa: Rasa, intent: str, action: str
) -> None:
    status, answer = rasa.turn("x", press=intent, exercise=True)
    assert (status, answer["state"]) == (200, {"exercise": True})
    assert [a for a in answer["actions"] if not a.startswith("validate")] == [action, ASK]


def test_a_question_in_between_is_never_validated_as_an_answer(
    rasa: Rasa, actions: StubActions
) -> None:
    rasa.turn("what is interdependence", press="faq/what_is", exercise=True)
    assert all(call["tracker"]["slots"]["exercise_answer"] is None for call in actions.calls)


@pytest.mark.parametrize(("intent", "action"), ENDINGS.items())
def test_an_ending_calls_its_action_and_leaves_the_form(
    rasa: Rasa, intent: str, action: str
) -> None:
    status, answer = rasa.turn("x", press=intent, exercise=True)
    assert (status, answer["state"]) == (200, {"exercise": False})
    assert [a for a in answer["actions"] if not a.startswith("validate")] == [action]


def test_an_ending_that_keeps_an_exercise_goes_on_asking(rasa: Rasa, actions: StubActions) -> None:
    actions.answers["action_choose_exercise"] = lambda _: follow_up()
    status, answer = rasa.turn("x", press="choose_exercise", exercise=True)
    assert (status, answer["state"]) == (200, {"exercise": True})
    assert answer["actions"][-1] == ASK


def test_an_action_finds_the_turn_and_the_state_in_the_message(
    rasa: Rasa, actions: StubActions
) -> None:
    _, answer = rasa.turn("hello", exercise=True)
    message = actions.calls[-1]["tracker"]["latest_message"]
    assert message["metadata"]["turn"] == message["message_id"] == answer["turn"]
    assert message["metadata"]["state"] == {"exercise": True, "expects": None, "eased": []}


def test_an_action_gets_neither_domain_nor_history(rasa: Rasa, actions: StubActions) -> None:
    rasa.turn("hello there")
    call = actions.calls[-1]
    assert "domain" not in call
    assert [event["event"] for event in call["tracker"]["events"]][:2] == ["action", "user"]
    assert len(call["tracker"]["events"]) <= 3
    assert not any("parse_data" in event for event in call["tracker"]["events"])


def test_nothing_is_remembered_from_turn_to_turn(rasa: Rasa) -> None:
    assert rasa.turn("x", press="answer_free", exercise=True)[1]["state"]["exercise"]
    assert rasa.does("x", press="answer_free") == ["action_loose_answer"]


def _fails(_: object) -> web.Response:
    return web.Response(status=500, text="a secret of the client")


async def _hangs(_: object) -> web.Response:
    await asyncio.sleep(3)
    return web.json_response({"events": [], "responses": []})


def _answers_nonsense(_: object) -> web.Response:
    return web.json_response({"events": [{"event": "no such event"}], "responses": []})


@pytest.mark.parametrize("fault", [_fails, _hangs, _answers_nonsense])
def test_a_failed_action_fails_the_turn_and_no_other_action_is_called(
    rasa: Rasa, actions: StubActions, fault: object
) -> None:
    actions.answers["action_faq"] = fault  # type: ignore[assignment]
    status, answer = rasa.turn("x", press="faq/what_is", exercise=True)
    assert (status, answer["error"]) == (503, "action_failed")
    assert actions.names()[-1] == "action_faq"


def test_a_failed_validation_fails_the_turn(rasa: Rasa, actions: StubActions) -> None:
    actions.answers["validate_exercise_form"] = _fails
    status, answer = rasa.turn("an hour alone", press="answer_free", exercise=True)
    assert (status, answer["error"]) == (503, "action_failed")
    assert actions.names() == ["validate_exercise_form"]


def test_an_unreachable_belay_fails_the_turn_at_once(rasa: Rasa) -> None:
    status, answer = rasa.turn("hello", action_url="http://127.0.0.1:9/webhook")
    assert (status, answer["error"]) == (503, "action_failed")


def test_after_a_failed_turn_the_next_one_works(rasa: Rasa, actions: StubActions) -> None:
    actions.answers["action_welcome"] = _fails
    assert rasa.turn("x", press="greet")[0] == 503
    actions.reset()
    assert rasa.does("x", press="greet") == ["action_welcome"]


def test_an_action_that_rejects_again_and_again_fails_the_turn_instead_of_looping(
    rasa: Rasa, actions: StubActions
) -> None:
    rejection = {"action_name": "action_faq", "error": "not now"}
    actions.answers["action_faq"] = lambda _: web.json_response(rejection, status=400)
    assert rasa.turn("x", press="faq/what_is")[0] == 500
    assert len(actions.calls) <= 12
