"""A run: where somebody stands in an exercise, and what they answered."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from belay.domain.run import BEFORE, Answer, Run, RunState

NOW = datetime(2026, 3, 2, tzinfo=UTC)
STEPS = st.sampled_from(["a", "b", "c"])
WORDS = st.text(min_size=1, max_size=20)


def made() -> Run:
    """A run at its beginning."""
    return Run("r", "c", "boundary_builder", "1", NOW, BEFORE)


@given(st.lists(st.tuples(STEPS, WORDS), max_size=12))
def test_each_step_has_one_answer_with_its_first_and_its_last_words(
    said: list[tuple[str, str]],
) -> None:
    run = made()
    for step, text in said:
        run.put(Answer(step, text, text))
    assert run.texts() == dict(said)
    for step in dict(said):
        answer = run.answer_to(step)
        assert answer is not None
        assert answer.first == next(text for at, text in said if at == step)


def test_an_answer_after_a_skip_is_the_first_one() -> None:
    run = made()
    run.put(Answer("a", None, None, choice="skipped"))
    run.put(Answer("a", "words", "words"))
    answer = run.answer_to("a")
    assert answer is not None
    assert (answer.first, answer.text) == ("words", "words")


def test_a_skipped_step_has_no_text() -> None:
    run = made()
    run.put(Answer("a", None, None, choice="skipped"))
    assert run.texts() == {}


def test_standing_at_a_step_is_told_by_its_id_and_forgets_confusion() -> None:
    run = made()
    run.unclear = 2
    assert run.step_id is None
    run.go_to("ok")
    assert (run.position, run.step_id, run.unclear) == ("step.ok", "ok", 0)


def test_blanking_takes_every_word_and_leaves_every_number() -> None:
    run = made()
    run.put(Answer("a", "first", "text", features=["F01"], tip="F11", choice="kept", at=NOW))
    run.before, run.after = 3, 8
    run.ruler, run.plan, run.opening, run.artefact = "why", "when", "hello", "what"
    run.blank()
    assert (run.ruler, run.plan, run.opening, run.artefact) == (None, None, None, None)
    assert run.texts() == {}
    assert run.answers[0].first is None
    assert (run.before, run.after, run.answers[0].tip) == (3, 8, "F11")


def test_an_ended_run_says_when() -> None:
    run = made()
    run.end(RunState.STOPPED, NOW)
    assert (run.state, run.ended_at, run.changed_at) == (RunState.STOPPED, NOW, NOW)
