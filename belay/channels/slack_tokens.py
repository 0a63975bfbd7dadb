"""Slack's tokens: what is set, whether Slack accepts it, and one sentence when it does not."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from belay.channels.slack_errors import TOKEN, code
from belay.gateway.channel import ChannelDown

NEEDED = ("chat:write", "im:history", "im:write")
# Without it pictures are told in words, and a copy of somebody's data needs a public address.
FILES = "files:write"


@dataclass(frozen=True)
class SlackSettings:
    """How to reach Slack, and how Slack reaches us: by a socket, by signed requests, or both."""

    bot_token: str
    app_token: str | None = None
    signing_secret: str | None = None
    api: str = "https://slack.com/api/"
    start_seconds: float = 5.0


@dataclass(frozen=True)
class Who:
    """Who the bot is: what `auth.test` says."""

    team: str
    user: str
    bot: str
    may_send_files: bool = True


def check_forms(settings: SlackSettings) -> None:
    """See that the tokens are there and have the right beginnings.

    Raises:
        ChannelDown: with the one that is missing or mixed up.
    """
    if not settings.bot_token.startswith("xoxb-"):
        raise ChannelDown(
            "BELAY_SLACK_BOT_TOKEN has to start with xoxb- (the app's page, Install App; "
            "docs/slack.md). Belay runs on without Slack."
        )
    if settings.app_token and not settings.app_token.startswith("xapp-"):
        raise ChannelDown(
            "BELAY_SLACK_APP_TOKEN has to start with xapp- (the app's page, Basic Information; "
            "docs/slack.md). Belay runs on without Slack."
        )
    if not settings.app_token and not settings.signing_secret:
        raise ChannelDown(
            "Slack needs BELAY_SLACK_APP_TOKEN too, or on a server BELAY_SLACK_SIGNING_SECRET "
            "(docs/slack.md). Belay runs on without Slack."
        )


async def who_is(client: AsyncWebClient) -> Who:
    """Ask Slack who the bot is and what it may do.

    Raises:
        ChannelDown: the token is wrong, or the app was given too little.
        SlackClientError: whatever may pass.
    """
    try:
        answer = await client.auth_test()
    except SlackClientError as error:
        no_longer(error, "BELAY_SLACK_BOT_TOKEN")
        raise
    told = str(answer.headers.get("x-oauth-scopes", "")).replace(" ", "")
    given = told.split(",") if told else [*NEEDED, FILES]
    missing = [scope for scope in NEEDED if scope not in given]
    if missing:
        raise ChannelDown(
            f"The Slack app may not do all it needs ({', '.join(missing)} is missing). Paste "
            "docs/slack-app-manifest.yaml into its manifest and install it again "
            "(docs/slack.md). Belay runs on without Slack."
        )
    return Who(
        str(answer["team_id"]), str(answer["user_id"]), str(answer["bot_id"]), FILES in given
    )


async def socket_address(client: AsyncWebClient, app_token: str) -> str:
    """A fresh address for one socket; it works once and for a few seconds.

    Raises:
        ChannelDown: the token is wrong.
        SlackClientError: whatever may pass.
    """
    try:
        opened = await client.apps_connections_open(app_token=app_token)
    except SlackClientError as error:
        no_longer(error, "BELAY_SLACK_APP_TOKEN")
        raise
    return str(opened["url"])


def no_longer(error: SlackClientError, setting: str) -> None:
    """Say which setting Slack refuses for good; what may pass is left alone.

    Raises:
        ChannelDown: the token of this setting is not accepted.
    """
    if code(error) in TOKEN:
        raise ChannelDown(
            f"Slack does not accept {setting} ({code(error)}). Copy the token again from the "
            "app's page (docs/slack.md). Belay runs on without Slack."
        ) from error
