""" "Send me my data": everything, once, for a short time."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.gateway.stage import Person, Stage
from tests.services.walking import A_PLAN, finishes, walks_to

OVER_HTTP = True
CANARY = "quokkaquilt"


async def link_for(person: Person) -> str:
    """Ask for the data and read the link off the card."""
    await person.says("send me my data")
    assert person.last is not None
    card = person.last.replies[-1].card
    assert card is not None
    assert card.url is not None
    return card.url


async def fetch(stage: Stage, url: str) -> httpx.Response:
    """Open a link as a browser does, without any cookie."""
    transport = httpx.ASGITransport(app=stage.belay.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://belay") as http:
        return await http.get(url)


async def test_sr_41_the_export_holds_everything_that_is_stored(stage: Stage) -> None:
    ann = stage.person()
    exercise = await finishes(ann, "boundary_builder")
    await ann.says(f"i feel {CANARY}", "I want to kill myself")
    response = await fetch(stage, await link_for(ann))
    assert response.status_code == 200
    data = response.json()
    assert CANARY in response.text
    assert exercise.step("ok").examples[0] in json.dumps(data["exercises"])
    assert data["exercises"][0]["answers"][0]["step"] == "circle"
    assert data["people"][0]["role"] == "parent"
    assert data["safety_events"][0]["tier"] == 3
    assert data["client"][0]["id"] == ann.client_id
    assert data["practices"][0]["plan"] == A_PLAN
    stored = stage.rows_in_all()
    assert len(data["messages"]) == stored["message"]
    assert len(data["events"]) == stored["happening"]


async def test_the_export_holds_goals_with_ratings_and_reminders(stage: Stage) -> None:
    ann = stage.person()
    await finishes(ann, "boundary_builder")
    await ann.presses("consent.review_off")
    await ann.says("tomorrow at 18:30", "London", "skip", "a goal", "Ask for help once a week")
    for part in ("goal.ours", "goal.at:s1"):
        await ann.presses(next(one.press for one in ann.buttons if part in one.press))
    data = (await fetch(stage, await link_for(ann))).json()
    assert data["goals"][0]["text"] == "Ask for help once a week"
    assert data["goals"][0]["ratings"][0]["level"] == -1
    assert [one["kind"] for one in data["reminders"]] == ["nudge", "check"]
    assert data["reminder_wishes"][0]["zone"] == "Europe/London"


async def test_the_export_holds_nothing_of_somebody_else(stage: Stage) -> None:
    bea = stage.person("bea")
    await walks_to(bea, "boundary_builder", "step.ok")
    await bea.says(f"Visits with {CANARY}", "I want to kill myself")
    ann = stage.person("ann")
    await ann.says("hello")
    response = await fetch(stage, await link_for(ann))
    assert CANARY not in response.text
    assert bea.client_id not in response.text


async def test_a_link_works_once(stage: Stage) -> None:
    url = await link_for(await stage.person().says("hello"))
    assert (await fetch(stage, url)).status_code == 200
    again = await fetch(stage, url)
    assert again.status_code == 404
    assert again.headers["content-type"] == "application/problem+json"


async def test_a_link_is_too_old_after_fifteen_minutes(stage: Stage) -> None:
    url = await link_for(await stage.person().says("hello"))
    stage.clock.advance(minutes=15)
    assert (await fetch(stage, url)).status_code == 404


async def test_a_new_link_takes_the_place_of_the_old_one(stage: Stage) -> None:
    ann = await stage.person().says("hello")
    old, new = await link_for(ann), await link_for(ann)
    assert (await fetch(stage, old)).status_code == 404
    assert (await fetch(stage, new)).status_code == 200


@pytest.mark.parametrize("token", ["x", "..", "a" * 43, "%00", "None"])
async def test_a_guessed_link_is_not_found(stage: Stage, token: str) -> None:
    await link_for(await stage.person().says("hello"))
    assert (await fetch(stage, f"/chat/export/{token}")).status_code == 404


async def test_a_link_is_nowhere_in_the_database_once_it_was_shown(stage: Stage) -> None:
    ann = stage.person()
    await finishes(ann, "boundary_builder")  # saving is on: the transcript keeps its words
    url = await link_for(ann)
    stage.delivered("ann")
    assert stage.tables_with(url.rsplit("/", 1)[1]) == set()


async def test_an_export_is_not_kept_by_browsers_or_proxies(stage: Stage) -> None:
    response = await fetch(stage, await link_for(await stage.person().says("hello")))
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-disposition"].startswith("attachment")


async def test_data_can_be_had_without_any_consent(stage: Stage) -> None:
    ann = stage.person(onboarded=False)
    await ann.says("hello")
    assert (await fetch(stage, await link_for(ann))).status_code == 200


async def test_after_deletion_an_old_link_gives_nothing(stage: Stage) -> None:
    ann = await stage.person().says("hello")
    url = await link_for(ann)
    await ann.says("delete my data", "yes")
    assert (await fetch(stage, url)).status_code == 404
