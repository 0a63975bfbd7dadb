"""The action endpoint: for Rasa with its token only, and never a word in an answer."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from actions.registry import ACTIONS
from belay.bootstrap import domain
from tests.gateway.fake_rasa import OUTSIDE, action_call
from tests.gateway.shared import shared_domain
from tests.gateway.stage import Stage

CANARY = "quokkaquilt"
NLU = {"intent": "greet", "confidence": 0.9, "ranking": [], "entities": []}
BODY = {"sender": "ann", "turn": "no such turn", "text": CANARY, "state": {"exercise": False}}


async def call(stage: Stage, token: str | None = None, **more: Any) -> httpx.Response:
    """Call the endpoint as somebody with this token."""
    given = stage.belay.action_token if token is None else token
    transport = httpx.ASGITransport(app=stage.belay.actions)
    more.setdefault("json", action_call("action_welcome", BODY, NLU))
    headers = {b"Authorization": f"Bearer {given}".encode("latin-1")} if given else {}
    async with httpx.AsyncClient(transport=transport, base_url="http://actions") as http:
        return await http.post("/webhook", headers=headers, **more)


def is_problem(response: httpx.Response, status: int) -> None:
    """A problem body with this status that repeats nothing of what was sent."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert CANARY not in response.text


@pytest.mark.parametrize("token", ["", "wrong", "é", "x" * 9000])
async def test_without_the_token_nothing_is_run(stage: Stage, token: str) -> None:
    is_problem(await call(stage, token), 401)


async def test_an_unknown_action_is_not_found(stage: Stage) -> None:
    is_problem(await call(stage, json=action_call("action_evil", BODY, NLU)), 404)


@pytest.mark.parametrize("action", [one.__name__ for one in ACTIONS])
async def test_a_call_for_a_turn_that_is_not_open_fails_and_writes_nothing(
    stage: Stage, action: str
) -> None:
    made = next(one for one in ACTIONS if one.__name__ == action)
    name = made.name(None)  # type: ignore[arg-type]
    is_problem(await call(stage, json=action_call(name, BODY, NLU)), 500)
    assert stage.rows_in_all() == {}


async def test_a_turn_that_was_answered_takes_no_more_effects(stage: Stage) -> None:
    await stage.person().says("hello")
    used = stage.rasa.turns[0]["turn"]
    late = action_call("action_export_data", {**BODY, "turn": used}, NLU)
    is_problem(await call(stage, json=late), 500)
    assert stage.sql("SELECT count(*) FROM download") == [0]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"text"', b"3", b'{"tracker": {}}', b"\xff\xfe", b"[[[["],
)
async def test_a_body_that_is_no_action_call_is_a_bad_request(stage: Stage, content: bytes) -> None:
    response = await call(stage, json=None, content=content)
    is_problem(response, 400)


@pytest.mark.parametrize(
    "body",
    [
        {"next_action": "action_welcome"},
        {"next_action": 3},
        {"next_action": "action_welcome", "tracker": None},
        {"next_action": "action_welcome", "tracker": {"latest_message": CANARY}},
        {"next_action": ["action_welcome"]},
        {"next_action": {"a": CANARY}},
        {"next_action": None},
        {"next_action": ""},
    ],
)
async def test_a_call_of_the_wrong_shape_gets_a_problem_and_no_words(
    stage: Stage, body: dict[str, Any]
) -> None:
    response = await call(stage, json=body)
    assert response.status_code in (400, 404, 500)
    is_problem(response, response.status_code)


async def test_a_call_that_is_too_large_is_refused(stage: Stage) -> None:
    is_problem(await call(stage, json={"next_action": "x", "more": "x" * 300_000}), 413)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/webhook"), ("POST", "/"), ("GET", "/actions"), ("GET", "/health")],
)
async def test_there_is_one_route_and_nothing_else(stage: Stage, method: str, path: str) -> None:
    transport = httpx.ASGITransport(app=stage.belay.actions)
    async with httpx.AsyncClient(transport=transport, base_url="http://actions") as http:
        response = await http.request(method, path)
    assert response.status_code in (404, 405)


def test_actions_and_the_domain_name_the_same() -> None:
    named = {action.name(None) for action in ACTIONS}  # type: ignore[arg-type]
    assert named == set(domain()["actions"])


def test_the_fake_of_the_tests_knows_every_action_that_rules_can_call() -> None:
    form_only = {"validate_exercise_form", "action_ask_exercise_answer"}
    later = {"action_goal", "action_practice", "action_refuse"}
    assert set(OUTSIDE.values()) | form_only | later == set(shared_domain()["actions"])
