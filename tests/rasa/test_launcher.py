"""Starting and stopping Rasa, and what its log never says."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from aiohttp import web
from rasa_process import ROOT, Rasa, environment, launch, newest_model
from stub_actions import StubActions

from rasa_ext.model_file import sha256_of

CANARIES = ("xylophone-canary seven", "ünïcode 'canary' \"quoted\"", "line one\ncanary two")


def said_at_the_end(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors.strip()


def copy_of_model(folder: Path, content: bytes | None = None, mark: str | None = None) -> Path:
    model = folder / "belay-copy.tar.gz"
    if content is None:
        shutil.copyfile(newest_model(), model)
    else:
        model.write_bytes(content)
    if mark != "":
        neighbour = folder / (model.name + ".sha256")
        neighbour.write_text(f"{mark or sha256_of(model)}  {model.name}\n")
    return model


def test_a_missing_model_ends_with_the_remedy() -> None:
    code, errors = said_at_the_end(launch("models/no-such.tar.gz"))
    assert (code, errors) == (3, "There is no model models/no-such.tar.gz: run `make train`.")


def test_a_model_that_differs_from_its_hash_is_not_loaded(tmp_path: Path) -> None:
    model = copy_of_model(tmp_path, mark="0" * 64)
    code, errors = said_at_the_end(launch(model))
    assert (code, errors) == (
        3,
        f"The model {model} is damaged: delete it and run `make train`.",
    )


def test_a_model_without_a_hash_is_not_loaded(tmp_path: Path) -> None:
    code, errors = said_at_the_end(launch(copy_of_model(tmp_path, mark="")))
    assert code == 3
    assert "make train" in errors


def test_a_broken_archive_with_a_right_hash_ends_with_the_remedy(tmp_path: Path) -> None:
    code, errors = said_at_the_end(launch(copy_of_model(tmp_path, content=b"no archive")))
    assert code == 3
    assert errors.splitlines()[-1].endswith("is damaged: delete it and run `make train`.")


def test_a_taken_port_ends_with_the_remedy() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, errors = said_at_the_end(launch(newest_model(), BELAY_RASA_PORT=str(port)))
    assert code == 4
    assert f"Port {port} is taken" in errors.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [("BELAY_RASA_TOKEN", "short"), ("BELAY_RASA_PORT", "http"), ("BELAY_ACTION_SECONDS", "0")],
)
def test_a_wrong_setting_ends_at_once_and_is_named(name: str, value: str) -> None:
    code, errors = said_at_the_end(launch("models/any.tar.gz", **{name: value}))
    assert code == 2
    assert errors.startswith(name)
    assert len(errors.splitlines()) == 1


def test_sigterm_stops_it_within_five_seconds() -> None:
    process = launch(newest_model())
    assert process.stdout is not None
    assert process.stdout.readline().startswith("READY")
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert (process.returncode, time.monotonic() - begun < 5) == (0, True)


def test_it_stops_when_its_parent_is_killed() -> None:
    script = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-m', 'rasa_ext.launcher'],"
        " stdout=subprocess.PIPE, text=True)\n"
        "print(child.stdout.readline().split()[0], child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment(newest_model()),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert parent.stdout is not None
    word, child = parent.stdout.readline().split()
    assert word == "READY"
    parent.kill()
    parent.communicate(timeout=10)
    assert gone_within(int(child), seconds=6)


def gone_within(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_no_words_of_a_client_reach_the_log(actions: StubActions) -> None:
    process = launch(newest_model(), BELAY_ACTION_SECONDS="1.5")
    assert process.stdout is not None
    rasa = Rasa(int(process.stdout.readline().split()[1]), actions)
    for canary in CANARIES:
        actions.reset()
        rasa.turn(canary)
        rasa.turn(canary, exercise=True)
        rasa.parses(canary)
        # An action that fails, one that quotes the client in a wrong shape, one never reached.
        actions.answers["action_fallback"] = lambda call: web.Response(status=500, text=str(call))
        rasa.turn(canary, press="nlu_fallback")
        actions.answers["action_fallback"] = lambda call: [{"event": "bad", "text": str(call)}]
        rasa.turn(canary, press="nlu_fallback")
        actions.answers["action_fallback"] = lambda call: [{"event": "followup", "name": str(call)}]
        rasa.turn(canary, press="nlu_fallback")
        rasa.turn(canary, action_url="http://127.0.0.1:9/webhook")
        rasa.posts({"text": canary, "state": canary})
    process.terminate()
    out, errors = process.communicate(timeout=10)
    assert "action_fallback" in errors  # the failures themselves are told
    assert "canary" not in out + errors


def test_a_missing_encoder_ends_with_its_own_remedy(tmp_path: Path) -> None:
    code, errors = said_at_the_end(launch(newest_model(), ENCODER_PATH=str(tmp_path)))
    assert code == 3
    assert errors.splitlines()[-1].startswith(f"The encoder folder {tmp_path} lacks")
    assert "ENCODER_PATH" in errors.splitlines()[-1]
