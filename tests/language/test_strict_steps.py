"""In a no, one softening word is enough for a tip; elsewhere it takes two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from belay.content import load_content
from belay.language.drafts import DraftReader
from belay.settings import ROOT

EXERCISE = load_content(ROOT / "content").catalogue.get("kind_no")


@pytest.fixture(scope="module")
def drafts() -> DraftReader:
    return DraftReader(ROOT / "content")


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("Maybe I can't come on Sunday.", "F17"),
        ("I can't because I work late and because the car is broken.", "F16"),
        ("Sorry, I can't come on Sunday.", None),
        ("I'm sorry, so sorry, I can't come.", "F15"),
    ],
)
def test_a_step_may_be_stricter_than_the_feature(
    drafts: DraftReader, text: str, tip: str | None
) -> None:
    assert EXERCISE is not None
    step = EXERCISE.step("no_line")
    assert drafts.read_step(text, step, "seed").tip_id == tip
    assert dict(step.strict) == {"F15": 2, "F16": 2, "F17": 1}


def test_without_it_one_soft_word_is_let_pass(drafts: DraftReader) -> None:
    assert EXERCISE is not None
    step = replace(EXERCISE.step("no_line"), strict=())
    assert drafts.read_step("Maybe I can't come on Sunday.", step, "seed").tip_id is None
