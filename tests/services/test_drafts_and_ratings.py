"""What is written at a step: tips, own words, choices, numbers, a smaller step."""

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

    async def test_the_way_back_after_a_no_leads_to_the_same_step(self, stage: Stage) -> None:
        ann = await at(stage, "step.not_ok")
        await ann.says("FEAR that he comes home")
        await ann.presses("safety.choose:no")
        await ann.says("go on")
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


class TestANumber:
    """Numbers in what people type."""

    @pytest.mark.parametrize("text", ["7", "about a seven", "7/10", "7 out of 10", "I'd say 7."])
    async def test_it_is_read_from_a_sentence(self, stage: Stage, text: str) -> None:
        ann = await at(stage, "before")
        await ann.says(text)
        assert ann.step == "step.circle"
        assert stage.sql("SELECT rating_before FROM run") == [7]

    @pytest.mark.parametrize("text", ["15", "no idea", "6 or 7", "-", "high"])
    async def test_what_holds_no_single_number_is_asked_again(
        self, stage: Stage, text: str
    ) -> None:
        ann = await at(stage, "before")
        await ann.says(text)
        assert ann.step == "before"
        assert stage.sql("SELECT rating_before FROM run") == [None]

    async def test_after_the_second_unclear_answer_skipping_is_offered(self, stage: Stage) -> None:
        ann = await at(stage, "before")
        await ann.says("somewhere", "somewhere in between")
        assert "exercise.skip_is_fine" in ann.lines
        await ann.presses("step.skip")
        assert ann.step == "step.circle"

    async def test_a_zero_before_is_a_number_and_no_missing_one(self, stage: Stage) -> None:
        ann = await at(stage, "before")
        await ann.says("0")
        assert stage.sql("SELECT rating_before FROM run") == [0]

    @pytest.mark.parametrize(
        ("after", "line"),
        [("9", "exercise.change_up"), ("4", "exercise.change_same"), ("1", "exercise.change_down")],
    )
    async def test_the_change_is_said_in_words(self, stage: Stage, after: str, line: str) -> None:
        ann = await at(stage, "after")
        await ann.says(after)
        assert ann.lines == [line, "exercise.ruler"]
        assert ann.step == "ruler"

    async def test_nobody_is_asked_why_a_zero_is_not_lower(self, stage: Stage) -> None:
        ann = await at(stage, "after")
        await ann.says("0")
        assert ann.step == "plan"

    async def test_without_a_number_before_no_change_is_claimed(self, stage: Stage) -> None:
        ann = await at(stage, "before")
        await ann.says("skip")
        for text in ("time", "Visits", "Keys", "Would you ring?", "I will leave", "8", "yes", "7"):
            await ann.says(text)
        assert ann.step == "ruler"
        assert not any(line.startswith("exercise.change") for line in ann.lines)


class TestASmallerStep:
    """Below seven, a smaller step is offered, once."""

    async def test_a_hard_step_can_be_made_smaller(self, stage: Stage) -> None:
        ann = await at(stage, "step.keep_it")
        await ann.says("4")
        assert (ann.lines, ann.step) == (["exercise.make_smaller"], "step.keep_it")
        await ann.presses("step.smaller")
        assert ann.step == "step.self_action"
        await ann.says("I will put the phone away")
        assert ann.step == "review"
        assert "put the phone away" in ann.heard

    @pytest.mark.parametrize("text", ["no", "Leave it as it is"])
    async def test_it_can_stay_as_it_is(self, stage: Stage, text: str) -> None:
        ann = await at(stage, "step.keep_it")
        await ann.says("4", text)
        assert ann.step == "review"
        assert answers(stage)["keep_it"] == "4"

    async def test_a_typed_yes_makes_it_smaller(self, stage: Stage) -> None:
        ann = await at(stage, "step.keep_it")
        await ann.says("4", "yes")
        assert ann.step == "step.self_action"

    async def test_the_offer_is_made_once(self, stage: Stage) -> None:
        ann = await at(stage, "step.keep_it")
        await ann.says("4", "3")
        assert ann.step == "review"
        assert answers(stage)["keep_it"] == "3"

    async def test_an_easy_step_is_left_alone(self, stage: Stage) -> None:
        ann = await at(stage, "step.keep_it")
        await ann.says("7")
        assert ann.step == "review"


class TestEditing:
    """The statement can be changed part by part before it is kept."""

    async def test_a_part_is_changed_and_the_rest_stays(self, stage: Stage) -> None:
        ann = await at(stage, "review")
        await ann.presses("step.review:change")
        await ann.presses("step.part:request")
        assert ann.step == "step.request"
        await ann.says("Would you knock first?")
        assert (ann.step, ann.lines) == ("review", ["exercise.review"])
        assert "Would you knock first?" in ann.heard
        assert "visits on Sunday" in ann.heard

    async def test_a_part_can_be_named_by_typing(self, stage: Stage) -> None:
        ann = await at(stage, "review")
        await ann.says("no", "what I ask for")
        assert ann.step == "step.request"

    async def test_a_part_that_cannot_be_told_is_asked_for_again(self, stage: Stage) -> None:
        ann = await at(stage, "review")
        await ann.says("no", "the thing in the middle")
        assert (ann.lines[0], ann.step) == ("exercise.edit_unclear", "edit")

    async def test_nobody_is_caught_in_the_choice_of_parts(self, stage: Stage) -> None:
        ann = await at(stage, "review")
        await ann.says("no", "skip")
        assert ann.step == "after"

    @pytest.mark.parametrize("position", ["review", "after", "ruler", "plan", "save"])
    async def test_going_back_from_the_end_opens_the_parts(
        self, stage: Stage, position: str
    ) -> None:
        ann = await at(stage, position)
        await ann.says("go back")
        assert ann.step == "edit"

    async def test_a_second_edit_after_a_tip_gives_no_second_tip(self, stage: Stage) -> None:
        ann = await at(stage, "step.request")
        await ann.says("TIP please", "Would you ring?")
        for text in ("I will leave", "8", "no", "what I ask for", "TIP again"):
            await ann.says(text)
        assert ann.step == "review"


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
