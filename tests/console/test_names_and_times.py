"""Ids as words, moments as coaches read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from belay.console.names import Names, intent_name, readable, route_name
from belay.console.times import ago, exact
from tests.gateway.shared import shared_content

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "just now"),
        (59, "just now"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 h ago"),
        (23 * 3600, "23 h ago"),
        (26 * 3600, "1 day ago"),
        (49 * 3600, "2 days ago"),
        (15 * 86400, "2 weeks ago"),
        (60 * 86400, "1 Jan 2026"),
        (-5, "just now"),
    ],
)
def test_how_long_ago(seconds: int, said: str) -> None:
    assert ago(NOW - timedelta(seconds=seconds), NOW) == said


def test_the_exact_time_names_its_zone() -> None:
    assert exact(NOW) == "2 Mar 2026, 12:00 UTC"


def test_names_come_from_the_content_and_ids_are_readable_without() -> None:
    names = Names(shared_content().catalogue)
    assert names.exercise("boundary_builder") == "A limit I can keep"
    assert names.position("boundary_builder", "step.request") == "what I ask for"
    assert names.position("boundary_builder", "gate.hurt") == "private question 2"
    assert names.step("gone", "old_step") == "old step"
    assert Names().exercise("clear_request") == "Clear request"
    assert readable("F12_vague_request") == "vague request"
    assert intent_name("nlu_fallback") == "not understood"
    assert route_name("safety_coercive_control") == "coercive control"
    assert route_name(None) == "not kept"
