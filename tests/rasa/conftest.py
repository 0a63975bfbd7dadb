"""One Rasa process and one stand-in for Belay's actions serve all tests here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rasa_process import Rasa, launch, newest_model
from stub_actions import StubActions


@pytest.fixture(scope="session")
def _actions() -> Iterator[StubActions]:
    with StubActions() as actions:
        yield actions


@pytest.fixture
def actions(_actions: StubActions) -> StubActions:
    _actions.reset()
    return _actions


@pytest.fixture(scope="session")
def _rasa(_actions: StubActions) -> Iterator[Rasa]:
    process = launch(newest_model(), BELAY_ACTION_SECONDS="1.5")
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.startswith("READY"):
        pytest.exit(f"Rasa did not start: {process.communicate()[1][-2000:]}", returncode=1)
    yield Rasa(int(line.split()[1]), _actions)
    process.terminate()
    process.communicate(timeout=10)


@pytest.fixture
def rasa(_rasa: Rasa, actions: StubActions) -> Rasa:
    return _rasa
