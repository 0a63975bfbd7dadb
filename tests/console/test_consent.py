"""A client who does not let coaches read is not there, on every route, but for one line."""

from __future__ import annotations

import pytest
from starlette.routing import Route

from belay.domain.masking import pseudonym
from belay.storage.invented import InventedClient
from tests.console.conftest import House
from tests.console.visitor import Visitor

NO_REVIEW = [(True, False), (True, None), (False, True), (None, True), (False, False)]


@pytest.fixture(params=NO_REVIEW, ids=lambda pair: f"use={pair[0]},review={pair[1]}")
def hidden(request: pytest.FixtureRequest, house: House) -> InventedClient:
    """The client with the safety event, after one of the ways not to allow review."""
    use, review = request.param
    house.consent("phone", may_use=use, may_review=review)
    return house.people["phone"]


def traces(person: InventedClient) -> set[str]:
    """Everything that would give the client away."""
    run = person.runs[0]
    words = {line.text for line in person.messages if line.text and len(line.text) > 12}
    words |= {run.artefact or "", run.plan or "", run.ruler or ""}
    ids = {person.client.id, person.conversation.id, run.id, pseudonym(person.client.id)}
    events = {value for event in person.safety_events for value in (event.id, event.rule)}
    return {trace for trace in words | ids | events if trace}


async def test_no_route_tells_of_them(house: House, coach: Visitor, hidden: InventedClient) -> None:
    known = {
        "conversation_id": hidden.conversation.id,
        "event_id": hidden.safety_events[0].id,
        "token": "x",
    }
    asked = 0
    for route in house.console.routes:
        if not isinstance(route, Route) or route.path == "/logout":
            continue
        for method in (route.methods or set()) - {"HEAD"}:
            path = route.path.format(**{name: known[name] for name in route.param_convertors})
            answer = await (coach.get(path) if method == "GET" else coach.post(path))
            told = answer.text + repr(answer.headers)
            found = [trace for trace in traces(hidden) if trace in told]
            assert not found, f"{method} {route.path} tells {found}"
            asked += 1
    assert asked >= 9


@pytest.mark.parametrize("page", ["/conversations/{}", "/conversations/{}?before=99999"])
async def test_their_conversation_is_as_unknown_as_any(
    coach: Visitor, hidden: InventedClient, page: str
) -> None:
    asked = await coach.get(page.format(hidden.conversation.id))
    unknown = await coach.get(page.format("0" * 32))
    assert asked.status_code == unknown.status_code == 404
    assert asked.text == unknown.text
    assert sorted(asked.headers) == sorted(unknown.headers)


async def test_their_safety_event_cannot_be_marked(
    house: House, coach: Visitor, hidden: InventedClient
) -> None:
    asked = await coach.post(f"/safety/{hidden.safety_events[0].id}/seen")
    unknown = await coach.post("/safety/unknown/seen")
    assert asked.status_code == unknown.status_code == 404
    assert asked.text == unknown.text
    assert house.review.unseen() == 0


async def test_their_safety_event_shows_time_tier_and_route(
    coach: Visitor, hidden: InventedClient
) -> None:
    page = await coach.get("/safety")
    event = hidden.safety_events[0]
    assert event.at.isoformat() in page.text
    assert "coercive control" in page.text
    assert "direct question" in page.text
    assert "Mark as seen" not in page.text


async def test_looking_for_them_leaves_no_view(
    house: House, coach: Visitor, hidden: InventedClient
) -> None:
    from belay.storage.tables import coach_view

    await coach.get(f"/conversations/{hidden.conversation.id}")
    assert house.rows(coach_view) == []


async def test_they_are_back_when_they_allow_it_again(house: House, coach: Visitor) -> None:
    path = f"/conversations/{house.people['phone'].conversation.id}"
    house.consent("phone", may_review=False)
    assert (await coach.get(path)).status_code == 404
    house.consent("phone", may_review=True)
    assert (await coach.get(path)).status_code == 200


async def test_the_others_stay_readable(
    house: House, coach: Visitor, hidden: InventedClient
) -> None:
    page = await coach.get("/")
    assert pseudonym(house.people["late-calls"].client.id) in page.text
    assert pseudonym(house.people["dishes"].client.id) in page.text
