"""Safety events in the console: their order, the mark of a coach, and what a mark does."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from belay.domain.masking import pseudonym
from belay.storage.engine import writing
from belay.storage.erasure import Erasure
from belay.storage.tables import conversation, safety_event, safety_review
from tests.console.conftest import House
from tests.console.pages import words
from tests.console.visitor import Visitor


async def test_marking_as_seen_is_written_down_once(house: House, coach: Visitor) -> None:
    event = house.people["phone"].safety_events[0].id
    done = await coach.post(f"/safety/{event}/seen")
    assert done.headers["location"] == "/console/safety"
    await coach.post(f"/safety/{event}/seen")
    rows = house.rows(safety_review)
    assert [(row["event_id"], row["act"]) for row in rows] == [(event, "seen")]
    page = words((await coach.get("/safety")).text)
    assert "Seen by Robin, just now" in page
    assert "to see" not in page


async def test_from_the_transcript_it_leads_back_to_the_transcript(
    house: House, coach: Visitor
) -> None:
    person = house.people["phone"]
    done = await coach.post(f"/safety/{person.safety_events[0].id}/seen", {"from": "transcript"})
    assert done.headers["location"] == f"/console/conversations/{person.conversation.id}"


async def test_with_htmx_only_the_event_and_the_count_come_back(
    house: House, coach: Visitor
) -> None:
    event = house.people["phone"].safety_events[0].id
    done = await coach.post(f"/safety/{event}/seen", **{"hx-request": "true"})
    assert done.text.strip().startswith(f'<li class="flag" id="flag-{event}"')
    assert 'id="unseen" hx-swap-oob="true"' in done.text
    assert "unseen-" not in done.text
    assert "<html" not in done.text


async def test_from_the_transcript_the_mark_in_the_list_goes_as_well(
    house: House, coach: Visitor
) -> None:
    person = house.people["phone"]
    form = {"from": "transcript", "message": '5"><b>'}
    path = f"/safety/{person.safety_events[0].id}/seen"
    done = await coach.post(path, form, **{"hx-request": "true"})
    assert f'<span id="unseen-{person.conversation.id}" hx-swap-oob="true"></span>' in done.text
    assert "<b>" not in done.text


async def test_a_clients_no_does_not_close_an_event(house: House, coach: Visitor) -> None:
    """Only a coach's mark does; what the client answered is no row of safety_review."""
    assert house.rows(safety_review) == []
    assert "1 to see" in (await coach.get("/safety")).text


async def test_an_erased_event_keeps_its_day_and_tier(house: House, coach: Visitor) -> None:
    person = house.people["phone"]
    Erasure(house.engine).erase(person.client.id, house.clock())
    page = words((await coach.get("/safety")).text)
    assert "2 direct question not kept" in page
    assert pseudonym(person.client.id) not in page


async def test_open_events_stand_before_seen_ones_however_old(house: House, coach: Visitor) -> None:
    person = house.people["phone"]
    at = person.safety_events[0].at - timedelta(days=30)
    house.add(
        safety_event,
        id="older",
        client_id=person.client.id,
        conversation_id=person.conversation.id,
        at=at,
        tier=3,
        route="safety_suicide",
        layer="model",
        rule="old",
    )
    await coach.post(f"/safety/{person.safety_events[0].id}/seen")
    page = (await coach.get("/safety")).text
    assert page.index("crisis reply") < page.index("CC2-watch")


async def test_the_safety_page_begins_with_the_worst_of_the_unseen(
    house: House, coach: Visitor
) -> None:
    client = house.people["dishes"].client.id
    talk = house.people["dishes"].conversation.id
    for number, tier in enumerate((2, 3, 2)):
        house.add(
            safety_event,
            id=f"{number}" * 32,
            client_id=client,
            conversation_id=talk,
            at=house.clock() - timedelta(hours=number),
            tier=tier,
            route="safety_suicide",
        )
    page = (await coach.get("/safety")).text
    places = [page.index(f"flag-{number}") for number in ("1" * 32, "0" * 32, "2" * 32)]
    assert places == sorted(places)


async def test_closing_an_event_is_seeing_it_and_opens_the_chat_again(
    house: House, coach: Visitor
) -> None:
    flag = house.people["phone"].safety_events[0]
    talk = house.people["phone"].conversation.id
    state = {"phase": "crisis", "route": flag.route, "tier": 3, "since": None, "asked": True}
    change = (
        update(conversation)
        .where(conversation.c.id == talk)
        .values(safety={**state, "event_id": flag.id})
    )
    with writing(house.engine).begin() as connection:
        connection.execute(change)
    before = next(row["version"] for row in house.rows(conversation) if row["id"] == talk)
    assert (await coach.post(f"/safety/{flag.id}/closed")).status_code in (200, 303)
    acts = [row["act"] for row in house.rows(safety_review) if row["event_id"] == flag.id]
    assert acts == ["seen", "closed"]
    after = next(row for row in house.rows(conversation) if row["id"] == talk)
    assert after["safety"]["phase"] == "aftercare"
    # A turn that is planned just now is planned again.
    assert after["version"] == before + 1
    assert "Closed by" in (await coach.get("/safety")).text
    await coach.post(f"/safety/{flag.id}/closed")
    assert len([1 for row in house.rows(safety_review) if row["event_id"] == flag.id]) == 2
    assert any(row["id"] == flag.id for row in house.rows(safety_event))
