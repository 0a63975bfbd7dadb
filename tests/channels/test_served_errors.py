"""An unexpected error behind the real server: a problem for the browser, no words in the log."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.channels.web_visit import is_problem
from tests.gateway.stage import Stage
from tests.gateway.test_logs import CANARY, holds_no_words, log_file

OVER_HTTP = True
assert log_file  # a fixture that is used by name


async def test_an_unexpected_error_names_its_place_and_none_of_its_words(
    stage: Stage, address: str, log_file: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError(CANARY)

    async with httpx.AsyncClient(base_url=address, trust_env=False) as http:
        await http.post("/chat/open", json={"view": "v1"})
        monkeypatch.setattr(stage.belay.records, "history", broken)
        is_problem(await http.get("/chat/history"), 500)
    holds_no_words(log_file, stage)
    said = log_file.read_text("utf-8")
    assert "http.failed" in said
    assert "RuntimeError" in said
    assert "test_served_errors.py" in said


async def test_an_error_in_the_middle_of_a_stream_holds_no_words_either(
    stage: Stage, address: str, log_file: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError(CANARY)

    async with httpx.AsyncClient(base_url=address, trust_env=False) as http:
        await http.post("/chat/open", json={"view": "v1"})
        monkeypatch.setattr(stage.belay.web, "_posted", broken)
        with pytest.raises(httpx.HTTPError):
            await http.get("/chat/events")
    holds_no_words(log_file, stage)
    assert "http.failed" in log_file.read_text("utf-8")
