"""One evening with Belay, from the first words to the kept statement."""

from __future__ import annotations

import pytest

from tests.conversations.stage import Person, Stage

pytestmark = pytest.mark.conversation

FIRST = "my mum lets herself in with the spare key every sunday and goes through our fridge"


def agrees(client: Person) -> Person:
    """Past the consent card."""
    return client.presses("I'm 18 or over, go on")


def reaches_first_step(client: Person) -> Person:
    """Start the boundary exercise, three calm answers, a number."""
    client.says("let's do the boundary exercise")
    if client.step == "who":
        client.says("my mum")
    return client.says("no", "no", "no", "4")


def test_first_words_are_named_and_taken_up_without_retyping(stage: Stage) -> None:
    ann = stage.client("ann").says(FIRST)
    ann.hears("computer program", "help now", "18")
    agrees(ann)
    ann.does_not_hear("What brings you here")
    assert any(line.startswith(("offer.", "feeling.")) for line in ann.lines)


def test_a_whole_boundary_exercise_ends_in_a_kept_statement_and_progress(stage: Stage) -> None:
    ann = stage.client("ann", onboarded=True)
    reaches_first_step(ann)
    assert ann.step == "step.circle"
    ann.says("time")
    ann.says("Visits that we plan together.")
    assert ann.step == "step.not_ok"
    ann.says("what is interdependence?").hears("rely on each other")
    assert ann.step == "step.not_ok"
    ann.says("Coming in with the key when we are asleep.")
    ann.says("Would you ring me before you come on Sundays?")
    ann.says("I will end the visit after an hour.")
    assert ann.step == "step.keep_it"
    ann.says("8").hears("Would you ring me before you come on Sundays?")
    assert ann.step == "review"
    ann.says("looks right")
    assert ann.step == "after"
    ann.says("7")
    ann.says("because I know my sentence now")
    assert ann.step == "plan"
    ann.says("if she calls on Saturday, then I will tell her")
    assert ann.step == "plan.first"
    ann.hears("Would you ring me before you come on Sundays?").presses("Start with that")
    assert ann.step == "save"
    ann.says("yes")
    assert ann.state == "done"
    ann.says("show my progress").hears("4", "7", "Would you ring me before you come on Sundays?")


def test_a_paused_exercise_waits_through_a_restart_at_its_step(stage: Stage) -> None:
    ann = reaches_first_step(stage.client("ann", onboarded=True))
    ann.says("time", "Visits that we plan together.")
    ann.says("let's pause")
    assert ann.state == "paused"
    stage.rebuild()
    ann.says("hello again").hears("limit")
    ann.says("let's go on with it")
    assert (ann.step, ann.state) == ("step.not_ok", "active")


def test_an_open_exercise_goes_on_after_a_restart_without_being_asked(stage: Stage) -> None:
    ann = reaches_first_step(stage.client("ann", onboarded=True)).says("time")
    stage.rebuild()
    ann.says("Calls in the evening are fine.")
    assert ann.step == "step.not_ok"


@pytest.mark.parametrize(
    ("text", "step"),
    [("skip this one", "step.ok"), ("example please", "step.circle"), ("go back", "step.circle")],
)
def test_controls_are_understood_inside_an_exercise(stage: Stage, text: str, step: str) -> None:
    ann = reaches_first_step(stage.client("ann", onboarded=True))
    ann.says(text)
    assert ann.step == step


def test_stopping_ends_the_exercise_and_keeps_no_words(stage: Stage) -> None:
    ann = reaches_first_step(stage.client("ann", onboarded=True)).says("time", "canary words")
    ann.says("stop this")
    assert ann.state == "stopped"
    ann.says("what have I done so far?").does_not_hear("canary")


def test_a_change_of_topic_sets_the_exercise_aside(stage: Stage) -> None:
    ann = reaches_first_step(stage.client("ann", onboarded=True))
    ann.says("can we talk about something else")
    assert ann.state == "paused"


def test_a_long_answer_with_a_control_word_stays_an_answer(stage: Stage) -> None:
    ann = reaches_first_step(stage.client("ann", onboarded=True)).says("time")
    ann.says("It is okay when we stop for tea on the way back from the shops on Fridays.")
    assert ann.step == "step.not_ok"
