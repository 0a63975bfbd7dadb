"""One reader for all tests of language: loading it takes longer than all its readings."""

from pathlib import Path

import pytest

from belay.language.drafts import DraftReader

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="session")
def reader() -> DraftReader:
    return DraftReader(CONTENT)
