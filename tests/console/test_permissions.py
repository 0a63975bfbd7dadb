"""Who gets what: every route, for a stranger, a coach, and a coach whose session ran out."""

from __future__ import annotations

import pytest
from starlette.routing import Mount, Route

from tests.console.conftest import House
from tests.console.visitor import Visitor

TALK = "{talk}"
EVENT = "{event}"
# Path, method: stranger, signed in, expired. 303 leads to the sign-in page.
TABLE = [
    ("/", "GET", 303, 200, 303),
    (f"/conversations/{TALK}", "GET", 303, 200, 303),
    ("/conversations/unknown", "GET", 303, 404, 303),
    ("/safety", "GET", 303, 200, 303),
    (f"/safety/{EVENT}/seen", "POST", 303, 303, 303),
    ("/safety/unknown/seen", "POST", 303, 404, 303),
    (f"/safety/{EVENT}/closed", "POST", 303, 303, 303),
    ("/safety/unknown/closed", "POST", 303, 404, 303),
    ("/about", "GET", 303, 200, 303),
    ("/logout", "POST", 303, 303, 303),
    ("/login", "GET", 200, 303, 200),
    ("/login", "POST", 401, 401, 401),
    ("/join/unknown", "GET", 410, 410, 410),
    ("/join/unknown", "POST", 410, 410, 410),
    ("/static/console.css", "GET", 200, 200, 200),
    ("/no/such/page", "GET", 404, 404, 404),
    ("/safety", "POST", 405, 405, 405),
    ("/logout", "GET", 405, 405, 405),
]


def test_the_table_has_every_route(house: House) -> None:
    """A new route fails here until somebody decided who may use it."""
    said = {(path.format(talk="x", event="x"), method) for path, method, *_ in TABLE}
    for route in house.console.routes:
        if isinstance(route, Mount):
            assert any(path.startswith(route.path) for path, _ in said)
            continue
        assert isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}:
            assert any(
                verb == method and route.path_regex.fullmatch(path) for path, verb in said
            ), f"{method} {route.path} is not in the table"


@pytest.mark.parametrize(("path", "method", "status"), [(p, m, s) for p, m, s, _, _ in TABLE])
async def test_a_stranger(
    house: House, stranger: Visitor, path: str, method: str, status: int
) -> None:
    answer = await ask(house, stranger, path, method)
    assert answer == status


@pytest.mark.parametrize(("path", "method", "status"), [(p, m, s) for p, m, _, s, _ in TABLE])
async def test_a_signed_in_coach(
    house: House, coach: Visitor, path: str, method: str, status: int
) -> None:
    answer = await ask(house, coach, path, method)
    assert answer == status


@pytest.mark.parametrize(("path", "method", "status"), [(p, m, s) for p, m, _, _, s in TABLE])
async def test_a_coach_after_thirty_idle_minutes(
    house: House, coach: Visitor, path: str, method: str, status: int
) -> None:
    house.clock.advance(minutes=31)
    answer = await ask(house, coach, path, method)
    assert answer == status


async def test_a_stranger_learns_nothing_from_a_refusal(house: House, stranger: Visitor) -> None:
    there = await stranger.get(f"/conversations/{house.people['phone'].conversation.id}")
    not_there = await stranger.get("/conversations/" + "0" * 32)
    assert there.status_code == not_there.status_code == 303
    assert there.text == not_there.text == ""


async def ask(house: House, visitor: Visitor, path: str, method: str) -> int:
    person = house.people["phone"]
    asked = path.format(talk=person.conversation.id, event=person.safety_events[0].id)
    if method == "GET":
        return (await visitor.get(asked)).status_code
    return (await visitor.post(asked, {"email": "a@example.org", "password": "x"})).status_code
