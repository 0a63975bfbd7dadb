"""A small Belay that talks to the fake Slack by the unmodified client libraries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from belay.channels.slack_door import SocketPace
from belay.gateway.identity import conversation_key
from tests.channels.fakes.slack_payloads import BOT_TOKEN, TEAM
from tests.channels.fakes.slack_server import SlackServer
from tests.channels.fakes.slack_web_api import APP_TOKEN
from tests.channels.push_stage import PushStage

# Only tests about order need the product's own wait for an earlier message.
SWIFT = SocketPace(
    pause=0.02, pause_at_most=0.1, look=0.05, patience=0.5, ping=0.4, connect=5.0, settle=0.02
)


class SlackStage(PushStage):
    """The stage with Slack switched on."""

    server: SlackServer

    def __init__(self, home: Path, server: SlackServer, **settings: Any) -> None:
        settings = {"slack_bot_token": BOT_TOKEN, "slack_app_token": APP_TOKEN, **settings}
        super().__init__(home, slack_api=server.api, **settings)
        self.server = server

    def hasten(self) -> None:
        self.channel.pace = SWIFT

    def talk(self, user: str) -> str:
        """The id of a person's conversation."""
        return conversation_key("slack", f"{TEAM}/{user}")
