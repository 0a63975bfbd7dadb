"""The one-time link: who gets in with it, and who does not."""

from __future__ import annotations

import asyncio

import pytest

from belay.storage.tables import coach as coach_table
from belay.storage.tables import coach_invite
from tests.console.conftest import House
from tests.console.visitor import EMAIL, Visitor


async def test_the_link_opens_an_account_and_signs_in(house: House, stranger: Visitor) -> None:
    token = house.coaches.invite(house.clock())
    assert not house.coaches.any()
    page = await stranger.get(f"/join/{token}")
    assert "Sign up as a coach" in page.text
    assert (await stranger.sign_up(token)).headers["location"] == "/console/"
    assert await stranger.can_read()
    assert house.coaches.any()


async def test_looking_at_the_link_does_not_use_it_up(house: House, stranger: Visitor) -> None:
    token = house.coaches.invite(house.clock())
    for _ in range(3):
        assert (await stranger.get(f"/join/{token}")).status_code == 200
    assert (await stranger.sign_up(token)).status_code == 303


async def test_the_link_works_once(house: House, stranger: Visitor) -> None:
    token = house.coaches.invite(house.clock())
    await stranger.sign_up(token)
    second = Visitor(house.app)
    assert (await second.get(f"/join/{token}")).status_code == 410
    assert (await second.sign_up(token, email="two@example.org")).status_code == 410
    assert not await second.can_read()


async def test_two_at_the_same_moment_make_one_account(house: House) -> None:
    token = house.coaches.invite(house.clock())
    answers = await asyncio.gather(
        *(Visitor(house.app).sign_up(token, email=f"{number}@example.org") for number in range(4))
    )
    assert sorted(answer.status_code for answer in answers) == [303, 410, 410, 410]
    assert len(house.rows(coach_table)) == 1


async def test_the_link_is_good_for_fifteen_minutes(house: House, stranger: Visitor) -> None:
    token = house.coaches.invite(house.clock())
    house.clock.advance(minutes=15)
    gone = await stranger.sign_up(token)
    assert gone.status_code == 410
    assert "belay coach-link" in gone.text


async def test_the_database_does_not_hold_the_link(house: House) -> None:
    token = house.coaches.invite(house.clock())
    assert token not in repr(house.rows(coach_invite))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "short"}, "This has 5 characters. Use 12 or more"),
        ({"password": "aaaaaaaaaaaaaaaa"}, "repeats the same few characters"),
        ({"password": "robin robin robin 7"}, "Leave your name and address out"),
        ({"name": "  "}, "Give the name"),
        ({"email": "robin"}, "Give a whole e-mail address"),
    ],
)
async def test_what_will_not_do_is_said_and_the_link_stays_good(
    house: House, stranger: Visitor, changed: dict[str, str], said: str
) -> None:
    token = house.coaches.invite(house.clock())
    refused = await stranger.sign_up(token, **changed)
    assert refused.status_code == 422
    assert said in refused.text
    assert (await stranger.sign_up(token)).status_code == 303


async def test_a_refused_password_is_not_sent_back(house: House, stranger: Visitor) -> None:
    token = house.coaches.invite(house.clock())
    refused = await stranger.sign_up(token, password="zebra")
    assert "zebra" not in refused.text
    assert EMAIL in refused.text


async def test_an_address_is_taken_once_in_any_spelling(house: House, coach: Visitor) -> None:
    token = house.coaches.invite(house.clock())
    other = Visitor(house.app)
    refused = await other.sign_up(token, email=EMAIL.upper())
    assert refused.status_code == 422
    assert "There is an account with this address" in refused.text
    assert (await other.sign_up(token, email="two@example.org")).status_code == 303


async def test_a_composed_letter_is_the_same_password(house: House, stranger: Visitor) -> None:
    await stranger.sign_up(house.coaches.invite(house.clock()), password="caf\u00e9 lamp river 9")
    await stranger.post("/logout")
    back = await stranger.sign_in(password="cafe\u0301 lamp river 9")
    assert back.status_code == 303
