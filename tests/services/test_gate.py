"""The three private questions, and what they lock for whom."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from tests.gateway.stage import Person, Stage
from tests.services.walking import EXERCISES, begins, exercise_of, walks_to

PRESSES = {"yes": "yes", "no": "no", "not_sure": "not_sure", "skip": "skip"}


async def is_asked(person: Person, exercise_id: str = "boundary_builder") -> Person:
    """Stand at the first private question about the mother."""
    await walks_to(person, exercise_id, "gate.afraid")
    return person


def risks(stage: Stage) -> dict[str, str]:
    """Role to risk."""
    return dict(stage.sql("SELECT role, risk FROM counterpart"))


async def goes_red(person: Person, role: str = "my mum") -> None:
    """Say yes to a private question about somebody, and then that it is not a crisis."""
    await person.says("start boundary_builder")
    if person.step == "who":
        await person.says(role)
    await person.presses("step.gate:yes")
    await person.presses("safety.choose:no")


@pytest.mark.parametrize(
    "answers",
    [("no", "no", "no"), *permutations(("no", "no", "not_sure")), ("skip", "skip", "skip")],
)
async def test_without_a_yes_the_risk_is_none_only_after_three_noes(
    stage: Stage, answers: tuple[str, ...]
) -> None:
    ann = await is_asked(stage.person())
    for answer in answers:
        await ann.presses(f"step.gate:{answer}")
    calm = answers == ("no", "no", "no")
    assert risks(stage) == {"parent": "none" if calm else "watch"}
    assert ann.step == "before"
    assert ("gate.watch" in ann.lines) is not calm


@pytest.mark.parametrize("before", [[], ["no"], ["no", "no"], ["skip", "not_sure"]])
async def test_the_first_yes_locks_at_once_and_shows_lines(stage: Stage, before: list[str]) -> None:
    ann = await is_asked(stage.person())
    for answer in before:
        await ann.presses(f"step.gate:{answer}")
    await ann.presses("step.gate:yes")
    assert risks(stage) == {"parent": "red"}
    assert ann.lines[0].startswith("safety_abuse_now")
    assert ann.state == "paused"
    assert stage.sql("SELECT route, rule FROM safety_event") == [("safety_abuse_now", "gate")]


@pytest.mark.parametrize(
    ("text", "position"), [("no", "gate.hurt"), ("Not sure", "gate.hurt"), ("skip", "gate.hurt")]
)
async def test_the_questions_can_be_answered_by_typing(
    stage: Stage, text: str, position: str
) -> None:
    ann = await is_asked(stage.person())
    await ann.says(text)
    assert ann.step == position


async def test_an_answer_that_is_neither_is_asked_again_once_and_then_counts_as_not_sure(
    stage: Stage,
) -> None:
    ann = await is_asked(stage.person())
    await ann.says("well it depends")
    assert (ann.step, ann.lines[0]) == ("gate.afraid", "gate.unclear")
    await ann.says("as I said it depends")
    assert ann.step == "gate.hurt"
    await ann.says("no", "no")
    assert risks(stage) == {"parent": "watch"}


async def test_known_answers_are_not_asked_again_within_thirty_days(stage: Stage) -> None:
    ann = stage.person()
    await begins(ann, "boundary_builder")
    await ann.says("stop")
    stage.clock.advance(days=29)
    await ann.says("i need a limit with my mum", "start support_match")
    assert ann.step == "before"


async def test_after_thirty_days_the_questions_are_asked_again(stage: Stage) -> None:
    ann = stage.person()
    await begins(ann, "boundary_builder")
    await ann.says("stop")
    stage.clock.advance(days=31)
    await ann.says("i need a limit with my mum", "start support_match")
    assert ann.step == "gate.afraid"
    await ann.says("not sure", "no", "no")
    assert risks(stage) == {"parent": "watch"}


async def test_watch_lets_words_be_planned_and_says_to_keep_it_small(stage: Stage) -> None:
    ann = await is_asked(stage.person())
    await ann.says("not sure", "no", "no")
    assert ann.lines[0] == "gate.watch"
    await ann.says("stop", "start support_match")
    assert (ann.step, "gate.watch" in ann.lines) == ("before", True)


@pytest.mark.parametrize("exercise_id", [e for e in EXERCISES if exercise_of(e).gate != "G0"])
async def test_sr_34_no_exercise_for_another_person_begins_before_the_questions(
    stage: Stage, exercise_id: str
) -> None:
    ann = stage.person()
    await ann.says(f"start {exercise_id}", "my mum")
    assert ann.step == "gate.afraid"
    assert any(one.press == "step.gate:skip" for one in ann.buttons)


class OneGate:
    """The catalogue with another gate in front of the boundary exercise."""

    def __init__(self, catalogue: Any, gate: str) -> None:
        self._catalogue = catalogue
        self._gate = gate

    def get(self, exercise_id: str) -> Any:
        """The exercise behind its new gate."""
        found = self._catalogue.get(exercise_id)
        return replace(found, gate=self._gate) if exercise_id == "boundary_builder" else found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)


def behind(stage: Stage, gate: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the boundary exercise behind this gate."""
    cases = stage.belay.use_cases
    for case in (cases.exercises, cases.steps):
        monkeypatch.setattr(case, "_catalogue", OneGate(case._catalogue, gate))


async def test_watch_locks_what_is_done_together(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind(stage, "G2", monkeypatch)
    ann = await is_asked(stage.person())
    await ann.says("no", "not sure", "no")
    assert "gate.watch_together" in ann.lines
    assert ann.state == "stopped"
    await ann.says("start boundary_builder")
    assert "gate.watch_together" in ann.lines
    assert ann.state != "active"


async def test_three_noes_open_what_is_done_together(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind(stage, "G2", monkeypatch)
    ann = await is_asked(stage.person())
    await ann.says("no", "no", "no")
    assert ann.step == "gate.adults"
    await ann.says("yes")
    assert (ann.step, ann.state) == ("before", "active")
    assert risks(stage) == {"parent": "none"}


@pytest.mark.parametrize("answer", ["no", "skip", "Not sure"])
async def test_what_is_done_together_is_for_two_adults(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    behind(stage, "G2", monkeypatch)
    ann = await is_asked(stage.person())
    await ann.says("no", "no", "no")
    await ann.says(answer)
    if answer == "Not sure":
        assert ann.lines[0] == "gate.unclear"
        await ann.says(answer)
    assert ann.lines == ["gate.adults_only"]
    assert ann.state == "stopped"
    assert risks(stage) == {"parent": "none"}
    assert stage.sql("SELECT count(*) FROM safety_event") == [0]


async def test_private_thinking_may_ask_whom_it_is_about_and_nothing_more(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("start give_receive_map")
    assert (ann.step, ann.lines[-1]) == ("who", "exercise.who_about")
    await ann.says("my mum")
    assert ann.step == "before"
    await ann.says("4")
    assert "mum" in ann.heard or "your side" in ann.heard
    assert risks(stage) == {"parent": "unknown"}


async def test_private_thinking_is_open_without_a_question_even_about_red(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = stage.person()
    await goes_red(ann)
    behind(stage, "G0", monkeypatch)
    await ann.says("start boundary_builder")
    assert (ann.step, ann.state) == ("before", "active")
