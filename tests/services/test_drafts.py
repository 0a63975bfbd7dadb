"""What is written at a step: tips, fear, choices, and what does not belong there."""

from __future__ import annotations

import pytest

from tests.gateway.stage import Person, Stage
from tests.services.walking import begins, stands_at

BOUNDARY = "boundary_builder"


def answers(stage: Stage) -> dict[str, str | None]:
    """Step to final text."""
    return dict(stage.sql("SELECT step, text FROM answer"))


async def at(stage: Stage, step: str) -> Person:
    """Somebody at a step of the boundary exercise."""
    ann = stage.person()
    await stands_at(ann, BOUNDARY, step)
    return ann


class TestATip:
    """At most one, never in the way, and the client's words win."""

    async def test_a_tip_is_given_once_and_the_second_try_is_taken_as_it_is(
        self, stage: Stage
    ) -> None:
        ann = await at(stage, "step.ok")
        await ann.says("TIP the first")
        assert (ann.lines, ann.step) == (["exercise.tip"], "step.ok")
        await ann.says("TIP the second")
        assert ann.step == "step.not_ok"
        assert "exercise.tip" not in ann.lines
        first, text = stage.sql("SELECT first, text FROM answer WHERE step = 'ok'")[0]
        assert (first, text) == ("TIP the first", "TIP the second")

    async def test_keep_my_words_keeps_them(self, stage: Stage) -> None:
        ann = await at(stage, "step.ok")
        await ann.says("TIP as I wrote it")
        await ann.presses("step.keep_words")
        assert ann.step == "step.not_ok"
        row = stage.sql("SELECT text, choice, tip FROM answer WHERE step = 'ok'")
        assert row == [("TIP as I wrote it", "kept", "F11")]

    async def test_change_it_lets_them_be_written_again(self, stage: Stage) -> None:
        ann = await at(stage, "step.ok")
        await ann.says("TIP as I wrote it")
        await ann.presses("step.change")
        assert (ann.lines, ann.step) == (["exercise.write_again"], "step.ok")
        await ann.says("calls on Sunday")
        assert (ann.step, answers(stage)["ok"]) == ("step.not_ok", "calls on Sunday")

    @pytest.mark.parametrize("text", ["no", "you misunderstood", "Keep my words"])
    async def test_a_typed_no_to_a_tip_keeps_the_words(self, stage: Stage, text: str) -> None:
        ann = await at(stage, "step.ok")
        await ann.says("TIP as I wrote it", text)
        assert ann.step == "step.not_ok"
        assert answers(stage)["ok"] == "TIP as I wrote it"

    async def test_a_typed_yes_to_a_tip_is_no_new_draft(self, stage: Stage) -> None:
        ann = await at(stage, "step.ok")
        await ann.says("TIP as I wrote it", "yes")
        assert ann.step == "step.ok"
        assert answers(stage)["ok"] == "TIP as I wrote it"

    async def test_a_skip_after_a_tip_keeps_what_was_written(self, stage: Stage) -> None:
        ann = await at(stage, "step.ok")
        await ann.says("TIP as I wrote it", "skip")
        assert ann.step == "step.not_ok"
        assert answers(stage)["ok"] == "TIP as I wrote it"

    async def test_an_example_after_a_tip_keeps_the_step_open(self, stage: Stage) -> None:
        ann = await at(stage, "step.ok")
        await ann.says("TIP as I wrote it")
        await ann.presses("step.example")
        assert (ann.lines, ann.step) == (["exercise.example"], "step.ok")

    async def test_a_protest_without_an_answer_is_heard_and_the_question_stays(
        self, stage: Stage
    ) -> None:
        ann = await at(stage, "step.ok")
        await ann.says("you misunderstood")
        assert ann.lines == ["exercise.heard_you", "exercise.step"]
        assert ann.step == "step.ok"


class TestFearAndRules:
    """They come before any tip, and their words never reach the statement."""

    async def test_fear_in_a_draft_opens_the_safety_check(self, stage: Stage) -> None:
        ann = await at(stage, "step.not_ok")
        await ann.says("FEAR that he comes home")
        assert ann.lines[0].startswith("safety_abuse_now.tier2")
        assert (ann.state, "not_ok" in answers(stage)) == ("paused", False)
        assert stage.sql("SELECT layer, rule FROM safety_event") == [("context", "draft.F04")]

    async def test_fear_watches_the_person_the_exercise_is_about(self, stage: Stage) -> None:
        ann = await at(stage, "step.not_ok")
        await ann.says("FEAR that she comes home")
        assert stage.sql("SELECT role, risk FROM counterpart") == [("parent", "watch")]

    async def test_the_way_back_after_a_no_leads_past_the_questions_to_the_same_step(
        self, stage: Stage
    ) -> None:
        ann = await at(stage, "step.not_ok")
        await ann.says("FEAR that he comes home")
        await ann.presses("safety.choose:no")
        await ann.says("go on")
        assert ann.step == "gate.afraid"
        await ann.says("no", "no", "no")
        assert (ann.step, ann.state) == ("step.not_ok", "active")

    async def test_a_rule_over_somebody_is_mirrored_and_never_an_answer(self, stage: Stage) -> None:
        ann = await at(stage, "step.not_ok")
        await ann.says("RULE one")
        assert (ann.lines, ann.step) == (["exercise.rule_over_other"], "step.not_ok")
        await ann.says("RULE two")
        assert ann.step == "step.request"
        assert answers(stage)["not_ok"] is None

    async def test_after_the_mirror_a_fair_limit_is_taken(self, stage: Stage) -> None:
        ann = await at(stage, "step.not_ok")
        await ann.says("RULE one", "dropping by without a call")
        assert answers(stage)["not_ok"] == "dropping by without a call"


class TestAChoice:
    """By button, by title, by other words, by number, and in own words at the second try."""

    @pytest.mark.parametrize("text", ["Time and energy", "it is about my energy", "4"])
    async def test_an_option_can_be_typed_in_many_ways(self, stage: Stage, text: str) -> None:
        ann = await at(stage, "step.circle")
        await ann.says(text)
        assert ann.step == "step.ok"
        assert stage.sql("SELECT choice FROM answer WHERE step = 'circle'") == ["time"]

    async def test_an_option_can_be_pressed(self, stage: Stage) -> None:
        ann = await at(stage, "step.circle")
        await ann.presses("step.option:money")
        assert stage.sql("SELECT choice FROM answer") == ["money"]

    async def test_own_words_are_taken_at_the_second_try(self, stage: Stage) -> None:
        ann = await at(stage, "step.circle")
        await ann.says("our garden")
        assert (ann.lines[0], ann.step) == ("exercise.choice_unclear", "step.circle")
        await ann.says("our garden")
        assert ann.step == "step.ok"
        assert stage.sql("SELECT text, choice FROM answer") == [("our garden", None)]


async def test_an_old_button_of_an_earlier_question_changes_nothing(stage: Stage) -> None:
    ann = await at(stage, "gate.afraid")
    no = ann.signed(next(one for one in ann.buttons if one.press == "step.gate:no"))
    await ann.uses(no)
    assert ann.step == "gate.hurt"
    await ann.uses(no)
    assert (ann.lines[0], ann.step) == ("exercise.earlier_button", "gate.hurt")


async def test_two_exercises_do_not_mix(stage: Stage) -> None:
    ann = await at(stage, "step.ok")
    await ann.says("visits on Sunday")
    await begins(ann, "support_match")
    await ann.says("the evenings are long")
    rows = stage.sql(
        "SELECT run.exercise_id, answer.step FROM answer JOIN run ON run.id = answer.run_id"
    )
    assert set(rows) == {
        ("boundary_builder", "circle"),
        ("boundary_builder", "ok"),
        ("support_match", "situation"),
    }
    assert sorted(stage.sql("SELECT state FROM run")) == ["active", "paused"]


async def test_a_change_of_topic_pauses_and_the_next_words_are_no_answer(stage: Stage) -> None:
    ann = await at(stage, "step.ok")
    await ann.says("another topic")
    assert (ann.lines, ann.state) == (["exercise.topic_changed"], "paused")
    await ann.says("i feel tired")
    assert "ok" not in answers(stage)


async def test_a_goodbye_keeps_the_exercise_for_later(stage: Stage) -> None:
    ann = await at(stage, "step.ok")
    await ann.says("bye")
    assert ann.state == "paused"


async def test_an_exercise_that_is_no_longer_there_does_not_break_the_talk(
    stage: Stage,
) -> None:
    ann = await at(stage, "step.ok")
    stage.sql("UPDATE run SET exercise_id = 'gone_from_the_files'")
    await ann.says("visits on Sunday")
    assert ann.lines
    await ann.says("hello")
    assert ann.lines == ["greet.hello"]
    await ann.says("go on")
    assert ann.lines == ["exercise.nothing_paused"]


async def test_a_step_that_is_no_longer_there_does_not_break_the_talk(stage: Stage) -> None:
    ann = await at(stage, "step.ok")
    stage.sql("UPDATE run SET position = 'step.gone_from_the_file'")
    await ann.says("visits on Sunday")
    assert ann.step == "step.not_ok"
    stage.sql("UPDATE run SET position = 'step.gone_again', state = 'paused'")
    await ann.says("go on")
    assert (ann.step, ann.state) == ("step.not_ok", "active")
