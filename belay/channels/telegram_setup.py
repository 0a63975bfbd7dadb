"""Makes the Telegram channel with the client library's bot, and adds it to those that push."""

from __future__ import annotations

from typing import Any

import structlog
from telegram import Bot
from telegram.error import InvalidToken
from telegram.request import HTTPXRequest

from belay.channels.push import Push
from belay.channels.telegram import Telegram, TelegramSettings
from belay.channels.telegram_sending import TelegramSending

log = structlog.get_logger("belay.telegram")


def make_bot(settings: TelegramSettings) -> Bot:
    """The client library's bot, with room for several deliveries beside the long poll."""
    common: dict[str, Any] = {"connect_timeout": 10.0, "pool_timeout": 10.0}
    return Bot(
        settings.token,
        base_url=f"{settings.api.rstrip('/')}/bot",
        base_file_url=f"{settings.api.rstrip('/')}/file/bot",
        request=HTTPXRequest(connection_pool_size=16, read_timeout=20.0, **common),
        get_updates_request=HTTPXRequest(connection_pool_size=2, read_timeout=10.0, **common),
    )


def add_telegram(push: Push, settings: TelegramSettings) -> Telegram | None:
    """Make the channel and add it. None, with a line in the log, when the token has no form."""
    try:
        bot = make_bot(settings)
    except InvalidToken:
        log.error("telegram.token_has_no_form")
        return None
    sending = TelegramSending(
        bot=bot,
        signer=push.signer,
        labels=push.labels,
        public_url=push.public_url,
        picture=push.picture,
        data=push.data,
    )
    channel = Telegram(
        bot=bot,
        sending=sending,
        reception=push.reception,
        words=push.words,
        settings=settings,
    )
    push.add(channel)
    return channel
