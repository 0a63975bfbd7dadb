"""Finished statements read like something a person would say aloud."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from belay.content import Content
from belay.content.exercise_shape import NEEDS
from belay.domain.artefact import compose
from belay.domain.exercise import Exercise
from belay.domain.run import REVIEW, Answer, Run
from belay.domain.statement import OPENING_WORDS, opening, statement

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def put_together(content: Content, exercise_id: str, **texts: str) -> str:
    exercise = content.catalogue.get(exercise_id)
    assert exercise is not None
    return compose(exercise.artefact_lines, texts, exercise.layout)


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
            run = Run("r", "c", exercise.id, exercise.version, NOW, REVIEW)
            run.answers = [Answer(step_id, text, text) for step_id, text in texts.items()]
            said = statement(exercise, run)
            assert said is not None, exercise.id
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


@pytest.mark.parametrize("need", [need for need in NEEDS if need != "express_feeling"])
def test_there_are_two_ways_to_choose_from(content: Content, need: str) -> None:
    assert len(content.catalogue.offered_for(need)) >= 2


def test_every_exercise_says_where_it_comes_from_and_whom_it_is_not_for(content: Content) -> None:
    for exercise in content.catalogue.all():
        assert exercise.source
        assert exercise.not_for
        assert len(exercise.version) == 12


def steps_of(exercise: Exercise) -> list[str]:
    return [step.id for step in exercise.steps]


STEPS = {
    "boundary_builder": "circle ok not_ok request self_action keep_it",
    "support_match": "situation type amount helps not_help give_back",
    "clear_request": "observation feeling need request room_for_no",
    "soft_start": "warm_line x_y z wish",
    "planned_ask": "facts express ask_line gain on_track give",
    "kind_no": "asked true_answer no_line offer repeat_line",
    "reflect_back": "reply_1 reply_2 reply_3",
    "repair_note": "own_part impact amend ask_time",
    "good_news_reply": "news noticed reply",
    "give_receive_map": "give receive fair season one_change",
    "identity_map": "people activities values differs lost act",
    "closeness_agreement": "topic my_yes my_no my_maybe my_question stop_signal look_again",
    "pattern_check": "example gives costs experiment",
    "pause_agreement": "sign phrase calm return no_go",
    "weekly_checkin": "when thanks went_well one_issue next_week",
    "if_then_plan": "plan obstacle",
    "check_the_story": "fact my_story other_story ask_it",
    "talk_listen_turns": "topic first_speaker minutes stop_word after",
}


@pytest.mark.parametrize("exercise_id", STEPS)
def test_steps_are_those_of_the_design(content: Content, exercise_id: str) -> None:
    exercise = content.catalogue.get(exercise_id)
    assert exercise is not None
    wanted = STEPS[exercise_id].split()
    assert [step for step in steps_of(exercise) if step in wanted] == wanted


def test_the_library_is_whole(content: Content) -> None:
    assert {exercise.id for exercise in content.catalogue.all()} == set(STEPS)


def test_a_habit_of_being_steered_steering_or_over_giving_leads_to_what_it_needs(
    content: Content,
) -> None:
    exercise = content.catalogue.get("pattern_check")
    assert exercise is not None
    items = [step for step in exercise.steps if step.kind == "choice"]
    leads = [{option.id: option.then for option in step.options if option.then} for step in items]
    assert len(items) == 12
    assert leads[:3] == [{"often": "family_support"}] * 3
    assert leads[3:6] == [{"often": "control_mirror"}] * 3
    assert leads[6:9] == [{"sometimes": "quiet_check", "often": "quiet_check"}] * 3
    assert leads[9:] == [{}, {}, {}]


def test_what_is_done_together_is_behind_the_last_gate(content: Content) -> None:
    together = {one.id for one in content.catalogue.all() if one.gate == "G2"}
    assert together == {
        *("closeness_agreement", "pause_agreement", "weekly_checkin", "talk_listen_turns")
    }
    private = {one.id for one in content.catalogue.all() if one.gate == "G0"}
    assert private == {
        *("reflect_back", "good_news_reply", "give_receive_map", "identity_map"),
        *("pattern_check", "if_then_plan"),
    }


def test_an_agreement_leaves_the_other_side_empty_and_is_no_consent_for_later(
    content: Content,
) -> None:
    said = put_together(content, "closeness_agreement", my_yes="a kiss goodbye", my_no="photos")
    assert "left empty" in said
    assert "change their mind" in said


def test_a_no_with_nothing_to_offer_is_said_twice_and_no_more(content: Content) -> None:
    exercise = content.catalogue.get("kind_no")
    assert exercise is not None
    run = Run("r", "c", exercise.id, exercise.version, NOW, REVIEW)
    texts = {"no_line": "no, I can't lend it", "offer": "No.", "repeat_line": "I still can't."}
    run.answers = [Answer(step, text, text) for step, text in texts.items()]
    assert statement(exercise, run) == (
        "No, I can't lend it. And when I'm asked again: I still can't."
    )


def test_every_step_can_be_typed_as_well_as_tapped(content: Content) -> None:
    for exercise in content.catalogue.all():
        for step in exercise.steps:
            for option in step.options:
                assert option.title
                assert all(word == word.lower() for word in option.words)


SAID = ("G1", "G2")


def test_first_words_are_short_and_made_of_the_clients_own(content: Content) -> None:
    for exercise in content.catalogue.all():
        if not exercise.opening:
            continue
        run = Run("", "", exercise.id, "", NOW, REVIEW)
        assert opening(exercise, run) is None, exercise.id
        for step in exercise.steps:
            run.put(Answer(step.id, step.examples[0], step.examples[0]))
        words = opening(exercise, run)
        assert words is not None, exercise.id
        assert len(words.split()) <= OPENING_WORDS
        assert "{" not in words
        assert any(step.examples[0][:12].lower() in words.lower() for step in exercise.steps)


def test_first_words_that_are_too_long_are_cut_to_a_sentence_or_not_offered(
    content: Content,
) -> None:
    exercise = content.catalogue.get("kind_no")
    assert exercise is not None
    run = Run("", "", exercise.id, "", NOW, REVIEW)
    run.put(Answer("no_line", None, "I can't. " + "Because it is far away and late " * 6))
    assert opening(exercise, run) == "I can't."
    run.put(Answer("no_line", None, "because it is far away and late " * 6))
    assert opening(exercise, run) is None


def test_words_for_another_person_ask_for_first_words(content: Content) -> None:
    for exercise in content.catalogue.all():
        assert exercise.is_said == (exercise.gate in SAID or bool(exercise.opening)), exercise.id
    plan = content.catalogue.get("if_then_plan")
    assert plan is not None
    assert plan.plans_itself
    assert not plan.is_said
