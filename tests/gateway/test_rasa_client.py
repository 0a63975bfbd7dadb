"""Asking Rasa over HTTP: what is sent, and what becomes of each answer."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from belay.domain.client import Client
from belay.domain.conversation import Conversation
from belay.domain.turn import Press, Turn
from belay.gateway.rasa_client import RasaClient, RasaUnavailable, TurnFailed

NOW = datetime(2026, 3, 2, tzinfo=UTC)
NLU = {
    "intent": "faq/what_is",
    "confidence": 0.81,
    "ranking": [{"name": "faq/what_is", "confidence": 0.81}],
    "entities": [{"entity": "person_role", "value": "parent", "text": "my mum"}],
    "safety": {"tier": 2, "route": "safety_suicide", "layer": "model", "rule": "model.low"},
}


def client(handler: Any) -> RasaClient:
    """A client whose requests go to a function."""
    transport = httpx.MockTransport(handler)
    return RasaClient(
        "http://rasa", "secret", "http://127.0.0.1:5/webhook", "t", transport=transport
    )


def answering(status: int = 200, **content: Any) -> RasaClient:
    """A client that always gets this answer."""
    return client(lambda _: httpx.Response(status, **content))


def turn(press: Press | None = None) -> Turn:
    """An open turn of ann's."""
    talk = Conversation("talk", "client", "web", "ann", NOW)
    return Turn("turn", NOW, "hello", press, Client("client", NOW), talk)


async def test_a_turn_carries_text_state_token_and_the_way_to_the_actions() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"nlu": NLU, "actions": ["action_faq"]})

    reading = await client(handler).turn("key", turn(), {"exercise": False, "expects": None})
    (request,) = seen
    assert request.headers["authorization"] == "Bearer secret"
    assert json.loads(request.content) == {
        "turn": "key",
        "sender": "talk",
        "text": "hello",
        "press": None,
        "state": {"exercise": False, "expects": None},
        "action_url": "http://127.0.0.1:5/webhook",
        "action_token": "t",
    }
    assert reading.understood.intent == "faq/what_is"
    assert reading.understood.entities[0].text == "my mum"
    assert (reading.verdict.tier, reading.verdict.layer) == (2, "model")
    assert reading.actions == ("action_faq",)


@pytest.mark.parametrize(
    ("press", "intent"), [("menu.all", "press"), ("step.gate:yes", "press_step")]
)
async def test_a_press_travels_already_understood(press: str, intent: str) -> None:
    seen: list[Any] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(json.loads(request.content)["press"])
        return httpx.Response(200, json={"nlu": NLU})

    await client(handler).turn("key", turn(Press(press, "x")), {})
    assert seen == [{"intent": intent, "entities": [{"entity": "press", "value": press}]}]


@pytest.mark.parametrize("status", [401, 403, 404, 429, 502, 504])
async def test_a_rasa_that_is_not_ready_is_waited_for(status: int) -> None:
    with pytest.raises(RasaUnavailable, match=str(status)):
        await answering(status).turn("key", turn(), {})


@pytest.mark.parametrize("status", [400, 413, 422, 500, 503])
async def test_a_message_that_rasa_cannot_take_fails_its_turn(status: int) -> None:
    with pytest.raises(TurnFailed):
        await answering(status).turn("key", turn(), {})


@pytest.mark.parametrize(
    "content",
    [
        {"text": "no json"},
        {"json": {}},
        {"json": {"nlu": None}},
        {"json": {"nlu": {**NLU, "confidence": "much"}}},
        {"json": {"nlu": {**NLU, "ranking": [{"name": "x"}]}}},
        {"json": {"nlu": {**NLU, "safety": {"tier": "three"}}}},
    ],
)
async def test_an_answer_without_understanding_fails_its_turn(content: dict[str, Any]) -> None:
    with pytest.raises(TurnFailed):
        await answering(**content).turn("key", turn(), {})


@pytest.mark.parametrize(
    "error", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError]
)
async def test_a_broken_line_is_waited_for_and_names_only_its_kind(
    error: type[httpx.TransportError],
) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise error("what a client wrote", request=request)

    with pytest.raises(RasaUnavailable) as raised:
        await client(handler).turn("key", turn(), {})
    assert str(raised.value) == error.__name__


async def test_texts_are_parsed_in_their_order() -> None:
    results = [{**NLU, "intent": name} for name in ("greet", "affirm")]
    readings = await answering(json={"results": results}).parse(["hi", "yes"])
    assert [one.understood.intent for one in readings] == ["greet", "affirm"]


async def test_no_safety_word_is_tier_zero() -> None:
    nlu = {name: value for name, value in NLU.items() if name != "safety"}
    reading = await answering(json={"nlu": nlu}).turn("key", turn(), {})
    assert reading.verdict.tier == 0
