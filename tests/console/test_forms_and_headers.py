"""What every answer carries, and which forms are refused."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
import structlog

from belay.storage.review import Review
from tests.console.conftest import House
from tests.console.visitor import Visitor

FORM = {"content-type": "application/x-www-form-urlencoded"}
PAGES = ["/", "/login", "/safety", "/about", "/nothing", "/join/x", "/static/console.css"]


@pytest.mark.parametrize("path", PAGES)
async def test_every_answer_is_locked_down(coach: Visitor, path: str) -> None:
    headers = (await coach.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/safety", "/about", "/login", "/conversations/{talk}"])
async def test_no_page_holds_a_script_or_style_of_its_own(
    house: House, coach: Visitor, path: str
) -> None:
    page = await coach.get(path.format(talk=house.people["phone"].conversation.id))
    for inside in ("<style", " style=", " onclick=", " onload=", "<script>", "javascript:"):
        assert inside not in page.text
    assert "http://" not in page.text.replace("http://www.w3.org/", "")
    assert "https://" not in page.text


async def test_files_are_kept_by_version_and_only_then(coach: Visitor) -> None:
    kept = await coach.get("/static/console.css?v=1")
    assert "immutable" in kept.headers["cache-control"]
    missing = await coach.get("/static/none.css?v=1")
    assert missing.headers["cache-control"] == "no-store"
    outside = await coach.get("/static/..%2Fapp.py")
    assert outside.status_code == 404


async def test_the_vendored_files_have_their_licences(coach: Visitor) -> None:
    for name in ("htmx-2.0.10.min.js", "uplot-1.6.32.min.js", "uplot-1.6.32.min.css"):
        assert (await coach.get(f"/static/vendor/{name}")).status_code == 200
    for name in ("htmx", "uplot"):
        licence = await coach.get(f"/static/vendor/{name}-LICENSE.txt")
        assert "Permission" in licence.text


@pytest.mark.parametrize("token", ["", "wrong"])
async def test_a_form_without_the_sessions_token_is_refused(
    house: House, coach: Visitor, token: str
) -> None:
    event = house.people["phone"].safety_events[0].id
    refused = await coach.post(f"/safety/{event}/seen", {"csrf": token})
    assert refused.status_code == 403
    assert "Reload the page" in refused.text
    assert house.review.unseen() == 1


async def test_another_coachs_token_is_refused(house: House, coach: Visitor) -> None:
    other = Visitor(house.app)
    await other.sign_up(house.coaches.invite(house.clock()), email="two@example.org")
    refused = await coach.post("/logout", {"csrf": await other.csrf()})
    assert refused.status_code == 403
    assert await coach.can_read()


async def test_htmx_sends_the_token_as_a_header(house: House, coach: Visitor) -> None:
    event = house.people["phone"].safety_events[0].id
    answer = await coach.http.post(
        f"/console/safety/{event}/seen",
        headers={**FORM, "origin": coach.origin, "x-csrf-token": await coach.csrf()},
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "sent",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://testserver:8080"},
        {"origin": "https://testserver"},
        {"origin": "http://[broken"},
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": "null", "sec-fetch-site": "same-site"},
        {},
    ],
)
@pytest.mark.parametrize("path", ["/login", "/logout", "/join/x"])
async def test_forms_of_other_websites_are_refused(
    coach: Visitor, path: str, sent: dict[str, str]
) -> None:
    form = {"csrf": await coach.csrf()}
    refused = await coach.http.post(f"/console{path}", data=form, headers=sent)
    assert refused.status_code == 403
    assert "did not come from the console" in refused.text
    assert await coach.can_read()


@pytest.mark.parametrize("sent", [{"origin": "null"}, {}])
async def test_a_browser_that_hides_the_origin_is_known_by_its_fetch_site(
    coach: Visitor, sent: dict[str, str]
) -> None:
    form = {"csrf": await coach.csrf()}
    headers = {**sent, "sec-fetch-site": "same-origin"}
    left = await coach.http.post("/console/logout", data=form, headers=headers)
    assert left.status_code == 303


async def test_behind_a_proxy_the_public_address_counts(build: Callable[..., House]) -> None:
    house = build(public_url="https://belay.example/")
    visitor = Visitor(house.app, origin="http://127.0.0.1:8080")
    refused = await visitor.sign_in()
    assert refused.status_code == 403
    from_outside = await visitor.post("/login", origin="https://belay.example")
    assert from_outside.status_code == 401


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x=" + b"a" * 20_000, FORM["content-type"], 413),
        (b'{"email": "a"}', "application/json", 415),
        (b"", "multipart/form-data; boundary=x", 415),
        (b"email=%ff%fe", FORM["content-type"], 400),
        (b"&".join(b"a=1" for _ in range(50)), FORM["content-type"], 400),
        (b"\xff", FORM["content-type"], 400),
    ],
)
async def test_what_is_no_form_is_refused_kindly(
    stranger: Visitor, body: bytes, kind: str, status: int
) -> None:
    answer = await stranger.http.post(
        "/console/login",
        content=body,
        headers={"content-type": kind, "origin": stranger.origin},
    )
    assert answer.status_code == status
    assert "<h1>" in answer.text


async def test_what_a_client_wrote_stays_text(house: House, coach: Visitor) -> None:
    from sqlalchemy import update

    from belay.storage.tables import message

    with house.engine.begin() as connection:
        connection.execute(update(message).values(text="<script>alert(1)</script>{{ 7*7 }}"))
    page = await coach.get(f"/conversations/{house.people['phone'].conversation.id}")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert "{{ 7*7 }}" in page.text


async def test_a_fault_of_ours_says_nothing_of_clients(
    build: Callable[..., House], engine: Any, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Review):
        def conversations(self) -> Any:
            raise RuntimeError("words of a client")

    house = build(review=Broken(engine))
    visitor = Visitor(house.app)
    await visitor.sign_up(house.coaches.invite(house.clock()))
    with caplog.at_level(logging.DEBUG), structlog.testing.capture_logs() as logs:
        answer = await visitor.get("/")
    assert answer.status_code == 500
    assert "Something here is broken" in answer.text
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cache-control"] == "no-store"
    assert "words of a client" not in answer.text + repr(logs) + caplog.text
    assert logs[0]["error"] == "RuntimeError"


async def test_an_htmx_request_after_the_session_leads_the_whole_page_to_sign_in(
    house: House, coach: Visitor
) -> None:
    event = house.people["phone"].safety_events[0].id
    token = await coach.csrf()
    house.clock.advance(minutes=31)
    headers = {"hx-request": "true", "x-csrf-token": token}
    answer = await coach.post(f"/safety/{event}/seen", **headers)
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/console/login"
