"""Kept statements: shown, changed and deleted by the client."""

from __future__ import annotations

from typing import Any

from tests.gateway.stage import Person, Stage
from tests.services.walking import answer_at, exercise_of, finishes

BOUNDARY = "boundary_builder"


def card_press(person: Person, what: str) -> str:
    """The opaque value of "edit" or "delete" under the statement of the last answer."""
    assert person.last is not None
    card = next(reply.card for reply in person.last.replies if reply.card and reply.card.edit)
    press = card.edit if what == "edit" else card.delete
    button: Any = type("B", (), {"title": what, "press": press})
    return person.signed(button)


async def keeps(stage: Stage) -> Person:
    """Somebody with one kept statement, its card just shown."""
    ann = stage.person()
    await finishes(ann, BOUNDARY)
    return ann


async def test_a_kept_statement_can_be_changed_part_by_part(stage: Stage) -> None:
    ann = await keeps(stage)
    await ann.uses(card_press(ann, "edit"))
    assert (ann.lines, ann.step, ann.state) == (["exercise.edit"], "edit", "active")
    await ann.presses("step.part:request")
    await ann.says("Would you knock first?")
    assert (ann.step, "Would you knock first?" in ann.heard) == ("review", True)
    while ann.state == "active":
        await ann.says(answer_at(exercise_of(BOUNDARY), str(ann.step)))
    assert ann.state == "done"
    assert "Would you knock first?" in stage.sql("SELECT artefact FROM run")[0]
    assert stage.sql("SELECT count(*) FROM run") == [1]


async def test_stopping_a_change_leaves_the_statement_as_it_was(stage: Stage) -> None:
    ann = await keeps(stage)
    before = stage.sql("SELECT artefact, artefact_id FROM run")
    await ann.uses(card_press(ann, "edit"))
    await ann.presses("step.part:request")
    await ann.says("stop")
    assert stage.sql("SELECT artefact, artefact_id FROM run") == before
    assert stage.sql("SELECT state FROM run") == ["done"]
    await ann.says("my progress")
    assert before[0][0] in ann.heard


async def test_a_change_that_is_paused_can_be_taken_up_again(stage: Stage) -> None:
    ann = await keeps(stage)
    await ann.uses(card_press(ann, "edit"))
    await ann.presses("step.part:request")
    await ann.says("pause", "go on")
    assert (ann.step, ann.state) == ("step.request", "active")


async def test_while_it_is_changed_the_statement_is_still_in_the_progress(stage: Stage) -> None:
    ann = await keeps(stage)
    before = stage.sql("SELECT artefact FROM run")[0]
    await ann.uses(card_press(ann, "edit"))
    await ann.says("pause", "my progress")
    assert before in ann.heard


async def test_a_deleted_statement_leaves_numbers_and_no_word_anywhere(stage: Stage) -> None:
    ann = await keeps(stage)
    artefact = stage.sql("SELECT artefact FROM run")[0]
    delete = card_press(ann, "delete")
    await ann.says("my progress")
    stage.delivered("ann")
    assert "message.extra" in stage.tables_with(artefact)
    await ann.uses(delete)
    assert ann.lines == ["artefact.deleted"]
    stage.delivered("ann")
    assert stage.tables_with(artefact) == set()
    for step in exercise_of(BOUNDARY).steps:
        if step.kind == "text":
            assert stage.tables_with(step.examples[0]) == set(), step.id
    assert stage.sql("SELECT rating_before, rating_after, state FROM run") == [(4, 7, "done")]


async def test_deleting_one_statement_leaves_the_other(stage: Stage) -> None:
    ann = await keeps(stage)
    delete = card_press(ann, "delete")
    await finishes(ann, "support_match")
    other = stage.sql("SELECT artefact FROM run WHERE exercise_id = 'support_match'")[0]
    await ann.uses(delete)
    await ann.says("my progress")
    assert other in ann.heard
    assert stage.sql("SELECT artefact FROM run WHERE exercise_id = ?", BOUNDARY) == [None]


async def test_a_statement_that_is_gone_is_not_brought_back_by_an_old_button(
    stage: Stage,
) -> None:
    ann = await keeps(stage)
    edit, delete = card_press(ann, "edit"), card_press(ann, "delete")
    await ann.uses(delete)
    await ann.uses(edit)
    assert ann.lines == ["artefact.gone"]
    await ann.uses(delete)
    assert ann.lines == ["artefact.gone"]


async def test_an_old_statement_can_still_be_deleted_after_many_others(stage: Stage) -> None:
    ann = await keeps(stage)
    delete = card_press(ann, "delete")
    artefact_id = stage.sql("SELECT artefact_id FROM run")[0]
    columns = [row[1] for row in stage.sql("PRAGMA table_info(run)") if row[1] != "id"]
    names = ", ".join(columns)
    for number in range(25):
        stage.sql(f"INSERT INTO run (id, {names}) SELECT ?, {names} FROM run LIMIT 1", f"r{number}")
    stage.sql("UPDATE run SET artefact_id = id, ended_at = '2026-03-03' WHERE id LIKE 'r%'")
    await ann.uses(delete)
    assert ann.lines == ["artefact.deleted"]
    assert stage.sql("SELECT artefact FROM run WHERE id NOT LIKE 'r%'") == [None]
    assert stage.sql("SELECT count(*) FROM run WHERE artefact_id = ?", artefact_id) == [0]


async def test_nobody_reaches_the_statement_of_somebody_else(stage: Stage) -> None:
    ann = await keeps(stage)
    artefact_id = stage.sql("SELECT artefact_id FROM run")[0]
    bea = await stage.person("bea").says("hello")
    for verb in ("show", "edit", "delete"):
        button: Any = type("B", (), {"title": "x", "press": f"artefact.{verb}:{artefact_id}"})
        await bea.uses(bea.signed(button))
        assert bea.lines == ["artefact.gone"]
    await ann.says("my progress")
    assert ann.lines[0] == "progress.one"


async def test_without_a_finished_exercise_progress_offers_a_way_to_begin(stage: Stage) -> None:
    ann = await stage.person().says("my progress")
    assert ann.lines == ["progress.empty"]
    assert any(one.press == "menu.all" for one in ann.buttons)


async def test_an_exercise_that_was_not_kept_counts_without_words(stage: Stage) -> None:
    ann = stage.person()
    await finishes(ann, BOUNDARY, keep=False)
    await ann.says("my progress")
    assert ann.lines[0] == "progress.one"
    assert exercise_of(BOUNDARY).step("ok").examples[0] not in ann.heard


async def test_a_coach_is_spoken_of_after_the_first_finished_exercise_and_not_before(
    stage: Stage,
) -> None:
    ann = stage.person()
    await ann.says("hello")
    assert "consent.ask_review" not in ann.lines
    await finishes(ann, BOUNDARY)
    assert "consent.ask_review" in ann.lines
    await ann.presses("consent.review_off")
    await finishes(ann, "support_match")
    assert "consent.ask_review" not in ann.lines


async def test_saving_is_not_asked_again_once_it_is_on(stage: Stage) -> None:
    ann = await keeps(stage)
    await ann.says("start support_match")
    met = []
    while ann.state == "active":
        met.append(ann.step)
        await ann.says(answer_at(exercise_of("support_match"), str(ann.step)))
    assert "save" not in met
    assert ann.lines[0] == "exercise.saved"
