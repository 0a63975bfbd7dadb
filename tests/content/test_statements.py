"""Finished statements read like something a person would say aloud."""

from __future__ import annotations

import re

import pytest

from belay.content import Content
from belay.domain.artefact import compose
from belay.domain.exercise import Exercise


def put_together(content: Content, exercise_id: str, **texts: str) -> str:
    exercise = content.catalogue.get(exercise_id)
    assert exercise is not None
    return compose(exercise.artefact_lines, texts)


def test_a_limit_is_said_in_the_first_person(content: Content) -> None:
    assert put_together(
        content,
        "boundary_builder",
        circle="time and energy",
        ok="Calls until eight in the evening.",
        not_ok="Work calls after eight.",
        request="Please send work messages before eight",
        self_action="I'll end the call and reply in the morning.",
        keep_it="8",
    ) == (
        "This is okay for me: calls until eight in the evening. "
        "This is not okay for me: work calls after eight. "
        "Please send work messages before eight. "
        "If it happens anyway, I will end the call and reply in the morning."
    )


def test_a_skipped_step_leaves_a_whole_statement(content: Content) -> None:
    assert put_together(
        content, "boundary_builder", not_ok="jokes about my body", self_action="leave the room"
    ) == (
        "This is not okay for me: jokes about my body. If it happens anyway, I will leave the room."
    )


def test_support_is_asked_for_to_the_other_person(content: Content) -> None:
    assert put_together(
        content,
        "support_match",
        situation="My mum is ill and I drive there twice a week.",
        type="an open ear",
        amount="ten minutes after dinner",
        helps="Sit with me and let me talk.",
        not_help="Fixing it before I finish.",
        give_back="What would you like from me this week?",
    ) == (
        "It's about this: my mum is ill and I drive there twice a week. "
        "What I'd like from you is an open ear. Ten minutes after dinner. "
        "This helps me: sit with me and let me talk. "
        "This helps me less, even when it is kind: fixing it before I finish. "
        "What would you like from me this week?"
    )


@pytest.mark.parametrize(
    ("happened", "begins"),
    [
        ("On Tuesday you looked at your phone.", "one moment: on Tuesday you looked"),
        ("When I came home you were asleep", "one moment: when I came home you were"),
        ("I called twice yesterday.", "one moment: I called twice yesterday."),
    ],
)
def test_a_request_begins_with_one_moment(content: Content, happened: str, begins: str) -> None:
    said = put_together(
        content,
        "clear_request",
        observation=happened,
        feeling="I felt hurt, and a bit lonely",
        need="I need rest",
        request="Would you call me on Sunday?",
        room_for_no="What would work for you instead?",
    )
    assert begins in said
    assert said.endswith(
        "I felt hurt, and a bit lonely. I need rest. Would you call me on Sunday? "
        "It's okay to say no. What would work for you instead?"
    )


def test_no_statement_has_doubled_marks_or_gaps(content: Content) -> None:
    for exercise in content.catalogue.all():
        for place in range(5):
            texts = {
                step.id: step.examples[place % len(step.examples)]
                if not step.options
                else step.options[place % len(step.options)].title.lower()
                for step in exercise.steps
            }
            said = compose(exercise.artefact_lines, texts)
            assert not re.search(r"[.,?!]{2}|\s{2}|[{}|]", said), said
            assert said[0].isupper()
            assert said[-1] in ".?"


def test_the_three_exercises_are_there_in_the_order_of_the_menu(content: Content) -> None:
    ids = [exercise.id for exercise in content.catalogue.all()]
    assert ids[:3] == ["boundary_builder", "support_match", "clear_request"]


def test_first_choices_come_before_second_ones(content: Content) -> None:
    offered = [one.id for one in content.catalogue.offered_for("ask_support")]
    assert offered[0] == "support_match"
    assert "clear_request" in offered
    assert content.catalogue.offered_for("calm_conflict")[0].id == "clear_request"


@pytest.mark.parametrize("need", ["set_boundary", "ask_support"])
def test_there_are_two_ways_to_choose_from(content: Content, need: str) -> None:
    assert len(content.catalogue.offered_for(need)) >= 2


def test_every_exercise_says_where_it_comes_from_and_whom_it_is_not_for(content: Content) -> None:
    for exercise in content.catalogue.all():
        assert exercise.source
        assert exercise.not_for
        assert len(exercise.version) == 12


def steps_of(exercise: Exercise) -> list[str]:
    return [step.id for step in exercise.steps]


def test_steps_are_those_of_the_design(content: Content) -> None:
    found = {exercise.id: steps_of(exercise) for exercise in content.catalogue.all()}
    assert found["boundary_builder"] == [
        *("circle", "ok", "not_ok", "request", "self_action", "keep_it")
    ]
    assert found["support_match"] == [
        *("situation", "type", "amount", "helps", "not_help", "give_back")
    ]
    assert found["clear_request"] == ["observation", "feeling", "need", "request", "room_for_no"]


def test_every_step_can_be_typed_as_well_as_tapped(content: Content) -> None:
    for exercise in content.catalogue.all():
        for step in exercise.steps:
            for option in step.options:
                assert option.title
                assert all(word == word.lower() for word in option.words)
