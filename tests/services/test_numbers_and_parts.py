"""Numbers that are asked for, a smaller step, and changing the statement part by part."""

from __future__ import annotations

import pytest

from tests.gateway.stage import Person, Stage
from tests.services.walking import stands_at

BOUNDARY = "boundary_builder"


def answers(stage: Stage) -> dict[str, str | None]:
    """Step to final text."""
    return dict(stage.sql("SELECT step, text FROM answer"))


async def at(stage: Stage, step: str) -> Person:
    """Somebody at a step of the boundary exercise."""
    ann = stage.person()
    await stands_at(ann, BOUNDARY, step)
    return ann


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

    @pytest.mark.parametrize("text", ["skip", "no", "Leave it as it is"])
    async def test_nobody_is_caught_in_the_choice_of_parts(self, stage: Stage, text: str) -> None:
        ann = await at(stage, "review")
        await ann.says("no", text)
        assert ann.step == "after"
        assert "edit_unclear" not in ann.heard

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
