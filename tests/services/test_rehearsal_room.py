"""The rehearsal room: entered from the statement, left at any time, closed where it could harm."""

from __future__ import annotations

from belay.domain.run import AFTER, REVIEW
from tests.gateway.stage import Person, Stage
from tests.services.walking import stands_at

BOUNDARY = "boundary_builder"


async def in_the_room(stage: Stage) -> Person:
    ann = stage.person()
    await stands_at(ann, BOUNDARY, REVIEW)
    await ann.presses("step.review:rehearse")
    return ann


async def test_practising_is_offered_with_the_statement(stage: Stage) -> None:
    ann = stage.person()
    await stands_at(ann, BOUNDARY, REVIEW)
    assert "Practise saying it" in [button.title for button in ann.buttons]


async def test_a_sentence_said_three_times_is_accepted_and_the_exercise_goes_on(
    stage: Stage,
) -> None:
    ann = await in_the_room(stage)
    assert ann.lines == ["rehearsal.begin"]
    sentence = "Would you text me before you drop by?"
    await ann.says(sentence)
    assert ann.lines == ["rehearsal.remark.clear", "rehearsal.asks_why.1"]
    await ann.says(f"I need the quiet. {sentence}")
    assert ann.lines == ["rehearsal.remark.said_again", "rehearsal.guilt.2"]
    await ann.says(sentence)
    assert ann.lines[:3] == ["rehearsal.remark.said_again", "rehearsal.accepts", "rehearsal.done"]
    assert ann.step == AFTER


async def test_blame_hurts_and_seeing_the_hurt_mends_it(stage: Stage) -> None:
    ann = await in_the_room(stage)
    await ann.says("you are so selfish F05")
    assert ann.lines == ["rehearsal.remark.stings", "rehearsal.gets_hurt.1"]
    await ann.says("I see that it hurt you. Would you text me before you drop by?")
    assert ann.lines[0] == "rehearsal.remark.repaired"


async def test_the_practice_ends_when_the_client_says_so(stage: Stage) -> None:
    ann = await in_the_room(stage)
    await ann.presses("step.rehearsal_end")
    assert ann.lines[0] == "rehearsal.ended"
    assert ann.step == AFTER


async def test_a_break_in_the_practice_is_taken_up_again(stage: Stage) -> None:
    ann = await in_the_room(stage)
    await ann.says("Would you text me before you drop by?", "pause")
    await stage.restart()
    await ann.says("go on")
    assert ann.lines[-1] == "rehearsal.go_on"


async def test_words_said_in_practice_are_not_kept(stage: Stage) -> None:
    ann = await in_the_room(stage)
    await ann.says("Would you text me, my little walrus?")
    assert stage.sql("SELECT count(*) FROM answer WHERE text LIKE '%walrus%'") == [0]
    assert stage.sql("SELECT count(*) FROM happening WHERE data LIKE '%walrus%'") == [0]


async def test_fear_in_practice_opens_the_safety_check(stage: Stage) -> None:
    ann = await in_the_room(stage)
    await ann.says("I am scared FEAR")
    assert ann.state == "paused"
    assert any(line.startswith("safety_abuse_now") for line in ann.lines)


async def test_someone_marked_in_the_middle_is_no_longer_practised_with(stage: Stage) -> None:
    ann = await in_the_room(stage)
    stage.sql("UPDATE counterpart SET risk = 'watch'")
    await ann.says("Would you text me before you drop by?")
    assert "rehearsal.not_here" in ann.lines


async def test_no_practice_is_offered_with_someone_who_is_watched(stage: Stage) -> None:
    ann = stage.person()
    await stands_at(ann, BOUNDARY, REVIEW)
    stage.sql("UPDATE counterpart SET risk = 'watch'")
    await ann.says("pause", "go on")
    assert ann.step == REVIEW
    assert "Practise saying it" not in [button.title for button in ann.buttons]


async def test_a_long_sentence_of_ones_own_is_quoted_by_its_beginning(stage: Stage) -> None:
    ann = await in_the_room(stage)
    stage.sql("UPDATE answer SET text = ? WHERE step = 'request'", "would you ring " + "and " * 60)
    await ann.says("Would you ring me?", "Well, the bank called again")
    assert ann.lines[0] == "rehearsal.remark.say_again"
    assert "would you ring and" in ann.heard
    assert len(ann.heard.split()) <= 45
