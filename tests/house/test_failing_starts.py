"""What can be expected to go wrong at a start: one sentence with the remedy, exit code 1."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import socket
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from belay import running
from belay.cli import main
from belay.settings import ROOT


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    yield
    for handler in root.handlers:
        if handler not in before[0]:
            handler.close()
    root.handlers, root.level = before
    structlog.reset_defaults()


@pytest.fixture(scope="module", autouse=True)
def _sockets_end_with_the_process() -> Iterator[None]:
    """In life the process ends here, and its listening sockets with it."""
    gc.disable()
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
    gc.enable()


Fails = Callable[..., str]


@pytest.fixture
def fails(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Fails:
    """Run a command with settings; it has to end with exit code 1. Gives what it said."""

    def never(*_: object) -> None:
        raise AssertionError("it should have ended before it came to Rasa")

    def run(*command: str, **settings: object) -> str:
        monkeypatch.setattr(running, "build_model", never)
        monkeypatch.setattr(running, "RasaProcess", never)
        monkeypatch.setenv("BELAY_HOME", str(home))
        monkeypatch.setenv("BELAY_PORT", "0")
        for name, value in settings.items():
            monkeypatch.setenv(name, str(value))
        monkeypatch.setattr(sys, "argv", ["belay", *command])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert "Traceback" not in said.err
        return " ".join(said.err.split())

    return run


def test_a_busy_port_is_named_with_another_to_choose(fails: Fails) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = fails("run", BELAY_PORT=port)
    assert f"Port {port}" in said
    assert f"BELAY_PORT={port + 1}" in said


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("exercises/boundary_builder.yml", "gate: G1", "gate: G7"),
        ("exercises/boundary_builder.yml", "steps:", "steps: ["),
        ("replies/welcome.yml", "mi: SEEK", "mi: SHOUT"),
        ("faq/interdependence.yml", "lines:", "  lines:"),
        ("safety/floor.yml", "tier: 3", "tier: three"),
    ],
)
def test_a_broken_content_file_is_named_with_the_remedy(
    fails: Fails, tmp_path: Path, file: str, old: str, new: str
) -> None:
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    text = (content / file).read_text("utf-8")
    assert old in text
    (content / file).write_text(text.replace(old, new, 1), "utf-8")
    said = fails("run", BELAY_CONTENT=content)
    assert file.rsplit("/", 1)[1] in said


def test_a_content_folder_that_is_not_there_is_named(fails: Fails, tmp_path: Path) -> None:
    said = fails("run", BELAY_CONTENT=tmp_path / "nowhere")
    assert "nowhere" in said


def test_secrets_that_others_can_read_are_refused_with_the_command(
    fails: Fails, home: Path
) -> None:
    home.mkdir()
    (home / "secrets.json").write_text('{"signing": "s", "local": "l"}')
    (home / "secrets.json").chmod(0o644)
    said = fails("run")
    assert f"chmod 600 {home / 'secrets.json'}".replace(" ", "") in said.replace(" ", "")


def test_damaged_secrets_are_named_and_not_replaced(fails: Fails, home: Path) -> None:
    home.mkdir()
    path = home / "secrets.json"
    path.write_text("{")
    path.chmod(0o600)
    assert "damaged" in fails("run")
    assert path.read_text() == "{"


def test_a_database_that_is_none_is_named_with_its_setting(fails: Fails, home: Path) -> None:
    home.mkdir()
    (home / "belay.db").write_text("a letter" * 500)
    assert "DATABASE_URL" in fails("run")


def test_a_wrong_setting_is_named(fails: Fails) -> None:
    said = fails("run", BELAY_PORT="eighty")
    assert "BELAY_PORT" in said or "port" in said


def test_erasing_a_client_that_is_not_there_says_so(fails: Fails) -> None:
    assert "There is no client" in fails("erase", "nobody")


def test_a_second_belay_on_the_same_home_is_told_where_the_first_one_is(
    fails: Fails, home: Path
) -> None:
    home.mkdir()
    run_file = f'{{"pid": {os.getpid()}, "url": "http://127.0.0.1:9", "port": 9}}'
    (home / "run.json").write_text(run_file)
    assert "http://127.0.0.1:9" in fails("run")
    assert (home / "run.json").read_text() == run_file
