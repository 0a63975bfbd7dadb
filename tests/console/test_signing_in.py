"""Signing in and out: what is said, what is stored, what ends it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

import pytest

from belay.console.passwords import Passwords
from belay.console.throttle import MINUTES, TRIES, Throttle
from belay.storage.tables import coach as coach_table
from belay.storage.tables import coach_session
from tests.console.conftest import QUICK, House
from tests.console.visitor import EMAIL, PASSWORD, Visitor


async def test_a_coach_signs_out_and_in_again(coach: Visitor) -> None:
    assert await coach.can_read()
    left = await coach.post("/logout")
    assert left.headers["location"] == "/console/login"
    assert not await coach.can_read()
    back = await coach.sign_in()
    assert (back.status_code, back.headers["location"]) == (303, "/console/")
    assert await coach.can_read()


async def test_signing_out_ends_the_session_for_a_stolen_cookie_too(
    house: House, coach: Visitor
) -> None:
    thief = Visitor(house.app)
    thief.http.cookies.update(coach.http.cookies)
    assert await thief.can_read()
    await coach.post("/logout")
    assert not await thief.can_read()


async def test_an_unknown_address_and_a_wrong_password_look_the_same(coach: Visitor) -> None:
    await coach.post("/logout")
    wrong = await coach.sign_in(password="another long password")
    unknown = await coach.sign_in(email="nobody@example.org")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace(EMAIL, "") == unknown.text.replace("nobody@example.org", "")
    assert "do not fit together" in wrong.text


async def test_an_unknown_address_costs_a_hash_as_well(build: Callable[..., House]) -> None:
    checked: list[str | None] = []

    class Counting(Passwords):
        def is_right(self, stored: str | None, password: str) -> bool:
            checked.append(stored)
            return super().is_right(stored, password)

    visitor = Visitor(build(passwords=Counting(QUICK)).app)
    await visitor.sign_in(email="nobody@example.org")
    assert checked == [None]
    assert not Passwords(QUICK).is_right(None, "nobody has this password")


async def test_after_five_wrong_tries_there_is_a_break(coach: Visitor) -> None:
    await coach.post("/logout")
    for _ in range(TRIES):
        assert (await coach.sign_in(password="wrong")).status_code == 401
    stopped = await coach.sign_in()
    assert stopped.status_code == 429
    assert 1 <= int(stopped.headers["retry-after"]) <= MINUTES * 60
    assert "Too many tries" in stopped.text
    assert not await coach.can_read()


async def test_the_address_is_slowed_down_over_all_accounts(stranger: Visitor) -> None:
    for number in range(TRIES):
        await stranger.sign_in(email=f"{number}@example.org")
    assert (await stranger.sign_in(email="another@example.org")).status_code == 429


async def test_a_good_sign_in_begins_the_count_again(coach: Visitor) -> None:
    for _ in range(2):
        for _ in range(TRIES - 1):
            assert (await coach.sign_in(password="wrong")).status_code == 401
        assert (await coach.sign_in()).status_code == 303


def test_the_break_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now)
    throttle = Throttle()
    assert [throttle.take("a", "1.2.3.4") for _ in range(TRIES)] == [0] * TRIES
    assert throttle.take("a", "5.6.7.8") > 0
    assert throttle.take("b", "1.2.3.4") > 0
    assert throttle.take("b", "5.6.7.8") == 0
    now += MINUTES * 60 + 1
    assert throttle.take("a", "1.2.3.4") == 0


async def test_thirty_idle_minutes_end_a_session_and_use_keeps_it(
    house: House, coach: Visitor
) -> None:
    for _ in range(4):
        house.clock.advance(minutes=29)
        assert await coach.can_read()
    house.clock.advance(minutes=31)
    assert not await coach.can_read()


async def test_twelve_hours_end_a_session_in_use(house: House, coach: Visitor) -> None:
    for _ in range(28):
        house.clock.advance(minutes=25)
        assert await coach.can_read()
    house.clock.advance(minutes=25)
    assert not await coach.can_read()


async def test_a_coach_who_was_switched_off_is_out_at_once(house: House, coach: Visitor) -> None:
    from sqlalchemy import update

    with house.engine.begin() as connection:
        connection.execute(update(coach_table).values(active=False))
    assert not await coach.can_read()
    assert (await coach.sign_in()).status_code == 401


async def test_the_database_holds_no_password_and_no_token(house: House, coach: Visitor) -> None:
    token = coach.http.cookies["belay_coach"]
    stored = house.rows(coach_session)
    assert [row["token_hash"] for row in stored] == [hashlib.sha256(token.encode()).hexdigest()]
    assert house.rows(coach_table)[0]["password_hash"].startswith("$argon2id$")
    assert PASSWORD not in repr(house.rows(coach_table))


async def test_signing_in_never_reuses_a_session(house: House, coach: Visitor) -> None:
    before = coach.http.cookies["belay_coach"]
    await coach.sign_in()
    assert coach.http.cookies["belay_coach"] != before
    assert len(house.rows(coach_session)) == 1


async def test_a_made_up_cookie_opens_nothing(stranger: Visitor) -> None:
    stranger.http.cookies.set("belay_coach", "x" * 43)
    assert not await stranger.can_read()


async def test_the_page_asked_for_comes_after_signing_in(house: House, coach: Visitor) -> None:
    talk = house.people["phone"].conversation.id
    house.clock.advance(minutes=31)
    asked = await coach.get(f"/conversations/{talk}")
    login = await coach.http.get(asked.headers["location"])
    assert f'value="/conversations/{talk}"' in login.text
    form = {"email": EMAIL, "password": PASSWORD, "next": f"/conversations/{talk}"}
    assert (await coach.post("/login", form)).headers["location"] == (
        f"/console/conversations/{talk}"
    )


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/../chat", "/\\evil", "/logout"]
)
async def test_signing_in_leads_nowhere_else(coach: Visitor, elsewhere: str) -> None:
    form = {"email": EMAIL, "password": PASSWORD, "next": elsewhere}
    assert (await coach.post("/login", form)).headers["location"] == "/console/"


async def test_the_cookie_is_locked_where_the_console_is_served_over_https(
    build: Callable[..., House],
) -> None:
    house = build(public_url="https://belay.example")
    visitor = Visitor(house.app, origin="https://belay.example")
    cookie = (await visitor.sign_up(house.coaches.invite(house.clock()))).headers["set-cookie"]
    assert cookie.startswith("__Host-belay_coach=")
    for part in ("Secure", "HttpOnly", "SameSite=lax", "Path=/"):
        assert part in cookie.split("; ")
    assert "Domain" not in cookie
    assert await visitor.can_read()


async def test_the_cookie_works_without_https_on_this_machine(coach: Visitor) -> None:
    cookie = (await coach.sign_in()).headers["set-cookie"]
    assert cookie.startswith("belay_coach=")
    assert "HttpOnly" in cookie
    assert "Secure" not in cookie
