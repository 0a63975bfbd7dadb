"""docs/exercises.md says what the exercise files say."""

from __future__ import annotations

from belay.commands.catalogue import MADE, PAGE, catalogue_page, is_stale
from belay.content import Content
from tests.content.conftest import FOLDER

ROOT = FOLDER.parent


def test_the_page_of_the_exercises_is_fresh() -> None:
    assert not is_stale(FOLDER, ROOT / PAGE), "run: .venv/bin/belay catalogue --write"


def test_the_page_tells_of_every_exercise_and_every_step(content: Content) -> None:
    page = catalogue_page(FOLDER)
    assert MADE in page
    for exercise in content.catalogue.all():
        assert f"## {exercise.title}\n" in page
        assert exercise.source in page
        for step in exercise.steps:
            assert f"**{step.name}**" in page
