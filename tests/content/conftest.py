from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from belay.content import Content, load_content

FOLDER = Path(__file__).resolve().parents[2] / "content"


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content(FOLDER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content folder that a test may break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "content"))


@pytest.fixture
def broken_by(folder: Path) -> Callable[[str, str, str], Path]:
    """Replace a piece of one file in the copy."""

    def change(name: str, old: str, new: str) -> Path:
        file = folder / name
        text = file.read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        file.write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return change
