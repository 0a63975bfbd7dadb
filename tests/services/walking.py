"""The way through an exercise, one answer a turn, by the exercise's own file."""

from __future__ import annotations

from datetime import UTC, datetime

from belay.domain.exercise import Exercise
from belay.domain.run import (
    ADULTS,
    AFTER,
    BEFORE,
    EDIT,
    FIRST_WORDS,
    GATES,
    PLAN,
    REVIEW,
    RULER,
    SAVE,
    STEP,
    WHO,
    Answer,
    Run,
)
from belay.domain.statement import statement
from tests.gateway.shared import shared_content
from tests.gateway.stage import Person

EXERCISES = tuple(exercise.id for exercise in shared_content().catalogue.all())
A_PLAN = "if we sit down tonight, then I will ask"


def exercise_of(exercise_id: str) -> Exercise:
    """An exercise of this repository."""
    found = shared_content().catalogue.get(exercise_id)
    assert found is not None
    return found


def answer_at(exercise: Exercise, position: str) -> str:
    """A sensible answer at a position: the file's own first example, or the plain word."""
    if position.startswith(STEP):
        step = exercise.step(position.removeprefix(STEP))
        if step.kind == "rating":
            return "8"
        return step.options[0].title if step.kind == "choice" else step.examples[0]
    if position in GATES:
        return "no"
    return {
        WHO: "my mum",
        ADULTS: "yes",
        BEFORE: "4",
        REVIEW: "yes",
        EDIT: exercise.steps[0].name,
        AFTER: "7",
        RULER: "because I found words",
        PLAN: A_PLAN,
        FIRST_WORDS: "Could we talk for a moment?",
        SAVE: "yes",
    }[position]


async def begins(person: Person, exercise_id: str, *, about: str = "my mum") -> Exercise:
    """Start by name and answer everything up to the first step."""
    exercise = exercise_of(exercise_id)
    await person.says(f"start {exercise_id}")
    while person.step is not None and not person.step.startswith(STEP):
        answer = about if person.step == WHO else answer_at(exercise, person.step)
        await person.says(answer)
    return exercise


async def walks_to(person: Person, exercise_id: str, position: str) -> Exercise:
    """Answer from the start until a position is open."""
    exercise = exercise_of(exercise_id)
    await person.says(f"start {exercise_id}")
    for _ in range(40):
        if person.step == position:
            return exercise
        assert person.state == "active", f"{person.state} at {person.step}, not at {position}"
        await person.says(answer_at(exercise, str(person.step)))
    raise AssertionError(f"{exercise_id} never came to {position}; it is at {person.step}")


async def stands_at(person: Person, exercise_id: str, position: str) -> Exercise:
    """As `walks_to`, in three turns: what was answered on the way is put into the database."""
    exercise, stage = exercise_of(exercise_id), person.stage
    order = positions_of(exercise)
    place = order.index(position)
    await person.says(f"start {exercise_id}")
    if place <= order.index(BEFORE):
        return await _goes_on_to(person, exercise, position)
    if exercise.about_someone:
        await person.says("my mum")
    await person.says("pause")
    now = stage.clock().replace(tzinfo=None).isoformat(sep=" ")
    stage.sql("UPDATE counterpart SET risk = 'none', asked_at = ?", now)
    answers = {
        step.id: answer_at(exercise, STEP + step.id)
        for step in exercise.steps
        if STEP + step.id in order[:place]
    }
    for number, (step_id, text) in enumerate(answers.items()):
        stage.sql(
            "INSERT INTO answer (run_id, step, place, first, text, features)"
            " SELECT id, ?, ?, ?, ?, '[]' FROM run",
            *(step_id, number, text, text),
        )
    through = place >= order.index(REVIEW)
    artefact = statement(exercise, _ran(exercise, answers)) if through else None
    stage.sql(
        "UPDATE run SET position = ?, rating_before = ?, rating_after = ?, artefact = ?",
        *(position, 4 if place > order.index(BEFORE) else None),
        *(7 if place > order.index(AFTER) else None, artefact),
    )
    await person.says("go on")
    assert (person.step, person.state) == (position, "active")
    return exercise


def _ran(exercise: Exercise, texts: dict[str, str]) -> Run:
    answers = [Answer(step, text, text) for step, text in texts.items()]
    return Run("", "", exercise.id, "", datetime.now(UTC), REVIEW, answers=answers)


async def _goes_on_to(person: Person, exercise: Exercise, position: str) -> Exercise:
    while person.step != position:
        await person.says(answer_at(exercise, str(person.step)))
    return exercise


async def finishes(person: Person, exercise_id: str, *, keep: bool = True) -> Exercise:
    """Walk an exercise from the start to its end."""
    exercise = exercise_of(exercise_id)
    await person.says(f"start {exercise_id}")
    for _ in range(40):
        if person.state != "active":
            break
        answer = answer_at(exercise, str(person.step))
        await person.says("no" if person.step == SAVE and not keep else answer)
    assert person.state == "done", f"{person.state} at {person.step}"
    return exercise


async def pauses(person: Person) -> None:
    """Pause; where the word may be an answer, say it again."""
    await person.says("pause")
    if person.lines == ["exercise.stop_or_answer"]:
        await person.says("pause")


def positions_of(exercise: Exercise) -> list[str]:
    """Every position that a walk without detours comes through, in order."""
    first = [WHO] if exercise.about_someone else []
    first += [] if exercise.gate == "G0" else GATES
    first += [ADULTS] if exercise.asks_age else []
    steps = [STEP + step.id for step in exercise.steps]
    plan = [] if exercise.plans_itself else [PLAN]
    plan += [FIRST_WORDS] if exercise.is_said else []
    return [*first, BEFORE, *steps, REVIEW, AFTER, RULER, *plan, SAVE]
