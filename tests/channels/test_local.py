"""Terminal and scripts on this machine: the routes behind the local token."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.channels.web_visit import is_problem
from tests.gateway.stage import ADULT, Stage

OVER_HTTP = True
CANARY = "quokkaquilt"


async def post(stage: Stage, path: str, body: Any, token: str | None = None) -> httpx.Response:
    """Call a local route as somebody with this token."""
    given = stage.belay.secrets.local if token is None else token
    headers = {"Authorization": f"Bearer {given}"} if given else {}
    transport = httpx.ASGITransport(app=stage.belay.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://belay") as http:
        return await http.post(path, json=body, headers=headers)


async def say(stage: Stage, **line: Any) -> dict[str, Any]:
    """Say one line as ann."""
    response = await post(stage, "/local/say", {"client": "ann", "onboarded": True, **line})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


@pytest.mark.parametrize("path", ["/local/say", "/local/parse"])
@pytest.mark.parametrize("token", ["", "wrong", "Bearer", "x" * 5000])
async def test_without_the_token_nothing_is_done(stage: Stage, path: str, token: str) -> None:
    body = {"client": "ann", "text": "hello"} if path == "/local/say" else {"texts": ["hello"]}
    is_problem(await post(stage, path, body, token), 401)
    assert stage.rows_in_all() == {}
    assert stage.rasa.turns == []


async def test_the_signing_key_is_no_local_token(stage: Stage) -> None:
    response = await post(stage, "/local/say", {}, stage.belay.secrets.signing)
    assert response.status_code in (401, 422)


async def test_a_line_is_answered_with_everything_that_play_prints(stage: Stage) -> None:
    answer = await say(stage, text="start boundary_builder")
    assert set(answer) == {"client", "in", "replies", "nlu", "safety", "exercise", "seconds"}
    assert answer["in"] == "start boundary_builder"
    assert answer["nlu"] == {"intent": "choose_exercise", "confidence": 0.9}
    assert answer["safety"] == {"tier": 0, "route": None, "layer": None, "rule": None}
    assert answer["exercise"] == {"id": "boundary_builder", "step": "who", "state": "active"}
    assert answer["replies"][-1]["buttons"][0].keys() == {"title"}


async def test_a_sub_answer_is_named_whole(stage: Stage) -> None:
    answer = await say(stage, text="what is interdependence")
    assert answer["nlu"]["intent"] == "faq/what_is"
    assert answer["exercise"] is None


async def test_a_crisis_names_tier_route_layer_and_rule(stage: Stage) -> None:
    answer = await say(stage, text="I want to kill myself")
    safety = answer["safety"]
    assert (safety["tier"], safety["route"], safety["layer"]) == (3, "safety_suicide", "floor")
    assert safety["rule"]


async def test_a_button_is_pressed_by_its_title(stage: Stage) -> None:
    line = {"client": "bea", "text": "i need a limit with my mum"}
    assert (await post(stage, "/local/say", line)).status_code == 200
    response = await post(stage, "/local/say", {"client": "bea", "button": ADULT})
    assert stage.sql("SELECT may_use FROM client") == [1]
    assert response.json()["in"] == ADULT


async def test_clients_are_strangers_unless_they_are_onboarded(stage: Stage) -> None:
    await post(stage, "/local/say", {"client": "new", "text": "hello"})
    await post(stage, "/local/say", {"client": "known", "text": "hello", "onboarded": True})
    assert sorted(stage.sql("SELECT adult IS NOT NULL FROM client")) == [0, 1]


async def test_onboarding_does_not_lift_a_decision_that_was_made(stage: Stage) -> None:
    await post(stage, "/local/say", {"client": "ann", "text": "hello"})
    await post(stage, "/local/say", {"client": "ann", "button": "I'm under 18"})
    await say(stage, text="hello")
    assert stage.sql("SELECT adult FROM client") == [0]


async def test_what_was_printed_counts_as_delivered(stage: Stage) -> None:
    await say(stage, text=f"i feel {CANARY}")
    assert set(stage.sql("SELECT status FROM outbox")) == {"delivered"}
    assert stage.tables_with(CANARY) == set()


async def test_a_card_is_told_as_text(stage: Stage) -> None:
    answer = await say(stage, text="help now")
    assert "findahelpline.com" in answer["replies"][0]["text"]


@pytest.mark.parametrize(
    "line",
    [
        {"text": "hello"},
        {"client": "ann"},
        {"client": "ann", "text": "hello", "button": "Yes"},
        {"client": "", "text": "hello"},
        {"client": "x" * 81, "text": "hello"},
        {"client": "ann", "text": 5},
        {"client": "ann", "text": "hello", "admin": True},
        ["hello"],
        None,
    ],
)
async def test_a_line_of_the_wrong_shape_is_refused(stage: Stage, line: Any) -> None:
    is_problem(await post(stage, "/local/say", line), 422)
    assert stage.rows_in_all() == {}


async def test_texts_are_understood_without_talking(stage: Stage) -> None:
    texts = ["hello", "I want to kill myself", "what is interdependence"]
    response = await post(stage, "/local/parse", {"texts": texts})
    results = response.json()["results"]
    assert [one["text"] for one in results] == texts
    assert [one["intent"] for one in results] == ["greet", "nlu_fallback", "faq/what_is"]
    assert [one["safety"]["tier"] for one in results] == [0, 3, 0]
    assert all(len(one["ranking"]) >= 3 for one in results)
    assert stage.rows_in_all() == {}


async def test_no_text_is_understood_as_nothing(stage: Stage) -> None:
    assert (await post(stage, "/local/parse", {"texts": []})).json() == {"results": []}


async def test_more_texts_than_rasa_takes_at_once_are_refused_at_the_door(stage: Stage) -> None:
    is_problem(await post(stage, "/local/parse", {"texts": ["hello"] * 257}), 422)


async def test_without_rasa_parsing_says_that_it_is_not_ready(stage: Stage) -> None:
    stage.rasa.down = True
    body = is_problem(await post(stage, "/local/parse", {"texts": [CANARY]}), 503)
    assert CANARY not in str(body)
    stage.belay.rasa._client = None
    is_problem(await post(stage, "/local/parse", {"texts": ["hello"]}), 503)


async def test_an_answer_that_does_not_come_is_a_timeout_and_the_message_is_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.rasa.down = True
    ask = stage.belay.gateway.ask

    async def impatient(message: Any) -> Any:
        return await ask(message, 0.05)

    monkeypatch.setattr(stage.belay.gateway, "ask", impatient)
    response = await post(stage, "/local/say", {"client": "ann", "text": "hello"})
    is_problem(response, 504)
    assert stage.sql("SELECT status FROM inbox") == ["accepted"]


async def test_the_local_routes_are_not_advertised(stage: Stage) -> None:
    paths = stage.belay.app.openapi()["paths"]
    assert not any(path.startswith("/local") for path in paths)
