"""The invented clients: believable, replaceable, and gone when they are taken away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from belay.domain.floor import judge
from belay.domain.masking import mask
from belay.domain.run import RunState
from belay.jobs import demo
from belay.storage.tables import (
    answer,
    client,
    conversation,
    counterpart,
    happening,
    message,
    run,
    safety_event,
)
from tests.console.conftest import STORIES, House
from tests.console.visitor import Visitor
from tests.gateway.shared import shared_content, shared_rules

TABLES = (client, conversation, counterpart, run, answer, message, happening)
CONTENT = shared_content()


def named(story: dict[str, Any]) -> str:
    return str(story["key"])


def turns(story: dict[str, Any]) -> list[dict[str, Any]]:
    return [turn for session in story["sessions"] for turn in session["turns"]]


def test_there_are_three_with_finished_and_unfinished_exercises(house: House) -> None:
    assert len(house.people) == 3
    states = {one["state"] for one in house.rows(run)}
    assert states == {RunState.DONE.value, RunState.PAUSED.value}
    assert all(row["invented"] for row in house.rows(client))
    assert len(house.rows(safety_event)) == 1
    kinds = {row["kind"] for row in house.rows(happening)}
    assert {"practice_report", "exercise_complete", "exercise_pause", "fallback"} <= kinds


def test_nothing_of_theirs_lies_in_the_future(house: House) -> None:
    now = house.clock()
    for row in house.rows(message) + house.rows(happening) + house.rows(safety_event):
        assert now - timedelta(days=40) < row["at"] < now


def test_filling_again_replaces_them(house: House) -> None:
    before = {table.name: len(house.rows(table)) for table in (*TABLES, safety_event)}
    house.clock.advance(days=3)
    demo.fill(house.engine, house.clock())
    after = {table.name: len(house.rows(table)) for table in (*TABLES, safety_event)}
    assert after == before
    assert house.rows(safety_event)[0]["client_id"] == house.people["phone"].client.id


async def test_taken_away_they_leave_nothing_to_see(house: House, coach: Visitor) -> None:
    await coach.post(f"/safety/{house.people['phone'].safety_events[0].id}/seen")
    assert demo.remove(house.engine, house.clock()) == 3
    assert demo.remove(house.engine, house.clock()) == 0
    for table in TABLES:
        assert house.rows(table) == []
    assert "None. Events of clients" in (await coach.get("/safety")).text
    demo.fill(house.engine, house.clock())
    assert house.review.unseen() == 1


def test_other_clients_are_left_alone(house: House) -> None:
    house.add(client, id="real", created_at=house.clock(), may_use=True, invented=False)
    house.add(client, id="played", created_at=house.clock(), may_use=True, invented=True)
    demo.fill(house.engine, house.clock())
    demo.remove(house.engine, house.clock())
    assert {row["id"] for row in house.rows(client)} == {"real", "played"}


@pytest.mark.parametrize("story", STORIES, ids=named)
def test_their_exercises_steps_and_roles_exist(story: dict[str, Any]) -> None:
    told = {one["key"]: one["exercise"] for one in story["runs"]}
    for one in story["runs"]:
        exercise = CONTENT.catalogue.get(one["exercise"])
        assert exercise is not None
        assert [said["step"] for said in one["answers"]] == [
            step.id for step in exercise.steps[: len(one["answers"])]
        ]
    for turn in turns(story):
        step = str(turn.get("step", ""))
        if step.startswith("step."):
            exercise = CONTENT.catalogue.get(told[turn["run"]])
            assert exercise is not None
            assert exercise.step(step.removeprefix("step."))
    roles = set(CONTENT.words.roles()) | {"relative", "carer"}
    assert {one["role"] for one in story["counterparts"]} <= roles


@pytest.mark.parametrize("story", STORIES, ids=named)
def test_the_floor_says_of_their_words_what_the_story_says(story: dict[str, Any]) -> None:
    rules = shared_rules()
    for turn in turns(story):
        verdict = judge(turn.get("says", ""), rules)
        told = turn.get("safety", {"tier": 0, "route": None, "layer": None, "rule": None})
        assert verdict.as_dict() == {name: told[name] for name in verdict.as_dict()}


@pytest.mark.parametrize("story", STORIES, ids=named)
def test_they_name_nobody(story: dict[str, Any]) -> None:
    for turn in turns(story):
        said = [turn.get("says", ""), *(reply.get("text", "") for reply in turn["replies"])]
        assert [mask(text) for text in said] == said
