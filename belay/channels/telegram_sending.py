"""Replies as Telegram messages: plain text, inline buttons, no link previews."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from belay.channels.telegram_updates import CHOSEN, Read
from belay.channels.telegram_view import TelegramView
from belay.domain.reply import Button, Card
from belay.gateway.buttons import ButtonSigner
from belay.gateway.channel import Capabilities, Delivery, Undeliverable
from belay.gateway.render import Rendered, render, shortened

log = structlog.get_logger("belay.telegram")

CAPABILITIES = Capabilities(
    buttons=True, pictures=True, files=True, longest_text=4096, longest_title=64
)
# A preview would fetch the link: the one to a client's data works only once.
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# Bad requests that say that nobody is there any more.
NOBODY = ("chat not found", "user is deactivated", "bot can't initiate", "peer_id_invalid")

Picture = Callable[[Card], bytes | None]
Data = Callable[[str], bytes | None]


class TelegramSending:
    """Sends one delivery; a try that failed half way goes on where it stopped."""

    def __init__(
        self,
        *,
        bot: Bot,
        signer: ButtonSigner,
        labels: Mapping[str, Any],
        public_url: str | None,
        picture: Picture,
        data: Data,
    ) -> None:
        self._bot = bot
        self.view = TelegramView(bot)
        self._signer = signer
        self._labels = labels
        self._public_url = public_url
        self._picture = picture
        self._data = data
        self._done: dict[str, int] = {}
        self._files: dict[str, bytes | None] = {}

    async def deliver(self, delivery: Delivery) -> None:
        """Send every part of a reply.

        Raises:
            Undeliverable: as `Channel.deliver` says.
        """
        rendered = render(
            delivery.reply, CAPABILITIES, labels=self._labels, public_url=self._public_url
        )
        try:
            await self._send(delivery, rendered)
        except RetryAfter as error:
            raise Undeliverable("rate_limited", retry_after=_seconds(error)) from error
        except Forbidden as error:
            raise Undeliverable("blocked", gone=True) from error
        except BadRequest as error:
            if any(words in str(error).lower() for words in NOBODY):
                raise Undeliverable("chat_gone", gone=True) from error
            raise Undeliverable("bad_request", final=True) from error
        except InvalidToken as error:
            raise Undeliverable("token") from error
        except TimedOut as error:
            raise Undeliverable("timeout") from error
        except (NetworkError, TelegramError) as error:
            raise Undeliverable("telegram_away") from error
        self._done.pop(delivery.key, None)
        self._files.pop(delivery.key, None)

    async def mark_pressed(self, found: Read) -> None:
        """Show on the message which button was pressed; the others stay as they are."""
        rows = [
            [InlineKeyboardButton(CHOSEN * (data == found.button) + title, callback_data=data)]
            for title, data in found.rows
        ]
        try:
            await self._bot.edit_message_reply_markup(
                found.chat,
                found.message_id,
                reply_markup=InlineKeyboardMarkup(rows),
                read_timeout=3.0,
            )
        except TelegramError as error:
            # Marked already, or too old to be changed; the press counts all the same.
            log.info("telegram.mark", error=type(error).__name__)

    async def _send(self, delivery: Delivery, rendered: Rendered) -> None:
        chat = int(delivery.address)
        last = len(rendered.parts) - 1
        for place, part in enumerate(rendered.parts):
            if place < self._done.get(delivery.key, 0):
                continue
            sent = await self._bot.send_message(
                chat,
                part,
                reply_markup=self._keyboard(delivery, rendered.buttons) if place == last else None,
                link_preview_options=NO_PREVIEW,
            )
            self._done[delivery.key] = place + 1
            self.view.shows(chat, sent.message_id)
        if rendered.picture is not None:
            drawn = await asyncio.to_thread(self._picture, rendered.picture)
            if drawn is not None:
                sent = await self._bot.send_photo(chat, drawn)
                self.view.shows(chat, sent.message_id)
        if rendered.download is not None:
            if delivery.key not in self._files:
                # The link is used up by this, so the file is kept until it went out.
                self._files[delivery.key] = await asyncio.to_thread(self._data, rendered.download)
            data = self._files[delivery.key]
            if data is not None:
                await self._bot.send_document(chat, data, filename="my-data.json")

    def _keyboard(
        self, delivery: Delivery, buttons: tuple[Button, ...]
    ) -> InlineKeyboardMarkup | None:
        """One button a row: on a phone each is wide enough for a thumb."""
        rows = [
            [
                InlineKeyboardButton(
                    shortened(button.title, CAPABILITIES.longest_title),
                    callback_data=self._signer.sign_short(
                        button, delivery.conversation_id, delivery.serial
                    ),
                )
            ]
            for button in buttons
        ]
        return InlineKeyboardMarkup(rows) if rows else None


def _seconds(error: RetryAfter) -> float:
    after = error._retry_after  # the public name warns about its coming type
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
