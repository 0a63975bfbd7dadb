"""What a run comes to: lines, a card, the best of several replies."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from belay.domain.exercise import Exercise, Step
from belay.domain.run import REVIEW, Answer, Run
from belay.domain.statement import best_answer, landed, statement

STEP = Step("a", "a", "text", ("?",), "", (), need_any=("F26", "F36"))
EXERCISE = Exercise(
    id="e",
    shelf="myself",
    title="E",
    short="",
    minutes=1,
    gate="G0",
    why="",
    source="",
    first_for=(),
    second_for=(),
    not_for="",
    steps=(STEP, replace(STEP, id="b"), replace(STEP, id="c", none_is_fine=True)),
    artefact_title="Mine",
    artefact_lines=("First: {a}.", "Second: {b}.", "Third: {c}.", "Said by me."),
    practice=(),
    version="1",
)
COMPARED = replace(
    EXERCISE, best_of=("a", "b", "c"), artefact_lines=("{best|sentence}", "Said by me.")
)


def ran(*answers: Answer) -> Run:
    """A run with these answers."""
    start = datetime(2026, 3, 2, tzinfo=UTC)
    return Run("r", "c", "e", "1", start, REVIEW, answers=list(answers))


def said(step: str, text: str | None, *features: str, tip: str | None = None) -> Answer:
    """An answer with what was found in it."""
    return Answer(step, text, text, list(features), tip)


def test_a_card_stands_line_by_line() -> None:
    card = replace(EXERCISE, layout="lines")
    assert statement(card, ran(said("a", "one"), said("b", "Two."))) == (
        "First: one.\nSecond: two.\nSaid by me."
    )


def test_lines_of_our_own_do_not_stand_alone() -> None:
    assert statement(EXERCISE, ran(said("a", None))) is None


def test_nothing_to_name_is_an_answer_and_leaves_no_line() -> None:
    for text in ("no", "Nothing.", "none"):
        assert statement(EXERCISE, ran(said("a", "one"), said("c", text))) == (
            "First: one. Said by me."
        )


def test_a_no_counts_as_words_where_none_is_no_answer() -> None:
    assert statement(EXERCISE, ran(said("a", "no"))) == "First: no. Said by me."


def test_the_reply_with_most_of_what_was_asked_for_is_the_best() -> None:
    run = ran(said("a", "so", "F26"), said("b", "so sad", "F26", "F36"), said("c", "sad", "F36"))
    best = best_answer(COMPARED, run)
    assert best is not None
    assert best.step == "b"
    assert statement(COMPARED, run) == "So sad. Said by me."


def test_a_reply_with_a_tip_comes_after_one_without() -> None:
    run = ran(said("a", "plain"), said("b", "so sad", "F26", "F36", tip="F23"), said("c", None))
    best = best_answer(COMPARED, run)
    assert best is not None
    assert best.step == "a"
    assert landed(COMPARED, run) == 1


def test_without_any_reply_there_is_no_best_one() -> None:
    assert best_answer(COMPARED, ran()) is None
    assert statement(COMPARED, ran(said("a", None))) is None


def test_a_good_reply_takes_up_a_word_of_the_story() -> None:
    step = replace(STEP, echo=("report", "notic"))
    assert step.takes_up("No one noticed your reports.")
    assert not step.takes_up("That sounds unimportant.")
    assert STEP.takes_up("anything")
