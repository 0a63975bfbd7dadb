"""The shared Rasa process and a fresh stage for each test."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from belay.gateway.model_build import build as build_model
from belay.gateway.model_build import current_model
from belay.gateway.rasa_process import RasaProcess, RasaSettings, free_port
from belay.settings import ROOT, Settings, environment_for_rasa
from tests.conversations.stage import Loop, RasaAddress, Stage, StageMaker


@pytest.fixture(scope="session")
def loop() -> Iterator[Loop]:
    made = Loop()
    yield made
    made.close()


@pytest.fixture(scope="session")
def rasa(loop: Loop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RasaAddress]:
    model = current_model(ROOT) or build_model(ROOT, lambda _: None)
    token = secrets.token_hex(16)
    folder = tmp_path_factory.mktemp("rasa")
    process = RasaProcess(
        RasaSettings(
            python=Settings().rasa_python,
            root=ROOT,
            token=token,
            log_file=folder / "rasa.log",
            model=model,
            port=free_port(),
        ),
        environment_for_rasa(),
    )
    loop.run(process.start(), 120)
    yield RasaAddress(process.url, token, lambda: process.pid)
    loop.run(asyncio.wait_for(process.stop(), 20))


@pytest.fixture
def make_stage(loop: Loop, rasa: RasaAddress, tmp_path: Path) -> Iterator[StageMaker]:
    made: list[Stage] = []

    def make(**settings: object) -> Stage:
        stage = Stage(loop, rasa, tmp_path / f"home{len(made)}", **settings)
        made.append(stage)
        return stage

    yield make
    for stage in made:
        stage.close()


@pytest.fixture
def stage(make_stage: StageMaker) -> Stage:
    return make_stage()
