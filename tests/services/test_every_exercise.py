"""Every exercise file, walked from its first question to its end by its own examples."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from belay.domain.exercise import Exercise
from belay.domain.run import STEP
from belay.domain.statement import BEST
from belay.gateway.inbound import Answered
from tests.fakes import FixedClock
from tests.gateway.stage import Stage
from tests.services.walking import (
    A_PLAN,
    EXERCISES,
    answer_at,
    begins,
    exercise_of,
    pauses,
    positions_of,
)


@dataclass
class Walk:
    """One whole walk: the positions that were met, what was heard at each, and the end."""

    exercise: Exercise
    met: list[str]
    heard: list[str]
    end: Answered
    progress: Answered
    kinds: list[str]
    statement: str


@pytest.fixture(scope="module", params=EXERCISES)
def walk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Somebody goes straight through, keeps the statement and asks for their progress."""
    return asyncio.run(_walks(exercise_of(request.param), tmp_path_factory.mktemp("walk")))


async def _walks(exercise: Exercise, home: Path) -> Walk:
    stage = await Stage(home, FixedClock()).open()
    ann = await stage.person().says(f"start {exercise.id}")
    met, heard = [], []
    while ann.state == "active":
        met.append(str(ann.step))
        heard.append(ann.heard)
        await ann.says(answer_at(exercise, str(ann.step)))
    end = ann.last
    await ann.says("my progress")
    assert end is not None
    assert ann.last is not None
    made = Walk(
        exercise=exercise,
        met=met,
        heard=heard,
        end=end,
        progress=ann.last,
        kinds=stage.sql("SELECT kind FROM happening ORDER BY id"),
        statement=stage.sql("SELECT artefact FROM run")[0],
    )
    await stage.close()
    return made


class TestAWalk:
    """Straight through, by the file's own examples."""

    def test_goes_through_every_position_in_order_and_ends(self, walk: Walk) -> None:
        assert walk.met == positions_of(walk.exercise)
        assert walk.end.exercise is not None
        assert walk.end.exercise.state == "done"

    def test_ends_in_the_clients_own_words_without_an_open_place(self, walk: Walk) -> None:
        for sign in ("{", "}", "None", "  ", ".."):
            assert sign not in walk.statement
        lines = " ".join(walk.exercise.artefact_lines)
        used = [step for step in walk.exercise.steps if f"{{{step.id}" in lines]
        examples = [step.examples[0] for step in used if step.kind == "text"]
        last_words = [example.rstrip(".?!").split()[-1].lower() for example in examples]
        assert all(word in walk.statement.lower() for word in last_words)
        assert used or f"{{{BEST}" in lines

    def test_hands_the_statement_over_as_a_card(self, walk: Walk) -> None:
        card = next(reply.card for reply in walk.end.replies if reply.card)
        wanted = ("statement", walk.exercise.artefact_title, walk.statement)
        assert (card.kind, card.title, card.text) == wanted

    def test_is_counted(self, walk: Walk) -> None:
        wanted = ["exercise_start", "gate_answered", "rating_before", "rating_after"]
        wanted += ["plan_made", "exercise_complete", "artefact_saved"]
        if walk.exercise.plans_itself:
            wanted[-3:-1] = ["exercise_complete", "plan_made"]
        if walk.exercise.gate == "G0":
            wanted.remove("gate_answered")
        assert [kind for kind in walk.kinds if kind in wanted] == wanted
        texts = [step for step in walk.exercise.steps if step.kind == "text"]
        assert walk.kinds.count("slot_attempt") == len(texts)

    def test_gives_words_and_numbers_back_as_progress(self, walk: Walk) -> None:
        reply = walk.progress.replies[0]
        assert reply.line == "progress.one"
        assert reply.card is not None
        assert walk.statement in reply.card.text
        assert [(point["before"], point["after"]) for point in reply.card.points] == [(4, 7)]

    def test_hands_the_plan_over_beside_it(self, walk: Walk) -> None:
        cards = [reply.card for reply in walk.end.replies if reply.card]
        if walk.exercise.plans_itself:
            assert len(cards) == 1
            return
        assert A_PLAN[1:] in cards[1].text
        assert ("With: your mum" in cards[1].text) == walk.exercise.about_someone
        assert ("First words:" in cards[1].text) == walk.exercise.is_said

    def test_speaks_of_the_person_it_is_about(self, walk: Walk) -> None:
        assert not any("{" in text or "this person" in text for text in walk.heard[1:])


@pytest.mark.parametrize("exercise_id", EXERCISES)
async def test_every_step_has_an_example_a_skip_and_a_way_back(
    stage: Stage, exercise_id: str
) -> None:
    ann = stage.person()
    exercise = await begins(ann, exercise_id)
    await ann.says("go back")
    assert ann.lines[0] == "exercise.at_start"
    for step in exercise.steps:
        position, following = STEP + step.id, exercise.after(step.id)
        assert ann.step == position
        await ann.says("an example")
        assert ann.step == position
        assert any(example in ann.heard for example in step.examples), position
        await ann.says("i don't know")
        assert (ann.lines, ann.step) == (["exercise.dont_know"], position)
        await ann.says("skip")
        assert ann.step == (STEP + following.id if following else "review"), position
        choice = stage.sql("SELECT choice, text FROM answer WHERE step = ?", step.id)
        assert choice == [("skipped", None)], position
        if following is None:
            return
        await ann.says("go back")
        assert (ann.step, ann.lines[0]) == (position, "exercise.step")
        await ann.says(answer_at(exercise, position))
        assert ann.step == STEP + following.id
        await ann.says("go back")
        assert (ann.step, ann.lines[0]) == (position, "exercise.went_back")
        await ann.says(answer_at(exercise, position))


@pytest.mark.parametrize("exercise_id", EXERCISES)
async def test_an_example_an_aside_a_pause_a_step_back_and_a_skip_do_not_lose_the_way(
    stage: Stage, exercise_id: str
) -> None:
    ann = stage.person()
    exercise = await begins(ann, exercise_id)
    first, second, third = (STEP + step.id for step in exercise.steps[:3])
    await ann.says("an example", answer_at(exercise, first))
    await ann.says("what is interdependence")
    assert (ann.step, ann.lines[0]) == (second, "faq.what_is")
    await pauses(ann)
    assert ann.state == "paused"
    await stage.restart()
    await ann.says("go on")
    assert (ann.step, ann.state) == (second, "active")
    await ann.says("go back")
    assert (ann.step, ann.lines[0]) == (first, "exercise.went_back")
    await ann.says(answer_at(exercise, first), answer_at(exercise, second))
    assert ann.step == third
    await ann.says("skip")
    while ann.state == "active":
        await ann.says(answer_at(exercise, str(ann.step)))
    assert ann.state == "done"
    (made,) = stage.sql("SELECT artefact FROM run")
    assert made
    assert "{" not in made
    given = dict(stage.sql("SELECT step, text FROM answer"))
    assert [step for step, text in given.items() if text is None] == [exercise.steps[2].id]


@pytest.mark.parametrize("exercise_id", EXERCISES)
async def test_skipping_every_question_still_comes_to_an_end(
    stage: Stage, exercise_id: str
) -> None:
    ann = stage.person()
    await ann.says(f"start {exercise_id}")
    for _ in range(40):
        if ann.state != "active":
            break
        await ann.says("skip")
    # Three skipped questions leave doubts, and what is done together stays closed then.
    closed = exercise_of(exercise_id).gate == "G2"
    assert ann.state == ("stopped" if closed else "done")
    assert stage.sql("SELECT artefact, rating_before, plan FROM run") == [(None, None, None)]
    assert stage.sql("SELECT may_save FROM client") == [None]


@pytest.mark.parametrize("exercise_id", EXERCISES)
async def test_it_is_in_the_menu_and_can_be_stopped_once_it_runs(
    stage: Stage, exercise_id: str
) -> None:
    ann = stage.person()
    await ann.says("the exercises")
    await ann.presses(f"menu.shelf:{exercise_of(exercise_id).shelf}")
    await ann.presses(f"exercise.start:{exercise_id}")
    assert ann.state == "active"
    assert "exercise.start" in ann.lines
    await ann.says("stop")
    assert (ann.lines, ann.state) == (["exercise.stopped"], "stopped")
    await ann.says("go on")
    assert ann.lines == ["exercise.nothing_paused"]
