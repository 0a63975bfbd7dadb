"""Forty messages through `belay play`, with a real restart of everything in the middle."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from belay.settings import ROOT

pytestmark = pytest.mark.conversation

SCRIPT = [
    json.loads(line)
    for line in Path(__file__).with_name("evening.jsonl").read_text("utf-8").splitlines()
]


def play(home: Path, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One run of the command: it starts what it needs and stops it again."""
    said = "\n".join(
        json.dumps({key: line[key] for key in ("client", "text", "button") if key in line})
        for line in lines
    )
    done = subprocess.run(
        [ROOT / ".venv" / "bin" / "belay", "play", "-"],
        input=said,
        capture_output=True,
        text=True,
        timeout=180,
        cwd=ROOT,
        env={**os.environ, "BELAY_HOME": str(home)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_an_evening_of_forty_messages_survives_a_restart(tmp_path: Path) -> None:
    assert len(SCRIPT) == 40
    cut = next(place for place, line in enumerate(SCRIPT) if line.get("restart")) + 1
    answers = play(tmp_path, SCRIPT[:cut]) + play(tmp_path, SCRIPT[cut:])
    assert [answer["in"] for answer in answers] == [
        line.get("text", line.get("button")) for line in SCRIPT
    ]
    wrong = []
    for line, answer in zip(SCRIPT, answers, strict=True):
        heard = "\n".join(reply["text"] for reply in answer["replies"])
        exercise = answer["exercise"] or {}
        missed = [one for one in line.get("expect", ()) if one.lower() not in heard.lower()]
        if missed or not heard.strip():
            wrong.append((answer["in"], "not heard", missed, heard))
        for key in ("step", "state"):
            if key in line and exercise.get(key) != line[key]:
                wrong.append((answer["in"], key, exercise.get(key), line[key], heard))
    assert not wrong, "\n".join(map(str, wrong))


def test_every_line_has_the_promised_fields(tmp_path: Path) -> None:
    lines = [{"client": "a", "text": "hello"}, {"client": "b", "text": "I want to die"}]
    first, second = play(tmp_path, lines)
    fields = {"client", "in", "replies", "nlu", "safety", "exercise", "seconds"}
    assert set(first) == set(second) == fields
    assert set(second["safety"]) == {"tier", "route", "layer", "rule"}
    assert second["safety"]["tier"] == 3
    assert first["safety"] == {"tier": 0, "route": None, "layer": None, "rule": None}
    assert {"intent", "confidence"} == set(first["nlu"])
    assert all({"text", "buttons"} == set(reply) for reply in first["replies"])
