"""Goals on five steps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from belay.domain.goal import Ending, Goal, attainment
from belay.domain.weeks import weeks, with_practice

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_ratings_are_kept_in_order_and_the_last_counts() -> None:
    goal = Goal("g", "c", NOON, "Ask for help")
    assert goal.level is None
    goal.rate(-2, NOON)
    goal.rate(1, NOON + timedelta(days=7))
    assert (goal.level, [one.level for one in goal.ratings]) == (1, [-2, 1])


def test_a_level_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="not 3"):
        Goal("g", "c", NOON, "x").rate(3, NOON)


def test_a_closed_goal_is_open_no_more() -> None:
    goal = Goal("g", "c", NOON, "x")
    goal.close(Ending.MET, NOON)
    assert not goal.open


@pytest.mark.parametrize(("levels", "score"), [([0], 50), ([0, 0], 50), ([1], 60), ([-2], 30)])
def test_the_score_is_fifty_where_all_is_as_hoped(levels: list[int], score: float) -> None:
    assert attainment(levels) == pytest.approx(score)


def test_two_goals_weigh_less_than_their_sum() -> None:
    found = attainment([2, 2])
    assert found == pytest.approx(50 + 40 / (2 * 0.7 + 0.3 * 4) ** 0.5)
    assert attainment([]) is None


def test_weeks_are_counted_on_the_clients_own_calendar() -> None:
    sunday_night = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    there = weeks(NOON, ZoneInfo("Europe/Berlin"), [], [sunday_night])
    here = weeks(NOON, ZoneInfo("Europe/London"), [], [sunday_night])
    assert (there[-1].tried, here[-1].tried) == (1, 0)
    assert (with_practice(there), with_practice(here)) == (1, 1)


def test_a_week_without_a_practice_takes_nothing_away() -> None:
    tried = [NOON - timedelta(weeks=back) for back in (0, 2, 5)]
    assert with_practice(weeks(NOON, ZoneInfo("UTC"), [], tried)) == 3
