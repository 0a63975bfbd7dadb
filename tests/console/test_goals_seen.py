"""Goals beside a transcript: masked words, levels over time, and the score for coaches."""

from __future__ import annotations

from belay.storage.practice_tables import goal, goal_rating
from tests.console.conftest import House
from tests.console.pages import open_talk, words
from tests.console.visitor import Visitor


async def test_a_goal_is_shown_with_its_levels_and_the_score(house: House, coach: Visitor) -> None:
    now = house.clock()
    owner = house.people["late-calls"].client.id
    house.add(goal, id="g", client_id=owner, made_at=now, text="Write to me at a@b.org", steps={})
    for place, level in enumerate((-2, 0)):
        house.add(goal_rating, goal_id="g", place=place, level=level, at=now)
    page = words(await open_talk(house, coach, "late-calls"))
    assert "-2 → 0 of -2 to 2" in page
    assert "Goal attainment T 50" in page
    assert "a@b.org" not in page


async def test_without_goals_the_rail_says_what_will_come(house: House, coach: Visitor) -> None:
    assert "Goals appear here" in await open_talk(house, coach, "dishes")
