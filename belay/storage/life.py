"""Practices, goals and reminders: loaded with a turn, written with its commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, true, update

from belay.domain.goal import Ending, Goal, Rating
from belay.domain.life import Life
from belay.domain.practice import Compared, NextStep, Practice, Tried
from belay.domain.reminder import WEEK, Kind, Reminder, Status, Wishes
from belay.domain.turn import Turn
from belay.storage.practice_tables import goal, goal_rating, practice, reminder, reminder_wish
from belay.storage.unsaying import unsay

# Older plans that nobody told about are not asked about any more.
PLANS = 20


def load_life(connection: Connection, client_id: str, now: datetime) -> Life:
    """What is open, and the reminders of the last week."""
    plans = (
        select(practice)
        .where(practice.c.client_id == client_id, practice.c.closed_at.is_(None))
        .order_by(practice.c.made_at.desc())
        .limit(PLANS)
    )
    goals = select(goal).where(goal.c.client_id == client_id, goal.c.closed_at.is_(None))
    notes = select(reminder).where(reminder.c.client_id == client_id)
    recent = reminder.c.status.in_((Status.SCHEDULED, Status.EXPIRED)) | (
        reminder.c.settled_at > now - WEEK
    )
    wishes = connection.execute(
        select(reminder_wish).where(reminder_wish.c.client_id == client_id)
    ).first()
    life = Life(
        practices=[to_practice(row) for row in connection.execute(plans).mappings()],
        goals=[
            to_goal(row, ratings_of(connection, row["id"]))
            for row in connection.execute(goals).mappings()
        ],
        reminders=[to_reminder(row) for row in connection.execute(notes.where(recent)).mappings()],
        wishes=to_wishes(wishes) if wishes else Wishes(),
    )
    life.as_loaded()
    return life


def write_life(connection: Connection, turn: Turn) -> None:
    """Write what the turn left. Without permission to save, practices keep numbers only."""
    life, client_id = turn.life, turn.client.id
    saves = turn.client.consents.may_save
    _take_back(connection, turn)
    for one in life.practices:
        if not saves or one.run_id in turn.forget_runs:
            one.blank()
        if life.changed(one, one.id):
            put(connection, practice, _from_practice(one))
    forgotten = practice.c.run_id.in_(turn.forget_runs)
    connection.execute(
        update(practice)
        .where(practice.c.client_id == client_id, forgotten if saves else true())
        .where(
            practice.c.plan.is_not(None)
            | practice.c.opening.is_not(None)
            | practice.c.fear.is_not(None)
            | practice.c.happened.is_not(None)
        )
        .values(plan=None, opening=None, fear=None, happened=None)
    )
    for goal_id in life.forget_goals:
        connection.execute(delete(goal_rating).where(goal_rating.c.goal_id == goal_id))
        connection.execute(delete(goal).where(goal.c.id == goal_id, goal.c.client_id == client_id))
    for target in life.goals:
        if target.id in life.forget_goals or not life.changed(target, target.id):
            continue
        put(connection, goal, _from_goal(target))
        connection.execute(delete(goal_rating).where(goal_rating.c.goal_id == target.id))
        for place, rating in enumerate(target.ratings):
            connection.execute(
                insert(goal_rating).values(
                    goal_id=target.id, place=place, level=rating.level, at=rating.at
                )
            )
    for note in life.reminders:
        if life.changed(note, note.id):
            put(connection, reminder, _from_reminder(note))
    if life.changed(life.wishes, "wishes"):
        put(connection, reminder_wish, {"client_id": client_id, **vars(life.wishes)}, "client_id")


def _take_back(connection: Connection, turn: Turn) -> None:
    """What is deleted with a statement or a goal is gone from the transcript as well."""
    words = (practice.c.plan, practice.c.opening, practice.c.fear, practice.c.happened)
    plans = select(*words).where(
        practice.c.client_id == turn.client.id, practice.c.run_id.in_(turn.forget_runs)
    )
    goals = select(goal.c.text, goal.c.steps).where(
        goal.c.client_id == turn.client.id, goal.c.id.in_(turn.life.forget_goals)
    )
    said: list[str | None] = []
    if turn.forget_runs:
        said += [text for row in connection.execute(plans) for text in row]
    if turn.life.forget_goals:
        for row in connection.execute(goals):
            said += [row.text, *row.steps.values()]
    unsay(connection, turn.client.id, said, turn.now)


def ratings_of(connection: Connection, goal_id: str) -> list[Rating]:
    """The ratings of a goal, oldest first."""
    query = select(goal_rating).where(goal_rating.c.goal_id == goal_id)
    found = connection.execute(query.order_by(goal_rating.c.place))
    return [Rating(row.level, row.at) for row in found]


def to_practice(row: Mapping[Any, Any]) -> Practice:
    """A practice row."""
    values = dict(row)
    for name, kind in (("tried", Tried), ("compared", Compared), ("next_step", NextStep)):
        values[name] = kind(values[name]) if values[name] else None
    return Practice(**values)


def to_goal(row: Mapping[Any, Any], ratings: list[Rating]) -> Goal:
    """A goal row with its ratings."""
    return Goal(
        id=row["id"],
        client_id=row["client_id"],
        made_at=row["made_at"],
        text=row["text"],
        steps={int(level): words for level, words in row["steps"].items()},
        ratings=ratings,
        ending=Ending(row["ending"]) if row["ending"] else None,
        closed_at=row["closed_at"],
    )


def to_reminder(row: Mapping[Any, Any]) -> Reminder:
    """A reminder row."""
    return Reminder(**{**row, "kind": Kind(row["kind"]), "status": Status(row["status"])})


def to_wishes(row: Row[Any]) -> Wishes:
    """A row of wishes about reminders."""
    return Wishes(row.zone, row.stopped, row.quiet_from, row.quiet_until)


def _from_practice(one: Practice) -> dict[str, Any]:
    values = dict(vars(one))
    for name in ("tried", "compared", "next_step"):
        values[name] = values[name].value if values[name] else None
    return values


def _from_goal(one: Goal) -> dict[str, Any]:
    return {
        "id": one.id,
        "client_id": one.client_id,
        "made_at": one.made_at,
        "text": one.text,
        "steps": {str(level): words for level, words in one.steps.items()},
        "ending": one.ending.value if one.ending else None,
        "closed_at": one.closed_at,
    }


def _from_reminder(one: Reminder) -> dict[str, Any]:
    return {**vars(one), "kind": one.kind.value, "status": one.status.value}


def put(connection: Connection, table: Table, row: dict[str, Any], key: str = "id") -> None:
    """Write a row over the one with its key, or as a new one."""
    values = {name: value for name, value in row.items() if name != key}
    changed = connection.execute(update(table).where(table.c[key] == row[key]).values(values))
    if changed.rowcount == 0:
        connection.execute(insert(table).values(row))
