from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from evaluation import collect, outside
from evaluation.reading import Reading, Tell
from tests.evaluation.lines import reading

CANARY = "plumtree lantern seventeen"


class Reader:
    """Takes every line for a feeling."""

    def read(
        self,
        texts: Sequence[str],
        states: Sequence[Mapping[str, Any]],
        what: str,
        tell: Tell | None = None,
    ) -> list[Reading]:
        return [reading("express_feeling") for _ in texts]


def folder_with_rows(folder: Path) -> Path:
    rows = [
        {
            "id": f"row-{n}",
            "licence": "CC-BY",
            "text": f"{CANARY} {n}",
            "primary": "express_feeling",
            "acceptable": ["raise_issue"],
            "safety": "suicide" if n == 0 else "none",
            "unclear": n == 1,
        }
        for n in range(40)
    ]
    (folder / "real_messages_dev.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")
    return folder


def test_without_the_outside_files_there_is_nothing_to_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outside.messages(tmp_path) == []
    assert outside.safety_lines(tmp_path) == []

    monkeypatch.setattr(outside, "messages", lambda: [])
    monkeypatch.setattr(outside, "safety_lines", lambda: [])
    assert collect.real_figures(Reader(), lambda *_: None) is None
    assert collect.hand_read_figures(Reader(), lambda *_: None) is None


def test_unclear_rows_are_left_out_and_every_row_keeps_its_half(tmp_path: Path) -> None:
    messages = outside.messages(folder_with_rows(tmp_path))

    assert len(messages) == 39
    assert {message.half for message in messages} == {"tuning", "reported"}
    assert [message.half for message in messages] == [
        message.half for message in outside.messages(tmp_path)
    ]


def test_no_word_of_a_real_message_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = outside.messages(folder_with_rows(tmp_path))
    monkeypatch.setattr(outside, "messages", lambda: messages)
    monkeypatch.setattr(collect, "floor_tiers", lambda texts: [0] * len(texts))

    figures = collect.real_figures(Reader(), lambda *_: None)

    assert figures is not None
    assert figures["reported"]["primary"] == 1.0
    assert figures["safety"]["both"]["missed"] == 1
    assert "plumtree" not in json.dumps(figures)
    assert "plumtree" not in repr(messages)
