"""Reminders by chat: asked once, at the client's own clock, few, and ended by a word."""

from __future__ import annotations

import pytest

from tests.gateway.stage import Person, Stage
from tests.services.walking import answer_at, exercise_of, finishes

BOUNDARY = "boundary_builder"


async def has_a_plan(stage: Stage) -> Person:
    """Somebody who finished an exercise with a plan and told whether a coach may read."""
    ann = stage.person()
    await finishes(ann, BOUNDARY)
    await ann.presses("consent.review_off")
    return ann


def reminders(stage: Stage) -> list[tuple[str, str, str]]:
    """Kind, time and status of every reminder, in order."""
    return stage.sql("SELECT kind, substr(due_at, 1, 16), status FROM reminder ORDER BY due_at")


async def test_after_a_plan_a_reminder_is_offered_once_the_coach_question_is_answered(
    stage: Stage,
) -> None:
    ann = await has_a_plan(stage)
    assert ann.lines == ["consent.review_off", "remind.offer"]


async def test_without_a_plan_no_reminder_is_offered(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("start boundary_builder")
    while ann.state == "active":
        here = str(ann.step)
        await ann.says("skip" if here == "plan" else answer_at(exercise_of(BOUNDARY), here))
    await ann.presses("consent.review_off")
    assert ann.lines == ["consent.review_off"]
    assert stage.sql("SELECT count(*) FROM practice") == [0]


async def test_a_typed_time_is_set_once_the_clock_is_known(stage: Stage) -> None:
    ann = await has_a_plan(stage)
    await ann.says("tomorrow at 7 pm")
    assert ann.lines == ["remind.ask_zone"]
    await ann.says("Berlin")
    assert ann.lines == ["remind.set", "practice.fear"]
    assert "tomorrow at 7 pm" in ann.heard
    assert reminders(stage)[0] == ("nudge", "2026-03-03 18:00", "scheduled")


async def test_the_clock_is_asked_for_only_once(stage: Stage) -> None:
    ann = await has_a_plan(stage)
    await ann.presses("remind.at:+1 19:00")
    await ann.presses("remind.zone:America/New_York")
    await ann.says("a reminder", "Friday evening")
    assert ann.lines[0] == "remind.set"
    assert ("nudge", "2026-03-07 00:00", "scheduled") in reminders(stage)


async def test_it_works_while_rasa_is_down(stage: Stage) -> None:
    ann = await has_a_plan(stage)
    stage.rasa.down = True
    await ann.says("Friday evening", "London")
    assert ann.lines[0] == "remind.set"


async def test_a_time_in_the_quiet_hours_is_moved_only_with_a_yes(stage: Stage) -> None:
    ann = await has_a_plan(stage)
    await ann.says("tomorrow at 23:30", "London")
    assert ann.lines == ["remind.quiet"]
    assert reminders(stage) == []
    await ann.presses("remind.at:+2 08:00")
    assert reminders(stage)[0] == ("nudge", "2026-03-04 08:00", "scheduled")


async def test_a_third_note_in_one_week_is_refused(stage: Stage) -> None:
    ann = await has_a_plan(stage)
    await ann.says("tomorrow at 7 pm", "London")
    await ann.says("skip")
    stage.sql("UPDATE reminder SET practice_id = NULL")
    await ann.says("a reminder", "Thursday at 10")
    assert ann.lines[0] == "remind.set"
    stage.sql("UPDATE reminder SET practice_id = NULL")
    await ann.says("a reminder", "Friday at 10")
    assert ann.lines[0] == "remind.enough"
    waiting = [kind for kind, _, status in reminders(stage) if status == "scheduled"]
    assert waiting == ["nudge", "nudge"]


async def test_a_word_ends_all_of_them(stage: Stage) -> None:
    ann = await has_a_plan(stage)
    await ann.says("tomorrow at 7 pm", "London", "stop reminders")
    assert ann.lines == ["remind.stopped"]
    assert {status for *_, status in reminders(stage)} == {"dropped"}
    await finishes(ann, "support_match")
    assert "remind.offer" not in ann.lines


async def test_no_reminder_is_offered_about_somebody_marked_red(stage: Stage) -> None:
    ann = await has_a_plan(stage)
    stage.sql("UPDATE counterpart SET risk = 'red'")
    await ann.says("remind me tomorrow at 7")
    assert ann.lines == ["remind.not_here"]
    assert reminders(stage) == []


async def test_no_reminder_is_set_within_a_day_of_a_safety_event(stage: Stage) -> None:
    ann = await has_a_plan(stage)
    await ann.says("I want to kill myself")
    await ann.presses("safety.choose:not_it")
    await ann.says("remind me tomorrow at 7")
    assert ann.lines == ["remind.not_here"]


@pytest.mark.parametrize("said", ["I want to kill myself", "he said he will kill me tonight"])
async def test_danger_is_met_whatever_was_asked(stage: Stage, said: str) -> None:
    ann = await has_a_plan(stage)
    await ann.says(said)
    assert ann.lines[0].startswith("safety_")
    assert reminders(stage) == []


async def test_another_wish_is_met_in_place_of_a_time(stage: Stage) -> None:
    ann = await has_a_plan(stage)
    await ann.says("my progress")
    assert ann.lines[0].startswith("progress.")
    await ann.says("tomorrow at 7 pm")
    assert "remind.ask_zone" not in ann.lines


async def test_the_words_of_a_reminder_name_no_exercise_and_no_person(stage: Stage) -> None:
    content = stage.belay.content
    for line in ("remind.nudge", "remind.check"):
        for variant in content.words.lines[line].variants:
            assert "{" not in variant
            low = variant.lower()
            assert not [one.title for one in content.catalogue.all() if one.title.lower() in low]
            told = ("belay", "coach", "exercise", "limit", "boundary", "partner", "talk", "feel")
            assert not [word for word in told if word in low], variant


async def test_no_time_is_offered_that_is_over_on_the_clients_clock(stage: Stage) -> None:
    ann = await has_a_plan(stage)
    assert "remind.at:+0 19:00" in [one.press for one in ann.buttons]
    stage.clock.advance(hours=8)
    await ann.says("a reminder")
    times = [one.press for one in ann.buttons if one.press.startswith("remind.at:")]
    assert times == ["remind.at:+1 19:00", "remind.at:+2 09:00"]
