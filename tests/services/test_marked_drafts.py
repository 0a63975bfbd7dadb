"""The marked sentence: a draft comes back with its parts named, above what is said about it."""

from __future__ import annotations

from belay.domain.marking import named_parts
from belay.domain.reply import Mark
from tests.gateway.stage import Person, Stage
from tests.services.walking import stands_at


async def writing(stage: Stage, text: str) -> Person:
    ann = stage.person()
    await stands_at(ann, "boundary_builder", "step.ok")
    await ann.says(text)
    return ann


async def test_a_tip_stands_under_the_marked_draft_with_its_three_choices(stage: Stage) -> None:
    ann = await writing(stage, "calls and MARK too")
    (reply,) = ann.last.replies
    assert reply.line == "exercise.tip"
    assert reply.text == "calls and MARK too\n\nOne idea."
    assert reply.marks == (Mark(0, 18, "draft", ""), Mark(10, 14, "issue", "a mark", None, True))
    assert [button.press for button in reply.buttons] == [
        "step.change",
        "step.keep_words",
        "step.example",
    ]
    assert named_parts(reply) == ["\u2192 \u201cMARK\u201d: a mark"]


async def test_the_second_try_is_taken_without_another_tip(stage: Stage) -> None:
    ann = await writing(stage, "calls and MARK too")
    await ann.says("calls and MARK again")
    assert (ann.step, "exercise.tip" in ann.lines) == ("step.not_ok", False)


async def test_fear_is_neither_marked_nor_graded(stage: Stage) -> None:
    ann = await writing(stage, "FEAR and MARK")
    assert all(not reply.marks for reply in ann.last.replies)
    assert "exercise.tip" not in ann.lines
