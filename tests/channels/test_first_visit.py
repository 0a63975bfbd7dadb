"""What a first visit costs, and who may pay it: bytes, and pages of other sites."""

from __future__ import annotations

import pytest

from belay.widget.pages import add_pages
from tests.channels.web_visit import Visit
from tests.gateway.stage import Stage

OVER_HTTP = True
FRIEND = "https://friends.example"
FETCHED = (  # as tests/browser/test_widget_second_file.py sees it; the stream is empty then
    ("GET", "/widget/belay-chat.js", None),
    ("POST", "/chat/open", {"view": "v1"}),
    ("GET", "/chat/help", None),
)


async def test_a_first_visit_fetches_less_than_15_000_bytes(stage: Stage) -> None:
    belay = stage.belay
    add_pages(belay.app, belay.content.widget_labels, belay.use_cases.help_lines.page, "/left")
    visit, bytes_on_the_wire = Visit(stage), 0
    for method, path, body in FETCHED:
        async with visit.http.stream(
            method, path, json=body, headers={"Accept-Encoding": "gzip"}
        ) as answer:
            fetched = b"".join([part async for part in answer.aiter_raw()])
            assert answer.headers.get("content-encoding") == "gzip", (path, fetched[:200])
            bytes_on_the_wire += len(fetched)
    assert 10_000 < bytes_on_the_wire < 15_000


async def test_a_browser_without_gzip_gets_the_same_words(stage: Stage) -> None:
    visit = Visit(stage)
    plain = await visit.get("/chat/help", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == (await visit.get("/chat/help")).json()


@pytest.fixture
async def open_to_a_friend(home, clock):  # type: ignore[no-untyped-def]
    stage = await Stage(home, clock, http=True, allowed_origins=(FRIEND,)).open()
    yield stage
    await stage.close()


def asking(origin: str) -> dict[str, str]:
    """What a browser asks before a page of another origin may send JSON."""
    return {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }


async def test_a_listed_site_s_page_may_send_and_read(open_to_a_friend: Stage) -> None:
    visit = Visit(open_to_a_friend, origin=FRIEND)
    asked = await visit.http.options("/chat/messages", headers=asking(FRIEND))
    assert asked.status_code == 200
    opened = await visit.post("/chat/open", json={"view": "v1"})
    for answer in (asked, opened):
        assert answer.headers["access-control-allow-origin"] == FRIEND
        assert answer.headers["access-control-allow-credentials"] == "true"
    assert "Retry-After" in opened.headers["access-control-expose-headers"]


async def test_another_site_s_page_may_not(open_to_a_friend: Stage) -> None:
    visit = Visit(open_to_a_friend, origin="https://evil.example")
    asked = await visit.http.options("/chat/messages", headers=asking("https://evil.example"))
    assert "access-control-allow-origin" not in asked.headers
    assert (await visit.post("/chat/open", json={"view": "v1"})).status_code == 403


@pytest.mark.parametrize("path", ["/console/", "/console/login", "/local/say"])
async def test_a_listed_site_s_page_reads_nothing_but_the_chat(
    open_to_a_friend: Stage, path: str
) -> None:
    visit = Visit(open_to_a_friend, origin=FRIEND)
    answer = await visit.get(path)
    assert "access-control-allow-origin" not in answer.headers
    asked = await visit.http.options(path, headers=asking(FRIEND))
    assert "access-control-allow-origin" not in asked.headers
