"""What every channel keeps to, whatever its provider is like."""

from __future__ import annotations

import pytest

from tests.channels.conformance.harness import Harness

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
AGREE = "I'm 18 or over, go on"


async def agreed(channel: Harness, person: str) -> None:
    """Past first contact."""
    await channel.says(person, "hello")
    await channel.presses(person, AGREE)


def count(channel: Harness, query: str) -> int:
    """One number from the database."""
    return int(channel.stage.sql(query)[0])


async def test_first_contact_tells_what_this_is_and_asks(channel: Harness) -> None:
    await channel.says("ann", "hello")
    heard = "\n".join(await channel.heard("ann"))
    assert "program" in heard
    assert AGREE in await channel.buttons("ann")


async def test_a_button_that_is_pressed_counts(channel: Harness) -> None:
    await agreed(channel, "ann")
    assert channel.stage.sql("SELECT may_use FROM client") == [1]


async def test_every_button_can_be_typed_instead(channel: Harness) -> None:
    await channel.says("ann", "hello")
    await channel.says("ann", AGREE)
    assert channel.stage.sql("SELECT may_use FROM client") == [1]


async def test_every_button_has_a_number_too(channel: Harness) -> None:
    await channel.says("ann", "hello")
    titles = await channel.buttons("ann")
    await channel.says("ann", str(titles.index(AGREE) + 1))
    assert channel.stage.sql("SELECT may_use FROM client") == [1]


async def test_what_is_delivered_twice_is_answered_once(channel: Harness) -> None:
    await agreed(channel, "ann")
    delivery = await channel.says("ann", "i feel tired")
    before = len(await channel.heard("ann"))
    rows = count(channel, "SELECT count(*) FROM inbox")
    await channel.repeats("ann", delivery)
    await channel.says("ann", "i feel sad")
    assert count(channel, "SELECT count(*) FROM inbox") == rows + 1
    assert len(await channel.heard("ann")) > before


async def test_a_press_that_is_delivered_twice_counts_once(channel: Harness) -> None:
    await channel.says("ann", "hello")
    delivery = await channel.presses("ann", AGREE)
    rows = count(channel, "SELECT count(*) FROM inbox")
    await channel.repeats("ann", delivery)
    assert count(channel, "SELECT count(*) FROM inbox") == rows


async def test_answers_come_in_the_order_of_the_questions(channel: Harness) -> None:
    await agreed(channel, "ann")
    channel.stage.sql("UPDATE client SET may_save = 1")
    for number in range(5):
        await channel.says("ann", f"i feel number {number}")
    said = channel.stage.sql("SELECT text FROM message WHERE author = 'client' ORDER BY id")
    assert [text for text in said if text and "number" in text] == [
        f"i feel number {number}" for number in range(5)
    ]


async def test_danger_is_met_at_once_with_help(channel: Harness) -> None:
    await channel.says("ann", "I want to kill myself")
    heard = "\n".join(await channel.heard("ann"))
    assert "emergency" in heard.lower() or "112" in heard
    assert count(channel, "SELECT count(*) FROM safety_event") == 1


async def test_help_now_needs_no_consent_and_no_rasa(channel: Harness) -> None:
    channel.stage.rasa.down = True
    await channel.says("ann", "help now")
    assert await channel.heard("ann")


async def test_somebody_elses_button_reads_and_changes_nothing(channel: Harness) -> None:
    await channel.says("ann", "hello")
    await channel.says("eve", "hello")
    await channel.presses_of("eve", "ann", AGREE)
    assert channel.stage.sql("SELECT may_use FROM client") == [None, None]


async def test_people_hear_only_what_is_for_them(channel: Harness) -> None:
    await agreed(channel, "ann")
    await channel.says("eve", "hello")
    before = len(await channel.heard("eve"))
    await channel.says("ann", "i feel tired")
    assert len(await channel.heard("eve")) == before


async def test_guessed_link_codes_read_and_change_nothing(channel: Harness) -> None:
    await agreed(channel, "ann")
    await agreed(channel, "eve")
    await channel.says("ann", "link")
    owners = channel.stage.sql("SELECT client_id FROM conversation ORDER BY client_id")
    for code in ("BCDF-23GH", "2222-3333", "ZZZZ-9999", "BCDF-23GJ", "BCDF-23GK"):
        await channel.says("eve", f"link {code}")
    codes = [text for text in await channel.heard("ann") if "Your code is " in text]
    if codes:
        # Even the right one is not looked at after too many wrong ones.
        await channel.says("eve", f"link {codes[-1].split('Your code is ')[1][:9]}")
    assert "Yes, both are mine" not in await channel.buttons("eve")
    after = channel.stage.sql("SELECT client_id FROM conversation ORDER BY client_id")
    assert after == owners
    assert len(set(after)) == 2


async def test_a_device_is_linked_and_shares_one_history(channel: Harness) -> None:
    await agreed(channel, "ann")
    await channel.says("ann", "link")
    heard = [text for text in await channel.heard("ann") if "Your code is " in text]
    await channel.says("ann's phone", f"link {heard[-1].split('Your code is ')[1][:9]}")
    await channel.presses("ann's phone", "Yes, both are mine")
    assert len(channel.stage.sql("SELECT id FROM client")) == 1
    assert len(channel.stage.sql("SELECT id FROM conversation")) == 2


async def test_hostile_payloads_are_refused_or_ignored_and_nothing_breaks(
    channel: Harness,
) -> None:
    assert await channel.hostile() == []
    await channel.says("ann", "hello")
    assert await channel.heard("ann")


async def test_a_very_long_message_is_answered_kindly(channel: Harness) -> None:
    await agreed(channel, "ann")
    await channel.says("ann", "word " * 790)
    assert await channel.heard("ann")


async def test_signs_alone_are_answered_kindly(channel: Harness) -> None:
    await agreed(channel, "ann")
    await channel.says("ann", "?!")
    heard = await channel.heard("ann")
    assert "words" in heard[-1] or "write" in heard[-1].lower()
