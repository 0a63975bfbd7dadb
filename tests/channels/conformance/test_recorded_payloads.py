"""Payloads as the providers document them are read as what they are.

`tests/channels/recorded/<provider>/*.json` holds each payload with what is to be read from it.
The shapes are those of the providers' documentation; nobody's real message is in them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from telegram import Update

from belay.channels.slack_events import read_payload
from belay.channels.telegram_updates import read_update

RECORDED = Path(__file__).resolve().parents[1] / "recorded"


@pytest.mark.parametrize(
    "file", sorted((RECORDED / "telegram").glob("*.json")), ids=lambda p: p.stem
)
def test_a_telegram_update_is_read_as_what_it_is(file: Path) -> None:
    given = json.loads(file.read_text("utf-8"))
    found = vars(read_update(Update.de_json(given["update"])))
    assert {name: found[name] for name in given["expect"]} == given["expect"]


@pytest.mark.parametrize("file", sorted((RECORDED / "slack").glob("*.json")), ids=lambda p: p.stem)
def test_a_slack_payload_is_read_as_what_it_is(file: Path) -> None:
    given = json.loads(file.read_text("utf-8"))
    found = vars(read_payload(given["payload"], "U0BELAY"))
    assert {name: found[name] for name in given["expect"]} == given["expect"]
