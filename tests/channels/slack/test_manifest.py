"""The manifest that operators paste asks for what the channel needs, and for no more."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from belay.channels.slack import HOOK
from belay.channels.slack_events import COMMAND, COMMANDS
from belay.channels.slack_tokens import NEEDED
from belay.settings import ROOT

FILE = ROOT / "docs" / "slack-app-manifest.yaml"
# Scopes with which an app reads where others talk.
READS_ALONG = ("channels:history", "groups:history", "mpim:history", "users:read")


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return found


def test_it_asks_for_every_scope_that_a_start_insists_on(manifest: dict[str, Any]) -> None:
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    assert set(NEEDED) <= set(scopes)
    assert not set(READS_ALONG) & set(scopes)


def test_only_direct_messages_and_mentions_are_delivered(manifest: dict[str, Any]) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert sorted(events) == ["app_mention", "message.im"]


def test_people_can_write_and_press_and_no_public_address_is_needed(
    manifest: dict[str, Any],
) -> None:
    home = manifest["features"]["app_home"]
    assert home["messages_tab_enabled"] is True
    assert home["messages_tab_read_only_enabled"] is False
    assert manifest["settings"]["interactivity"]["is_enabled"] is True
    assert manifest["settings"]["socket_mode_enabled"] is True


def test_the_command_is_the_one_that_is_read(manifest: dict[str, Any]) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == COMMAND
    assert set(command["usage_hint"].split(" | ")) == {"help", *COMMANDS}


def test_its_hints_for_servers_name_the_address_that_is_served() -> None:
    assert FILE.read_text("utf-8").count(f"belay.example.org{HOOK}") == 2
    # Slack's own limits for names and descriptions.
    described = yaml.safe_load(FILE.read_text("utf-8"))["display_information"]
    assert len(described["name"]) <= 35
    assert len(described["description"]) <= 140
