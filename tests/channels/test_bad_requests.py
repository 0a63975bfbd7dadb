"""Bad requests to the chat: a clear 4xx with a JSON problem body, and nothing stored."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from itsdangerous import URLSafeSerializer

from belay.domain.reply import Button
from belay.gateway.buttons import ButtonSigner
from tests.channels.web_visit import Visit, is_problem
from tests.gateway.stage import Stage

OVER_HTTP = True
CANARY = "quokkaquilt"
GOOD_ID = "12345678"
NEEDS_A_VISIT = [
    ("POST", "/chat/messages", {"id": GOOD_ID, "text": "hello"}),
    ("POST", "/chat/seen", {"cursor": 0}),
    ("GET", "/chat/events", None),
    ("GET", "/chat/history", None),
]


@pytest.fixture
async def visit(stage: Stage) -> Visit:
    return await Visit(stage).open()


@pytest.mark.parametrize(("method", "path", "body"), NEEDS_A_VISIT)
async def test_without_a_cookie_nothing_is_taken(
    stage: Stage, method: str, path: str, body: Any
) -> None:
    is_problem(await Visit(stage).http.request(method, path, json=body), 401)
    assert stage.rows_in_all() == {}


@pytest.mark.parametrize(("method", "path", "body"), NEEDS_A_VISIT)
@pytest.mark.parametrize(
    "cookie",
    ["", "forged", URLSafeSerializer("another key", salt="belay.visitor").dumps("ann"), "x" * 4000],
)
async def test_a_forged_cookie_is_nobody(
    stage: Stage, method: str, path: str, body: Any, cookie: str
) -> None:
    visit = Visit(stage)
    visit.http.cookies.set("belay_visit", cookie)
    is_problem(await visit.http.request(method, path, json=body), 401)
    assert stage.rows_in_all() == {}


async def test_a_button_value_is_no_cookie(stage: Stage) -> None:
    value = ButtonSigner(stage.belay.secrets.signing).sign(Button("x", "menu.all"), "t", 1)
    visit = Visit(stage)
    visit.http.cookies.set("belay_visit", value)
    is_problem(await visit.post("/chat/messages", json={"id": GOOD_ID, "text": "hello"}), 401)


async def test_opening_with_a_forged_cookie_makes_a_new_visit(stage: Stage) -> None:
    visit = Visit(stage)
    response = await visit.post(
        "/chat/open", json={"view": "v1"}, headers={"Cookie": "belay_visit=forged"}
    )
    assert response.status_code == 200
    assert response.cookies.get("belay_visit") not in (None, "forged")


@pytest.mark.parametrize(("method", "path", "body"), [*NEEDS_A_VISIT, ("POST", "/chat/open", {})])
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://belay.test.evil"])
async def test_another_site_is_refused(
    stage: Stage, method: str, path: str, body: Any, origin: str
) -> None:
    visit = await Visit(stage).open()
    body = {"view": "v1"} if path == "/chat/open" else body
    response = await visit.http.request(method, path, json=body, headers={"Origin": origin})
    is_problem(response, 403)
    assert "inbox" not in stage.rows_in_all()


async def test_a_site_that_is_allowed_may_embed_the_chat(home, clock) -> None:  # type: ignore[no-untyped-def]
    stage = await Stage(home, clock, http=True, allowed_origins=("https://friends.example",)).open()
    visit = await Visit(stage, origin="https://friends.example").open()
    assert (await visit.sends("hello")).status_code == 202
    await stage.close()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b'{"id": "12345678", "text": "hello", "admin": true}',
        b'{"id": "12345678", "text": 5}',
        b'{"id": "12345678", "text": null}',
        b'{"id": "12345678", "text": ["hello"]}',
        b'{"id": 12345678, "text": "hello"}',
        b'{"id": "short", "text": "hello"}',
        b'{"id": "with spaces in it", "text": "hello"}',
        b'{"id": "12345678", "button": {"p": "menu.all"}}',
        b'{"id": "12345678", "button": "' + b"x" * 2001 + b'"}',
        b'{"text": "hello"}',
        b'{"id": "12345678", "text": "   "}',
        b'{"id": "12345678"}',
        b'{"id": "12345678", "text": "a\\ud800b"}',
    ],
)
async def test_a_message_of_the_wrong_shape_is_refused(
    stage: Stage, visit: Visit, content: bytes
) -> None:
    response = await visit.post(
        "/chat/messages", content=content, headers={"Content-Type": "application/json"}
    )
    is_problem(response, 422)
    assert "inbox" not in stage.rows_in_all()


async def test_a_form_is_no_json(visit: Visit) -> None:
    response = await visit.post("/chat/messages", data={"id": GOOD_ID, "text": "hello"})
    is_problem(response, 422)


async def test_a_problem_never_repeats_what_was_sent(visit: Visit) -> None:
    for body in ({"id": CANARY, "text": 1, CANARY: CANARY}, {"id": GOOD_ID, "button": CANARY}):
        response = await visit.post("/chat/messages", json=body)
        assert response.status_code in (400, 422)
        assert CANARY not in response.text


async def test_the_longest_message_is_taken_and_a_longer_one_refused(
    stage: Stage, visit: Visit
) -> None:
    assert (await visit.sends("a " * 2000)).status_code == 202
    body = is_problem(await visit.sends("a" * 4001), 413)
    assert "4000" in body["detail"]
    assert len(stage.sql("SELECT id FROM inbox")) == 1


async def test_a_crisis_at_the_end_of_a_message_that_is_too_long_is_answered(
    stage: Stage, visit: Visit
) -> None:
    response = await visit.sends("a " * 2500 + "I want to kill myself")
    assert response.status_code == 202
    assert stage.sql("SELECT tier FROM safety_event") == [3]


async def test_a_huge_body_is_refused_before_it_is_read(stage: Stage, visit: Visit) -> None:
    response = await visit.post("/chat/messages", content=b"x" * 300_000)
    is_problem(response, 413)
    assert "inbox" not in stage.rows_in_all()


async def test_a_huge_body_without_a_length_is_refused_as_well(stage: Stage, visit: Visit) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'{"id": "12345678", "text": "'
        for _ in range(40):
            yield b"x" * 10_000

    is_problem(await visit.post("/chat/messages", content=endless()), 413)
    assert "inbox" not in stage.rows_in_all()


async def test_a_body_that_is_deeply_nested_breaks_nothing(visit: Visit) -> None:
    nested = b'{"id": "12345678", "text": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    response = await visit.post(
        "/chat/messages", content=nested, headers={"Content-Type": "application/json"}
    )
    assert response.status_code in (400, 413, 422)
    is_problem(response, response.status_code)


@pytest.mark.parametrize("value", ["forged", "", "e30.x", "eyJwIjoibWVudS5hbGwifQ", "x" * 1900])
async def test_a_forged_button_is_refused(stage: Stage, visit: Visit, value: str) -> None:
    is_problem(await visit.presses(value), 400)
    assert "inbox" not in stage.rows_in_all()


async def test_another_persons_button_is_refused(stage: Stage, visit: Visit) -> None:
    other = await Visit(stage).open()
    await other.sends("hello")
    title, value = next(iter(other.buttons.items()))
    assert title
    body = is_problem(await visit.presses(value), 400)
    assert "not from this chat" in body["detail"]


async def test_a_button_with_a_changed_payload_is_refused(stage: Stage, visit: Visit) -> None:
    await visit.sends("hello")
    value = next(iter(visit.buttons.values()))
    payload, _, signature = value.rpartition(".")
    changed = payload[:-2] + ("A" if payload[-2] != "A" else "B") + payload[-1]
    is_problem(await visit.presses(f"{changed}.{signature}"), 400)


async def test_a_cookie_value_is_no_button(stage: Stage, visit: Visit) -> None:
    cookie = visit.http.cookies.get("belay_visit")
    assert cookie is not None
    is_problem(await visit.presses(cookie), 400)


@pytest.mark.parametrize("cursor", [-1, "x", None, 1.5, 10**30, [1]])
async def test_a_cursor_that_is_none_is_refused(visit: Visit, cursor: Any) -> None:
    is_problem(await visit.post("/chat/seen", json={"cursor": cursor}), 422)


@pytest.mark.parametrize("before", ["-1", "0", "x", str(10**30), "1.5"])
async def test_a_page_of_history_that_is_none_is_refused(visit: Visit, before: str) -> None:
    is_problem(await visit.get("/chat/history", params={"before": before}), 422)


@pytest.mark.parametrize("cursor", ["-1", "x", str(10**30)])
async def test_a_stream_from_nowhere_is_refused(visit: Visit, cursor: str) -> None:
    is_problem(await visit.get("/chat/events", params={"cursor": cursor}), 422)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/chat/nothing"), ("DELETE", "/chat/messages"), ("GET", "/chat/messages")],
)
async def test_what_is_not_there_is_a_problem_as_well(visit: Visit, method: str, path: str) -> None:
    response = await visit.http.request(method, path)
    assert response.status_code in (404, 405)
    is_problem(response, response.status_code)


async def test_too_many_messages_are_asked_to_wait(visit: Visit) -> None:
    statuses = []
    for number in range(45):
        body = {"id": f"message-{number}", "text": " "}
        statuses.append((await visit.post("/chat/messages", json=body)).status_code)
    assert statuses[-1] == 429
    response = await visit.post("/chat/messages", json={"id": GOOD_ID, "text": "hello"})
    is_problem(response, 429)
    assert int(response.headers["Retry-After"]) >= 1


async def test_help_needs_neither_cookie_nor_origin(stage: Stage) -> None:
    response = await Visit(stage, origin=None).get("/chat/help")
    assert response.status_code == 200
    assert "findahelpline.com" in json.dumps(response.json())


async def test_an_error_of_ours_is_a_problem_without_details(
    stage: Stage, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(stage.belay.records, "history", broken)
    response = await visit.get("/chat/history")
    is_problem(response, 500)
    assert CANARY not in response.text


async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(stage: Stage) -> None:
    response = await Visit(stage).post("/chat/open", json={"view": "v1"})
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/chat" in cookie


async def test_over_https_the_cookie_travels_encrypted_only(home, clock) -> None:  # type: ignore[no-untyped-def]
    stage = await Stage(home, clock, http=True, public_url="https://belay.example").open()
    response = await Visit(stage, origin=None).post("/chat/open", json={"view": "v1"})
    assert "secure" in response.headers["set-cookie"].lower()
    await stage.close()
