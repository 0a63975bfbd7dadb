"""One person in several channels: codes, joining, the list, unlinking; and who gets nowhere."""

from __future__ import annotations

import pytest

from belay.domain.client import Consents
from belay.domain.linking import merged, new_code, press_for, read_code, shown
from tests.gateway.stage import Person, Stage


def code_of(person: Person) -> str:
    """The code that was just said."""
    (reply,) = [one for one in person.last.replies if one.line == "link.code"]  # type: ignore[union-attr]
    return reply.text.split("Your code is ")[1][:9]


async def linked(stage: Stage) -> tuple[Person, Person]:
    """Ann on two devices, the second joined to the first."""
    ann, other = stage.person("ann"), stage.person("ann's phone", onboarded=False)
    await ann.says("hello")
    await ann.says("link")
    await other.says(f"link {code_of(ann)}")
    await other.presses("link.join")
    return ann, other


def test_a_code_is_no_word_and_is_read_as_people_type_it() -> None:
    for _ in range(200):
        code = new_code()
        assert read_code(f"link {shown(code)}") == code
        assert read_code(shown(code).lower()) == code
        assert read_code(f"/start {code}") == code
        assert not set(code) & set("AEIOU01")


@pytest.mark.parametrize(
    "text", ["good talk", "link me with my mum", "we have a link", "5-4", "I link arms with her"]
)
def test_ordinary_words_are_no_code_and_no_wish(text: str) -> None:
    assert press_for(text) is None


@pytest.mark.parametrize("text", ["link", "Link another device", "link my phone.", "/link"])
def test_a_wish_to_link_is_understood(text: str) -> None:
    assert press_for(text) == "link.code"


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ((True, True, True), (None, None, None), (True, True, True)),
        ((True, True, True), (True, False, True), (True, False, True)),
        ((True, True, None), (True, True, True), (True, True, None)),
        ((True, None, True), (True, True, False), (True, None, False)),
        ((True, True, True), (False, None, None), (False, None, None)),
        ((None, None, None), (True, True, False), (True, True, False)),
    ],
)
def test_of_two_consents_the_more_private_one_counts(
    first: tuple[bool | None, ...],
    second: tuple[bool | None, ...],
    together: tuple[bool | None, ...],
) -> None:
    assert merged(Consents(*first), Consents(*second)) == Consents(*together)


async def test_two_devices_become_one_person(stage: Stage) -> None:
    ann, other = await linked(stage)
    assert ann.client_id == other.client_id
    assert len(stage.sql("SELECT id FROM client")) == 1
    await other.says("start boundary_builder")
    assert other.step == "who"
    await ann.says("my mum")
    assert ann.step != "who"


async def test_nothing_is_joined_without_a_yes(stage: Stage) -> None:
    ann, other = stage.person("ann"), stage.person("bea")
    await ann.says("link")
    await other.says(f"link {code_of(ann)}")
    assert other.lines == ["link.ask"]
    assert ann.client_id != other.client_id
    await other.presses("link.not")
    assert other.lines == ["link.not"]
    await other.says(f"link {code_of(ann)}")
    assert other.lines == ["link.wrong"]


async def test_the_first_device_is_told_and_can_undo_it(stage: Stage) -> None:
    ann, _ = await linked(stage)
    assert stage.posted("ann")[-1] == "link.joined_elsewhere"
    await ann.says("devices")
    (remove,) = [one for one in ann.buttons if one.press.startswith("link.remove:") and
                 stage.person("ann's phone").talk.startswith(one.press.split(":")[1])]  # fmt: skip
    await ann.uses(ann.signed(remove))
    assert ann.lines == ["link.removed"]
    assert stage.person("ann's phone").client_id != ann.client_id


async def test_a_code_works_once(stage: Stage) -> None:
    ann, other, third = stage.person("ann"), stage.person("b"), stage.person("c")
    await ann.says("link")
    code = code_of(ann)
    await other.says(f"link {code}")
    await other.presses("link.join")
    await third.says(f"link {code}")
    assert third.lines == ["link.wrong"]


async def test_a_code_is_too_old_after_ten_minutes(stage: Stage) -> None:
    ann, other = stage.person("ann"), stage.person("b")
    await ann.says("link")
    stage.clock.advance(minutes=10, seconds=1)
    await other.says(f"link {code_of(ann)}")
    assert other.lines == ["link.wrong"]


async def test_a_new_code_replaces_the_one_before(stage: Stage) -> None:
    ann, other = stage.person("ann"), stage.person("b")
    await ann.says("link")
    first = code_of(ann)
    await ann.says("link")
    await other.says(f"link {first}")
    assert other.lines == ["link.wrong"]


async def test_guessing_is_stopped_after_five_tries_even_with_the_right_code(stage: Stage) -> None:
    ann, eve = stage.person("ann"), stage.person("eve")
    await ann.says("link")
    for _ in range(5):
        await eve.says("link BCDF-23GH")
        assert eve.lines == ["link.wrong"]
    await eve.says(f"link {code_of(ann)}")
    assert eve.lines == ["link.too_many"]
    assert eve.client_id != ann.client_id


async def test_a_code_is_in_no_column_of_the_database(stage: Stage) -> None:
    ann, other = stage.person("ann"), stage.person("b")
    await ann.says("hello")
    await ann.says("link")
    code = code_of(ann)
    stage.delivered("ann")
    await other.says(f"link {code}")
    stage.delivered("b")
    assert stage.tables_with(code) == set()
    assert stage.tables_with(code.replace("-", "")) == set()


async def test_joining_moves_everything_and_leaves_no_row_of_the_second_client(
    stage: Stage,
) -> None:
    ann, bea = stage.person("ann"), stage.person("bea")
    await ann.says("start boundary_builder")
    await bea.says("start boundary_builder", "my boss")
    gone = bea.client_id
    await ann.says("link")
    await bea.says(f"link {code_of(ann)}")
    await bea.presses("link.join")
    assert stage.tables_with(gone) == set()
    states = stage.sql("SELECT state FROM run ORDER BY state")
    assert states == ["active", "paused"]


async def test_the_worse_answer_about_a_person_holds_for_both(stage: Stage) -> None:
    ann, bea = stage.person("ann"), stage.person("bea")
    await ann.says("hello")
    await bea.says("hello")
    stage.sql(
        "INSERT INTO counterpart (id, client_id, role, words, risk) VALUES ('a', ?, 'partner', "
        "'my partner', 'none'), ('b', ?, 'partner', 'My partner', 'red')",
        ann.client_id,
        bea.client_id,
    )
    await ann.says("link")
    await bea.says(f"link {code_of(ann)}")
    await bea.presses("link.join")
    assert stage.sql("SELECT risk FROM counterpart") == ["red"]


async def test_an_open_crisis_is_open_on_both_devices(stage: Stage) -> None:
    ann, bea = stage.person("ann"), stage.person("bea")
    await ann.says("link")
    code = code_of(ann)
    await bea.says(f"link {code}")
    await ann.says("I want to kill myself")
    await bea.presses("link.join")
    await bea.says("start boundary_builder")
    assert bea.step is None


async def test_what_is_unlinked_starts_empty_and_reads_nothing_of_before(stage: Stage) -> None:
    ann, other = await linked(stage)
    await other.says("i feel violet")
    await ann.says("devices")
    talk = other.talk
    press = next(one for one in ann.buttons if one.press == f"link.remove:{talk[:12]}")
    await ann.uses(ann.signed(press))
    rows, _ = stage.belay.records.history(talk, None)
    assert rows == []
    kept, _ = stage.belay.records.history(ann.talk, None)
    assert any(row["text"] == "i feel violet" for row in kept)
    await other.says("start boundary_builder")
    assert other.step is None


async def test_deleting_on_one_device_deletes_on_all(stage: Stage) -> None:
    ann, other = await linked(stage)
    await ann.says("delete my data", "yes")
    assert stage.sql("SELECT id FROM conversation") == []
    assert stage.belay.inbox.find("terminal", other.name) is None


async def test_reminders_go_to_the_device_of_choice(stage: Stage) -> None:
    ann, other = await linked(stage)
    await other.says("devices")
    press = next(one for one in other.buttons if one.press.startswith("link.remind:"))
    await other.uses(other.signed(press))
    assert other.lines == ["link.remind_set"]
    assert stage.belay.links.reminder_talk(ann.client_id) == other.talk


async def test_before_consent_there_is_nothing_to_share(stage: Stage) -> None:
    ann = stage.person("ann", onboarded=False)
    await ann.says("link")
    assert ann.lines == ["link.nothing_yet"]
    assert stage.sql("SELECT * FROM link_code") == []


async def test_two_devices_at_once_lose_no_answer(stage: Stage) -> None:
    """Both change the same person: the second is planned again on what the first wrote."""
    ann, other = await linked(stage)
    gate = stage.hold()
    await stage.receive("ann", "start boundary_builder")
    await stage.receive("ann's phone", "start boundary_builder")
    await stage.until_rasa_thinks(2)
    gate.set()
    await stage.settled("ann")
    await stage.settled("ann's phone")
    assert stage.sql("SELECT count(*) FROM run WHERE state = 'active'") == [1]


async def test_what_is_not_to_be_kept_any_more_goes_from_every_device(stage: Stage) -> None:
    ann, other = await linked(stage)
    stage.sql("UPDATE client SET may_save = 1")
    await ann.says("i feel violet")
    stage.delivered("ann")
    assert stage.tables_with("violet") == {"message.text"}
    await other.says("who reads this")
    await other.presses("consent.save_off")
    stage.delivered("ann's phone")
    assert stage.tables_with("violet") == set()


async def test_who_asks_who_can_read_this_hears_of_the_other_devices(stage: Stage) -> None:
    ann, _ = await linked(stage)
    await ann.says("who reads this")
    assert "link.shared" in ann.lines
    assert "2 devices" in ann.heard


async def test_codes_and_tries_do_not_outlive_the_day(stage: Stage) -> None:
    ann, eve = stage.person("ann"), stage.person("eve")
    await ann.says("link")
    await eve.says("link BCDF-23GH")
    stage.clock.advance(days=1, minutes=1)
    stage.belay.retention.sweep(stage.clock(), stage.settings.keep)
    assert stage.sql("SELECT count(*) FROM link_code") == [0]
    assert stage.sql("SELECT count(*) FROM link_try") == [0]
