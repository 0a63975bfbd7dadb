""" "My progress": practices in life, goals and statements, without a streak to lose."""

from __future__ import annotations

from typing import Any

from belay.domain.reply import Card
from tests.gateway.stage import Person, Stage
from tests.services.walking import finishes

SHAMING = ("streak", "missed", "lost", "behind", "fail", "keep it up", "don't give up")


def card_of(person: Person) -> Card:
    """The card of the last answer."""
    assert person.last is not None
    found = next(reply.card for reply in person.last.replies if reply.card is not None)
    assert found is not None
    return found


async def tells(person: Person, said: str) -> None:
    """Report a practice and say whether it was tried."""
    await person.says("I tried it with my mum and she listened")
    await person.presses(next(b.press for b in person.buttons if f":{said}:" in b.press))


async def test_practices_are_counted_in_life_and_by_week(stage: Stage) -> None:
    ann = stage.person()
    await finishes(ann, "boundary_builder")
    await tells(ann, "yes")
    stage.clock.advance(days=7)
    await tells(ann, "partly")
    await tells(ann, "not_yet")
    await ann.says("my progress")
    card = card_of(ann)
    assert [(week["words"], week["tried"]) for week in card.weeks[-2:]] == [(1, 1), (0, 1)]
    assert card.weeks[-1]["label"] == "9 Mar"
    assert "In real life: 2 times so far." in card.text
    assert "In 2 of the last 6 weeks you tried something." in card.text


async def test_without_a_practice_nothing_is_said_about_it(stage: Stage) -> None:
    ann = stage.person()
    await finishes(ann, "boundary_builder")
    await ann.says("my progress")
    assert "real life" not in ann.heard


async def test_somebody_who_only_tried_things_has_progress_too(stage: Stage) -> None:
    ann = stage.person()
    await tells(ann, "yes")
    await ann.says("my progress")
    assert ann.lines == ["progress.life_only"]
    assert "In real life: once so far." in card_of(ann).text


async def test_a_goal_is_told_from_its_first_step_to_now(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("who reads this")
    await ann.presses("consent.save_on")
    await ann.says("a goal", "Ask for help once a week")
    for part in ("goal.ours", "goal.at:s0"):
        await ann.presses(next(b.press for b in ann.buttons if b.press.startswith(part)))
    await ann.says("my progress")
    assert "Goal: Ask for help once a week. Now: much less than hoped." in card_of(ann).text
    await ann.says("a goal")
    for part in ("goal.show", "goal.rate", "goal.at:s1"):
        await ann.presses(next(b.press for b in ann.buttons if b.press.startswith(part)))
    await ann.says("my progress")
    told = "At first: much less than hoped. Now: less than hoped."
    assert told in card_of(ann).text


async def test_enough_is_answered_with_good_wishes(stage: Stage) -> None:
    ann = stage.person()
    await finishes(ann, "boundary_builder")
    await ann.says("my progress")
    await ann.presses("goal.enough")
    assert ann.lines == ["goal.graduation"]


async def test_no_line_of_it_counts_what_was_not_done(stage: Stage) -> None:
    lines: Any = stage.belay.content.words.lines
    mine = ("progress.", "practice.", "goal.", "remind.")
    said = [
        (name, variant)
        for name, line in lines.items()
        if name.startswith(mine)
        for variant in line.variants
    ]
    shaming = [(name, bad) for name, text in said for bad in SHAMING if f" {bad}" in text.lower()]
    assert shaming == []
