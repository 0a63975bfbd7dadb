"""What coaches read: the queue, a transcript with what is beside it, the notices."""

from __future__ import annotations

import re
from collections.abc import Callable

from belay.domain.masking import pseudonym
from belay.storage.tables import coach_view, message
from tests.console.conftest import NOTICE, House
from tests.console.pages import open_talk, words
from tests.console.visitor import Visitor


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
