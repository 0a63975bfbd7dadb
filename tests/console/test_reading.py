"""What coaches read: the queue, a transcript with what is beside it, the safety page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import update

from belay.domain.masking import pseudonym
from belay.storage.engine import writing
from belay.storage.tables import coach_view, conversation, message, safety_event, safety_review
from tests.console.conftest import NOTICE, House
from tests.console.visitor import Visitor


def words(page: str) -> str:
    """A page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


async def open_talk(house: House, coach: Visitor, who: str) -> str:
    answer = await coach.get(f"/conversations/{house.people[who].conversation.id}")
    assert answer.status_code == 200
    return answer.text


async def test_an_empty_console_says_what_will_come(empty_house: House) -> None:
    visitor = Visitor(empty_house.app)
    await visitor.sign_up(empty_house.coaches.invite(empty_house.clock()))
    queue = await visitor.get("/")
    assert "No conversations yet" in queue.text
    assert "make demo" in queue.text
    assert "No safety events to read" in (await visitor.get("/safety")).text


async def test_before_the_first_coach_the_door_says_where_the_link_is(empty_house: House) -> None:
    page = await Visitor(empty_house.app).get("/login")
    assert "belay coach-link" in page.text


async def test_the_queue_begins_with_the_open_safety_event_then_the_latest(
    house: House, coach: Visitor
) -> None:
    page = (await coach.get("/")).text
    order = [pseudonym(house.people[who].client.id) for who in ("phone", "dishes", "late-calls")]
    places = [page.index(name) for name in order]
    assert places == sorted(places)
    await coach.post(f"/safety/{house.people['phone'].safety_events[0].id}/seen")
    page = (await coach.get("/")).text
    assert page.index(order[1]) < page.index(order[0])


async def test_a_row_of_the_queue_tells_where_a_client_stands(house: House, coach: Visitor) -> None:
    page = words((await coach.get("/")).text)
    assert "1 to see" in page
    assert "Clear request paused 3 → – 2" in page
    assert "Support match finished 5 → 6 (+1)" in page
    assert house.people["dishes"].client.id not in page


async def test_times_are_relative_with_the_exact_one_beside(house: House, coach: Visitor) -> None:
    page = (await coach.get("/")).text
    last = house.people["dishes"].conversation.last_at
    assert last is not None
    assert f'title="2 Mar 2026, {last:%H:%M} UTC">3 h ago</time>' in page


async def test_each_message_carries_how_it_was_understood(house: House, coach: Visitor) -> None:
    page = words(await open_talk(house, coach, "dishes"))
    assert "the kitchen again. I want to bring it up without a fight" in page
    assert "raise issue 89%" in page
    assert "unsure: not understood 31%" in page
    assert "Clear request: feeling" in page
    assert "an answer 47%" in page
    assert "unsure: an answer" not in page
    assert "See, feel, need, ask pressed a button" in page
    assert "Offered: Go on with it · That&#39;s all for now" in page
    assert "They pushed back once." in page


async def test_what_was_not_kept_says_so(house: House, coach: Visitor) -> None:
    page = await open_talk(house, coach, "dishes")
    assert page.count("not kept</p>") == 6


async def test_a_flagged_message_names_tier_and_rule(house: House, coach: Visitor) -> None:
    page = words(await open_talk(house, coach, "phone"))
    assert "tier 2, direct question, floor rule CC2-watch" in page
    assert "Why it is flagged" in page
    assert "Fired by the floor, rule CC2-watch" in page


async def test_the_rail_shows_consents_drafts_statement_plan_and_practice(
    house: House, coach: Visitor
) -> None:
    page = words(await open_talk(house, coach, "late-calls"))
    assert "Keeping words yes" in page
    assert "Coach may read yes" in page
    assert "respect my evenings Would you call me before eight?" in page
    assert "Noticed: vague request." in page
    assert "This is okay for me: calls until eight in the evening." in page
    assert "Plan If she calls after eight" in page
    assert "Tried part of it: Support match" in page
    assert "About parent risk: none" in page


async def test_the_chart_stands_over_its_table(house: House, coach: Visitor) -> None:
    page = await open_talk(house, coach, "late-calls")
    assert re.findall(r'data-before="(\d*)" data-after="(\d*)"', page) == [("4", "7"), ("5", "6")]
    unfinished = await open_talk(house, coach, "dishes")
    assert re.findall(r'data-before="(\d*)" data-after="(\d*)"', unfinished) == [("3", "")]


async def test_sr_42_names_and_numbers_are_masked(house: House, coach: Visitor) -> None:
    person = house.people["late-calls"]
    house.add(
        message,
        client_id=person.client.id,
        conversation_id=person.conversation.id,
        turn_id="t",
        author="client",
        text="my sister Margarethe said call 0151 123 4567",
        extra={},
        tier=0,
        at=house.clock(),
    )
    page = await open_talk(house, coach, "late-calls")
    assert "my sister {person} said call {phone}" in page
    assert "Margarethe" not in page


async def test_sr_43_reading_is_written_down(house: House, coach: Visitor) -> None:
    await open_talk(house, coach, "phone")
    await open_talk(house, coach, "phone")
    views = house.rows(coach_view)
    assert len(views) == 2
    assert {view["client_id"] for view in views} == {house.people["phone"].client.id}


async def test_the_queue_and_the_safety_page_are_no_views(house: House, coach: Visitor) -> None:
    await coach.get("/")
    await coach.get("/safety")
    assert house.rows(coach_view) == []


async def test_a_long_conversation_is_read_page_by_page(house: House, coach: Visitor) -> None:
    person = house.people["dishes"]
    for number in range(230):
        house.add(
            message,
            client_id=person.client.id,
            conversation_id=person.conversation.id,
            turn_id=f"t{number}",
            author="client",
            text=f"line {number}.",
            extra={},
            tier=0,
            at=house.clock(),
        )
    page = await open_talk(house, coach, "dishes")
    assert "line 229." in page
    assert "line 29." not in page
    found = re.search(r'href="/console(/conversations/[^"]+\?before=\d+)"', page)
    assert found is not None
    earlier = (await coach.get(found[1])).text
    assert "line 29." in earlier
    assert "line 30." not in earlier
    assert "the kitchen again" in earlier
    for nonsense in ("x", "-1", "1" * 40, "٣"):
        answer = await coach.get(f"/conversations/{person.conversation.id}?before={nonsense}")
        assert answer.status_code == 200


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
    from belay.storage.erasure import Erasure

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


async def test_what_no_person_checked_is_said(coach: Visitor) -> None:
    for path in ("/", "/safety", "/about"):
        assert NOTICE in (await coach.get(path)).text


async def test_a_long_list_of_notices_is_on_its_own_page(build: Callable[..., House]) -> None:
    house = build(notices=lambda: [f"Line {number} is not checked." for number in range(30)])
    visitor = Visitor(house.app)
    await visitor.sign_up(house.coaches.invite(house.clock()))
    for path in ("/", "/safety"):
        page = (await visitor.get(path)).text
        assert "30 things wait for a person to check them" in page
        assert "Line 7 is not checked." not in page
    assert (await visitor.get("/about")).text.count("is not checked.") == 30


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
