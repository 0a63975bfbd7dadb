"""Files in Slack's direct messages: the picture of somebody's progress, their own data.

How: https://docs.slack.dev/messaging/working-with-files#uploading_files (the library asks for an
address, sends the bytes, and ends the upload).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from belay.channels.slack_errors import code
from belay.domain.reply import Card

log = structlog.get_logger("belay.slack")

NOT_ALLOWED = {"missing_scope", "no_permission", "not_allowed_token_type"}
REMEMBERED = 100

Picture = Callable[[Card], bytes | None]
Data = Callable[[str], bytes | None]


class SlackFiles:
    """Sends what is no text."""

    def __init__(self, client: AsyncWebClient, picture: Picture, data: Data) -> None:
        self._client = client
        self._picture = picture
        self._data = data
        self._taken: OrderedDict[str, bytes | None] = OrderedDict()

    async def send_picture(self, chat: str, card: Card) -> None:
        """Draw a card, and send it where the app may; its words went out before.

        Raises:
            SlackClientError: Slack is away, or asks to wait.
        """
        drawn = await asyncio.to_thread(self._picture, card)
        if drawn is None:
            return
        try:
            await self._client.files_upload_v2(
                channel=chat,
                content=drawn,
                filename="progress.png",
                title=card.title,
                alt_txt=card.text[:1000],
            )
        except SlackApiError as error:
            if code(error) not in NOT_ALLOWED:
                raise
            # `belay doctor` says how to allow it.
            log.warning("slack.no_picture", error=code(error))

    async def send_data(self, chat: str, url: str, key: str) -> None:
        """Send a client's own data as a file.

        Raises:
            SlackClientError: it was not taken; another try with the same key has the same data.
        """
        if key not in self._taken:
            # The link is used up by this, so what it led to is kept until it went out.
            self._taken[key] = await asyncio.to_thread(self._data, url)
            while len(self._taken) > REMEMBERED:
                self._taken.popitem(last=False)
        data = self._taken[key]
        if data is not None:
            await self._client.files_upload_v2(
                channel=chat, content=data, filename="my-data.json", title="my-data.json"
            )
        self._taken.pop(key, None)
