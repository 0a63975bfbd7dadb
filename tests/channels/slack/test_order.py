"""Messages that Slack delivers the wrong way round come in the order they were written."""

from __future__ import annotations

import asyncio

import pytest

from belay.channels.slack_order import ArrivalOrder, Stamp, stamp_of


async def arrivals(*given: tuple[float, str, Stamp], settle: float = 0.05) -> list[Stamp]:
    """Let messages arrive after some seconds each; returns the order in which they are taken."""
    order, taken = ArrivalOrder(), []

    async def arrive(after: float, person: str, stamp: Stamp) -> None:
        await asyncio.sleep(after)
        async with order.turn(person, stamp, settle):
            await asyncio.sleep(0)
            taken.append(stamp)

    await asyncio.gather(*(arrive(*one) for one in given))
    assert order._rooms == {}
    return taken


async def test_an_earlier_message_that_comes_a_moment_later_goes_first() -> None:
    taken = await arrivals((0, "ann", (1, 2)), (0.02, "ann", (1, 1)), (0.03, "ann", (1, 3)))
    assert taken == [(1, 1), (1, 2), (1, 3)]


async def test_people_do_not_wait_for_each_other() -> None:
    taken = await arrivals((0, "ann", (1, 2)), (0.04, "bea", (1, 1)))
    assert taken == [(1, 2), (1, 1)]


async def test_what_comes_after_the_moment_is_taken_as_it_comes() -> None:
    taken = await arrivals((0, "ann", (1, 2)), (0.15, "ann", (1, 1)))
    assert taken == [(1, 2), (1, 1)]


async def test_one_that_was_given_up_holds_up_nobody() -> None:
    order = ArrivalOrder()

    async def wait(stamp: Stamp, seconds: float) -> Stamp:
        async with order.turn("ann", stamp, seconds):
            return stamp

    given_up = asyncio.create_task(wait((1, 1), 60))
    later = asyncio.create_task(wait((1, 2), 0))
    await asyncio.sleep(0.01)
    assert not later.done()
    given_up.cancel()
    assert await asyncio.wait_for(later, 1) == (1, 2)


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("1355517523.000005", (1355517523, 5)),
        ("1355517523.1", (1355517523, 100000)),
        ("", None),
        (None, None),
        ("soon", None),
        ("1355517523", None),
        ("\u0661.\u0662", None),
    ],
)
def test_a_stamp_is_two_numbers_or_nothing(text: object, stamp: Stamp | None) -> None:
    assert stamp_of(text) == stamp
