"""The examples that Belay shows would pass its own feedback."""

from __future__ import annotations

import pytest

from belay.content import load_content
from belay.domain.exercise import Step
from belay.language.drafts import DraftReader
from belay.settings import ROOT

CATALOGUE = load_content(ROOT / "content").catalogue
STEPS = [
    pytest.param(step, id=f"{exercise.id}.{step.id}")
    for exercise in CATALOGUE.all()
    for step in exercise.steps
    if step.kind == "text"
]


@pytest.fixture(scope="module")
def drafts() -> DraftReader:
    return DraftReader(ROOT / "content")


@pytest.mark.parametrize("step", STEPS)
def test_an_example_of_ours_earns_no_tip(drafts: DraftReader, step: Step) -> None:
    for example in step.examples:
        if step.leaves_out(example):
            continue
        feedback = drafts.read_step(example, step, "seed")
        assert (feedback.tip_id, feedback.missing) == (None, ()), example
        assert feedback.fear is None, example
        assert feedback.rule_over_other is None, example
        assert step.takes_up(example), example
