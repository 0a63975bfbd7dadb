"""Each exercise, asked for by its title and walked to its statement, with every detour once."""

from __future__ import annotations

import pytest

from belay.domain.exercise import Exercise
from belay.domain.run import ADULTS, GATES, STEP, WHO
from tests.conversations.stage import Person, Stage
from tests.gateway.shared import shared_content

pytestmark = pytest.mark.conversation

CATALOGUE = shared_content().catalogue
ANSWERS = {
    WHO: "my sister",
    **dict.fromkeys(GATES, "no"),
    ADULTS: "yes",
    "before": "4",
    "review": "yes, that fits",
    "after": "7",
    "ruler": "because I know my first words now",
    "plan": "if we sit down on Sunday, then I will say it",
    "plan.first": "yes",
    "save": "yes",
}


def answer_at(exercise: Exercise, position: str, *, shown: str = "") -> str:
    """What somebody writes at a position: an example of the file that was not shown to them."""
    if not position.startswith(STEP):
        return ANSWERS[position]
    step = exercise.step(position.removeprefix(STEP))
    if step.kind == "rating":
        return "8"
    if step.kind == "choice":
        return step.options[0].title
    return next(example for example in step.examples if example not in shown)


def goes_on(ann: Person, exercise: Exercise, *, shown: str = "") -> Person:
    """Answer what is open. A tip is answered by keeping the words, a doubt by insisting."""
    position = str(ann.step)
    ann.says(answer_at(exercise, position, shown=shown))
    for title in ("That is my answer", "Keep my words"):
        if title in ann.buttons and ann.step == position:
            ann.presses(title)
    return ann


@pytest.mark.parametrize("exercise_id", [exercise.id for exercise in CATALOGUE.all()])
def test_an_exercise_is_walked_from_request_to_statement(stage: Stage, exercise_id: str) -> None:
    exercise = CATALOGUE.get(exercise_id)
    assert exercise is not None
    first, second, third = (STEP + step.id for step in exercise.steps[:3])
    ann = stage.client("ann", onboarded=True)

    ann.says(f"let's do the exercise {exercise.title.lower()}")
    assert ann.state == "active", str(ann)
    while ann.step != first:
        goes_on(ann, exercise)

    ann.says("can you show me an example")
    assert ann.step == first, str(ann)
    assert any(example in ann.heard for example in exercise.steps[0].examples), str(ann)
    goes_on(ann, exercise, shown=ann.heard)
    assert ann.step == second, str(ann)

    ann.says("what is interdependence?").hears("rely on each other")
    assert ann.step == second, str(ann)
    ann.says("let's pause here")
    if ann.lines == ["exercise.stop_or_answer"]:
        ann.presses("Pause it")
    assert ann.state == "paused", str(ann)
    stage.rebuild()
    ann.says("let's go on with it")
    assert (ann.step, ann.state) == (second, "active"), str(ann)

    ann.says("go back to the last question")
    assert ann.step == first, str(ann)
    goes_on(ann, exercise)
    goes_on(ann, exercise)
    assert ann.step == third, str(ann)
    ann.says("skip this one")
    assert ann.step != third, str(ann)

    while ann.state == "active":
        before = ann.step
        goes_on(ann, exercise)
        assert ann.step != before or ann.state != "active", str(ann)
    assert ann.state == "done", str(ann)
    ann.says("show my progress").hears("4", "7", exercise.title)
