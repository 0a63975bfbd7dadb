"""Goals: in their own words, on five steps, rated now and then, closed without a grade."""

from __future__ import annotations

from tests.gateway.stage import Person, Stage

GOAL = "ask my sister for help once a week"


async def saves(person: Person) -> None:
    """Switch saving on by chat."""
    await person.says("who reads this")
    await person.presses("consent.save_on")


async def with_a_goal(stage: Stage) -> Person:
    """Somebody with one goal on our steps, not rated yet."""
    ann = stage.person()
    await saves(ann)
    await ann.says("a goal", GOAL)
    await press(ann, "goal.ours")
    return ann


async def press(person: Person, beginning: str) -> None:
    """Press the button that does this to the goal at hand."""
    await person.presses(next(b.press for b in person.buttons if b.press.startswith(beginning)))


async def test_a_goal_is_asked_for_and_laid_on_five_steps_in_words(stage: Stage) -> None:
    ann = stage.person()
    await saves(ann)
    await ann.says("a goal")
    assert ann.lines == ["goal.ask"]
    await ann.says(GOAL)
    assert ann.lines == ["goal.scale"]
    assert f"As hoped: {GOAL}" in ann.heard
    await press(ann, "goal.ours")
    assert [one.title for one in ann.buttons] == [
        "Much less than hoped",
        "Less than hoped",
        "As hoped",
        "More than hoped",
        "Much more than hoped",
    ]


async def test_a_goal_told_in_one_breath_is_taken(stage: Stage) -> None:
    ann = stage.person()
    await saves(ann)
    await ann.says(f"My goal is to {GOAL}")
    assert stage.sql("SELECT text FROM goal") == [GOAL]


async def test_without_saving_leave_is_asked_first_and_a_no_keeps_nothing(stage: Stage) -> None:
    ann = await stage.person().says("a goal")
    assert ann.lines == ["goal.may_keep"]
    await ann.says("no")
    assert ann.lines == ["goal.not_kept"]
    assert stage.sql("SELECT count(*) FROM goal") == [0]
    await ann.says("a goal", "yes")
    assert ann.lines == ["goal.ask"]
    await ann.says(GOAL)
    assert stage.sql("SELECT text FROM goal") == [GOAL]


async def test_steps_can_be_written_by_the_client_and_skipped(stage: Stage) -> None:
    ann = stage.person()
    await saves(ann)
    await ann.says("a goal", GOAL)
    await press(ann, "goal.own")
    await ann.says("I ask nobody", "skip", "skip", "I ask two people a week", "skip")
    assert ann.lines == ["goal.where"]
    assert "Much less than hoped: I ask nobody" in ann.heard
    assert "More than hoped: I ask two people a week" in ann.heard
    assert f"As hoped: {GOAL}" in ann.heard


async def test_ratings_are_kept_over_time(stage: Stage) -> None:
    ann = await with_a_goal(stage)
    await press(ann, "goal.at:s0")
    assert ann.lines == ["goal.first_rating"]
    stage.clock.advance(days=7)
    await ann.says("a goal")
    await press(ann, "goal.show")
    await press(ann, "goal.rate")
    await press(ann, "goal.at:s1")
    assert ann.lines == ["goal.up"]
    assert stage.sql("SELECT place, level FROM goal_rating ORDER BY place") == [(0, -2), (1, -1)]


async def test_a_goal_that_is_reached_may_be_closed_with_good_wishes(stage: Stage) -> None:
    ann = await with_a_goal(stage)
    await press(ann, "goal.at:s2")
    assert ann.lines == ["goal.reached"]
    await ann.says("yes")
    assert ann.lines == ["goal.graduation"]
    assert stage.sql("SELECT ending FROM goal") == ["met"]


async def test_a_goal_can_be_reworded_let_go_and_deleted(stage: Stage) -> None:
    ann = await with_a_goal(stage)
    await ann.says("a goal")
    await press(ann, "goal.show")
    await press(ann, "goal.edit")
    await ann.says("ask my sister every Monday")
    assert "As hoped: ask my sister every Monday" in ann.heard
    await press(ann, "goal.close")
    await press(ann, "goal.let_go")
    assert ann.lines == ["goal.let_go"]
    await ann.says("a goal", "hold my Saturdays free of work")
    await press(ann, "goal.ours")
    await ann.says("a goal")
    await press(ann, "goal.show")
    await press(ann, "goal.delete")
    assert stage.sql("SELECT text FROM goal") == ["ask my sister every Monday"]


async def test_danger_in_a_goal_is_met_and_nothing_is_kept(stage: Stage) -> None:
    ann = stage.person()
    await saves(ann)
    await ann.says("a goal", "I want to kill myself")
    assert ann.lines[0].startswith("safety_suicide")
    assert stage.sql("SELECT count(*) FROM goal") == [0]


async def test_a_goal_for_somebody_else_gets_one_tip_and_is_then_taken(stage: Stage) -> None:
    ann = stage.person()
    await saves(ann)
    await ann.says("a goal", "She may not see her friends so much F31")
    assert ann.lines == ["goal.own_part"]
    await ann.says("I see my own friends on Fridays F12")
    assert ann.lines == ["goal.scale"]


async def test_a_deleted_goal_is_nowhere_any_more(stage: Stage) -> None:
    ann = await with_a_goal(stage)
    await ann.says("my progress", "a goal")
    assert "message.text" in stage.tables_with("my sister for help")
    await press(ann, "goal.show")
    await press(ann, "goal.delete")
    stage.delivered("ann")
    assert stage.tables_with("my sister for help") == set()
