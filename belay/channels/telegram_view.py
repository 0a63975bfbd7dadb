"""What stands in a Telegram chat now, so that it can be taken off the screen at a word.

Bots may delete messages of both sides in private chats for 48 hours (Bot API, deleteMessages).
The numbers are kept in memory only: after a restart earlier messages stay where they are.
"""

from __future__ import annotations

from collections import OrderedDict, deque

import structlog
from telegram import Bot
from telegram.error import TelegramError

log = structlog.get_logger("belay.telegram")

# As many as one call deletes.
MOST_MESSAGES = 100
MOST_CHATS = 10_000


class TelegramView:
    """The newest messages of each chat, by number."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._shown: OrderedDict[int, deque[int]] = OrderedDict()

    def shows(self, chat: int, message_id: int) -> None:
        """A message stands in the chat."""
        shown = self._shown.setdefault(chat, deque(maxlen=MOST_MESSAGES))
        shown.append(message_id)
        self._shown.move_to_end(chat)
        while len(self._shown) > MOST_CHATS:
            self._shown.popitem(last=False)

    async def hide(self, chat: int) -> None:
        """Delete what is known to stand there. What comes afterwards stays."""
        shown = list(self._shown.pop(chat, ()))
        if not shown:
            return
        try:
            await self._bot.delete_messages(chat, shown)
        except TelegramError as error:
            log.warning("telegram.hide", error=type(error).__name__)
