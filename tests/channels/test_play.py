"""`belay play` and `belay parse`: lines in, one JSON line each out, against a running Belay."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from belay.settings import Settings
from belay.talking import parse_lines, play_lines
from tests.gateway.stage import ADULT, Stage

OVER_HTTP = True


@pytest.fixture
def settings(stage: Stage, address: str) -> Settings:
    """Settings that lead to the running stage."""
    announced = {"pid": os.getpid(), "url": address, "port": 0}
    (stage.home / "run.json").write_text(json.dumps(announced), "utf-8")
    return stage.settings


def written(tmp_path: Path, *lines: Any) -> Path:
    """A file of lines; what is no text is written as JSON."""
    file = tmp_path / "lines.jsonl"
    texts = [one if isinstance(one, str) else json.dumps(one) for one in lines]
    file.write_text("\n".join(texts) + "\n", "utf-8")
    return file


def read(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What came out, each line of which is JSON."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


async def play(settings: Settings, file: Path, **more: bool) -> int:
    """Play a file; clients are onboarded unless said otherwise."""
    return await play_lines(settings, file, **{"onboarded": True, "fresh": False, **more})


async def test_each_line_gives_one_answer_in_the_order_of_the_lines(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(
        tmp_path,
        {"client": "ann", "text": "start boundary_builder"},
        {"client": "bea", "text": "hello"},
        {"client": "ann", "text": "my mum"},
        {"client": "ann", "button": "No"},
    )
    assert await play(settings, file) == 0
    answers = read(capsys)
    assert [one["client"] for one in answers] == ["ann", "bea", "ann", "ann"]
    assert [one["in"] for one in answers] == ["start boundary_builder", "hello", "my mum", "No"]
    steps = [one["exercise"] and one["exercise"]["step"] for one in answers]
    assert steps == ["who", None, "gate.afraid", "gate.hurt"]
    assert all(one["seconds"] >= 0 for one in answers)


async def test_without_onboarding_clients_meet_the_card(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(
        tmp_path,
        {"client": "new", "text": "i need a limit with my mum"},
        {"client": "new", "button": ADULT},
    )
    assert await play(settings, file, onboarded=False) == 0
    first, second = read(capsys)
    assert {"title": ADULT} in first["replies"][-1]["buttons"]
    assert len(second["replies"][0]["buttons"]) >= 2


async def test_a_line_that_cannot_be_played_is_left_out_and_told(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(
        tmp_path,
        "not json",
        {"text": "nobody says this"},
        {"client": "ann", "text": "hello", "button": "both"},
        {"client": "ann"},
        "",
        {"client": "ann", "text": "hello"},
    )
    assert await play(settings, file) == 2
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 1
    for number in (1, 2, 3, 4):
        assert f"Line {number}" in said.err


async def test_fresh_clients_do_not_go_on_with_earlier_plays(
    settings: Settings, stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, {"client": "ann", "text": "hello"})
    for _ in range(2):
        await play(settings, file, fresh=True)
    assert [one["client"] for one in read(capsys)] == ["ann", "ann"]
    assert stage.sql("SELECT count(*) FROM client") == [2]


async def test_lines_can_come_from_standard_input(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = '{"client": "ann", "text": "hello"}\n\n{"client": "ann", "text": "bye"}\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    assert await play(settings, Path("-")) == 0
    assert [one["in"] for one in read(capsys)] == ["hello", "bye"]


async def test_texts_are_parsed_in_their_order_over_many_batches(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [f"i feel {number}" for number in range(120)]
    file = written(tmp_path, *({"text": text} for text in texts), "{")
    assert await parse_lines(settings, file) == 2
    results = read(capsys)
    assert [one["text"] for one in results] == texts
    keys = {"text", "intent", "confidence", "ranking", "entities", "safety"}
    assert all(set(one) == keys for one in results)


async def test_a_file_that_is_not_there_is_one_sentence(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"nothing\.jsonl cannot be read"):
        await play(settings, tmp_path / "nothing.jsonl")


async def test_parsing_without_rasa_ends_in_one_sentence(
    settings: Settings, stage: Stage, tmp_path: Path
) -> None:
    stage.rasa.down = True
    with pytest.raises(SystemExit, match="not ready"):
        await parse_lines(settings, written(tmp_path, {"text": "hello"}))
