""" "Delete my data": every row, with a tombstone where a safety event was."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from belay.storage.erasure import TOMBSTONE
from tests.gateway.stage import Person, Stage
from tests.services.walking import finishes, walks_to

CANARY = "quokkaquilt"
WHAT_STAYS = {"safety_event"}


async def fills_every_table(person: Person) -> None:
    """A kept exercise, its plan with a reminder, a goal, an open one, a crisis, a link, talk."""
    await finishes(person, "boundary_builder")
    await person.presses("consent.review_off")
    await person.says("tomorrow at 18:30", "London", f"that the {CANARY} comes")
    await person.says("a goal", f"Feed the {CANARY} once a week")
    await person.presses(next(one.press for one in person.buttons if "goal.ours" in one.press))
    await person.presses(next(one.press for one in person.buttons if "goal.at:s1" in one.press))
    await walks_to(person, "support_match", "step.situation")
    await person.says(f"Evenings with {CANARY}")
    await person.says("send me my data")
    await person.says("I want to kill myself")
    await person.presses("safety.choose:not_it")
    await person.says(f"i feel {CANARY}")


async def is_deleted(person: Person) -> None:
    """Delete by chat."""
    await person.says("delete my data")
    await person.presses("delete.yes")


async def test_sr_41_no_row_of_the_client_is_left_in_any_table(stage: Stage) -> None:
    ann = stage.person()
    await fills_every_table(ann)
    before = stage.rows_in_all()
    wanted = {"client", "conversation", "inbox", "message", "outbox", "counterpart", "run"}
    assert wanted | {"answer", "happening", "safety_event", "download"} <= set(before)
    assert {"practice", "goal", "goal_rating", "reminder", "reminder_wish"} <= set(before)
    await is_deleted(ann)
    assert set(stage.rows_in_all()) == WHAT_STAYS
    assert stage.tables_with(CANARY) == set()


async def test_the_receipt_is_the_last_word(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("hello")
    await is_deleted(ann)
    assert ann.last is not None
    assert ann.lines == ["delete.done"]
    assert ann.last.inbox_id[:8].upper() in ann.heard


async def test_sr_41_deleting_takes_two_turns_when_it_is_typed(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("hello", "delete my data", "yes")
    assert ann.lines == ["delete.done"]
    assert stage.rows_in_all() == {}


async def test_a_no_deletes_nothing(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("hello", "delete my data", "no")
    assert ann.lines == ["delete.kept"]
    assert stage.rows_in_all()["client"] == 1


async def test_somebody_else_keeps_everything(stage: Stage) -> None:
    bea = stage.person("bea")
    await fills_every_table(bea)
    before = stage.rows_in_all()
    ann = stage.person("ann")
    await fills_every_table(ann)
    await is_deleted(ann)
    after = stage.rows_in_all()
    assert after == {**before, "safety_event": before["safety_event"] * 2}
    await bea.says("my progress")
    assert ann.lines == ["delete.done"]
    assert bea.lines[0] == "progress.one"


async def test_a_safety_event_keeps_its_day_and_tier_and_nothing_else(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("I want to kill myself")
    await is_deleted(ann)
    columns = "client_id, conversation_id, route, layer, rule, reply"
    assert stage.sql(f"SELECT {columns} FROM safety_event") == [(None,) * 6]
    tier, at, note = stage.sql("SELECT tier, at, note FROM safety_event")[0]
    assert (tier, note) == (3, TOMBSTONE)
    assert at == "2026-03-02 00:00:00.000000"


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE safety_event SET tier = 0",
        "UPDATE safety_event SET client_id = NULL",
        "DELETE FROM safety_event",
    ],
)
async def test_sr_25_nobody_changes_or_removes_a_safety_event_by_hand(
    stage: Stage, query: str
) -> None:
    await stage.person().says("I want to kill myself")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        stage.sql(query)
    assert stage.sql("SELECT tier FROM safety_event") == [3]


async def test_a_tombstone_cannot_be_changed_either(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("I want to kill myself")
    await is_deleted(ann)
    assert stage.sql("SELECT count(*) FROM erasure_permit") == [0]
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        stage.sql("UPDATE safety_event SET note = NULL")


async def test_sr_29_the_yearly_count_goes_on_counting_tombstones(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("I want to kill myself")
    await is_deleted(ann)
    counts = stage.belay.safety_log.counts(stage.clock() - timedelta(days=30))
    assert [(one.route, one.layer, one.tier, one.events) for one in counts] == [
        ("erased", "erased", 3, 1)
    ]


async def test_writing_again_starts_afresh(stage: Stage) -> None:
    ann = stage.person()
    await finishes(ann, "boundary_builder")
    first = ann.client_id
    await is_deleted(ann)
    ann.onboarded = False
    await ann.says("hello")
    assert ann.lines[-1] == "welcome.card"
    assert ann.client_id != first


async def test_a_message_that_waited_behind_the_deletion_goes_with_it(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("hello", "delete my data")
    gate = stage.hold()
    yes = next(one for one in ann.buttons if one.press == "delete.yes")
    await stage.receive("ann", "", button=ann.signed(yes))
    await stage.receive("ann", f"one more thing {CANARY}")
    gate.set()
    await stage.settled("ann")
    assert stage.rows_in_all() == {}


async def test_a_deletion_that_is_delivered_twice_leaves_no_rows(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("hello", "delete my data")
    yes = ann.signed(next(one for one in ann.buttons if one.press == "delete.yes"))
    for _ in range(2):
        await stage.receive("ann", "", button=yes, id="the same one")
        await stage.settled("ann")
    assert stage.rows_in_all() == {}


async def test_an_operator_can_erase_a_client_by_id(stage: Stage) -> None:
    ann = stage.person()
    await fills_every_table(ann)
    assert stage.belay.erasure.erase(ann.client_id, stage.clock())
    assert set(stage.rows_in_all()) == WHAT_STAYS


async def test_erasing_a_client_that_is_not_there_says_so(stage: Stage) -> None:
    assert not stage.belay.erasure.erase("nobody", stage.clock())


async def test_first_words_that_wait_in_memory_go_too(stage: Stage) -> None:
    ann = stage.person(onboarded=False)
    await ann.says(f"i need a limit with my mum {CANARY}")
    await is_deleted(ann)
    held = stage.belay.use_cases.first_contact
    assert CANARY not in repr(vars(held))


async def test_a_waiting_turn_does_not_bring_an_erased_client_back(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("hello")
    gate = stage.hold()
    await stage.receive("ann", "i feel tired")
    await stage.until_rasa_thinks()
    stage.belay.erasure.erase(ann.client_id, stage.clock())
    gate.set()
    await stage.settled("ann")
    assert stage.rows_in_all() == {}
