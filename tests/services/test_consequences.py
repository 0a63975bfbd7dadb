"""What an option leads to besides the next step: a quiet check, a mirror, a word on support."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from belay.domain.exercise import Option, Step
from tests.gateway.stage import Person, Stage
from tests.services.walking import begins

OFTEN = ("never", "often")


def item(step_id: str, then: Any) -> Step:
    """A question of a list, with a consequence for "often"."""
    options = (Option("never", "Never"), Option("often", "Often", then=then))
    return Step(step_id, step_id, "choice", ("How often?",), "How often?", OFTEN, options=options)


ITEMS = (
    item("asks", "quiet_check"),
    item("hides", "quiet_check"),
    item("checks", "control_mirror"),
    item("pushes", "control_mirror"),
    item("covers", "family_support"),
)


class WithItems:
    """The catalogue, with a list of items in the boundary exercise."""

    def __init__(self, catalogue: Any) -> None:
        self._catalogue = catalogue

    def get(self, exercise_id: str) -> Any:
        """Private thinking about somebody, with the items in front."""
        found = self._catalogue.get(exercise_id)
        return replace(found, gate="G0", steps=(*ITEMS, *found.steps))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)


@pytest.fixture
async def ann(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody at the first item."""
    cases = stage.belay.use_cases
    for case in (cases.exercises, cases.steps):
        monkeypatch.setattr(case, "_catalogue", WithItems(case._catalogue))
    person = stage.person()
    await begins(person, "boundary_builder")
    return person


async def test_being_steered_opens_the_quiet_check_before_anything_else(
    stage: Stage, ann: Person
) -> None:
    await ann.says("Often")
    assert ann.lines[0].startswith("safety_coercive_control.tier2")
    assert ann.state == "paused"
    found = stage.sql("SELECT tier, route, layer, rule FROM safety_event")
    assert found == [(2, "safety_coercive_control", "context", "choice.boundary_builder.asks")]
    assert stage.sql("SELECT role, risk FROM counterpart") == [("parent", "watch")]


async def test_the_answer_is_kept_and_the_way_back_leads_to_the_next_question(
    stage: Stage, ann: Person
) -> None:
    await ann.says("Often")
    assert stage.sql("SELECT choice FROM answer WHERE step = 'asks'") == ["often"]
    await ann.presses("safety.choose:no")
    await ann.says("go on")
    assert (ann.step, ann.state) == ("step.hides", "active")


async def test_nobody_is_checked_twice_in_one_run(stage: Stage, ann: Person) -> None:
    await ann.says("Often")
    await ann.presses("safety.choose:no")
    await ann.says("go on", "Often")
    assert (ann.step, ann.state) == ("step.checks", "active")
    assert stage.sql("SELECT count(*) FROM safety_event") == [1]


async def test_steering_someone_is_mirrored_with_respect_and_the_list_goes_on(
    stage: Stage, ann: Person
) -> None:
    await ann.says("Never", "Never", "Often")
    assert (ann.lines, ann.step) == (["exercise.control_mirror", "exercise.step"], "step.pushes")
    await ann.says("Often")
    assert (ann.lines, ann.step) == (["exercise.step"], "step.covers")
    assert stage.sql("SELECT count(*) FROM safety_event") == [0]


async def test_over_giving_names_support_for_families(ann: Person) -> None:
    await ann.says("Never", "Never", "Never", "Never", "Often")
    assert (ann.lines[0], ann.step) == ("exercise.family_support", "step.circle")
    assert "Al-Anon" in ann.heard


async def test_what_happens_never_leads_nowhere(stage: Stage, ann: Person) -> None:
    for _ in ITEMS:
        await ann.says("Never")
        assert ann.lines == ["exercise.step"]
    assert ann.step == "step.circle"
