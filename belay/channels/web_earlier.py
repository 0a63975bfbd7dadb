"""Earlier messages over HTTP, behind the client's PIN where they set one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from math import ceil
from typing import Annotated, Any

from fastapi import Query, Request

from belay.channels.web_bodies import CURSOR_LIMIT, Unlock
from belay.domain.secrecy import PinLocked
from belay.gateway.buttons import ButtonSigner
from belay.gateway.identity import conversation_key
from belay.gateway.inbound import ToldRefusal
from belay.gateway.problem import TooMany
from belay.gateway.wire import earlier_json, message_json, with_live_buttons
from belay.services.pins import asks_again
from belay.services.ports import Words
from belay.storage.pins import StoredPins
from belay.storage.records import StoredRecords

NAME = "web"


class Earlier:
    """The routes of /chat/history.

    Args:
        address: Whose visit a request is; refuses strangers.
        signer: Signs the buttons that may still be pressed.
        records: Reads the messages.
        pins: Looks at PINs.
        words: Authored lines.
        count: Counts a try with a PIN against the visitor's rate.
        clock: The time, aware.
    """

    def __init__(
        self,
        *,
        address: Callable[[Request], str],
        signer: ButtonSigner,
        records: StoredRecords,
        pins: StoredPins,
        words: Words,
        count: Callable[[str], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._address = address
        self._signer = signer
        self._records = records
        self._pins = pins
        self._words = words
        self._count = count
        self._clock = clock

    async def show(
        self, request: Request, before: Annotated[int | None, Query(ge=1, le=CURSOR_LIMIT)] = None
    ) -> dict[str, Any]:
        """Earlier messages, asked for by the person."""
        conversation = conversation_key(NAME, self._address(request))
        if await asyncio.to_thread(self._pins.needed, conversation):
            raise ToldRefusal(403, "pin_needed")
        return await self._page(conversation, before)

    async def open(self, body: Unlock, request: Request) -> dict[str, Any]:
        """Earlier messages, for somebody who knows the PIN."""
        address = self._address(request)
        self._count(address)
        conversation = conversation_key(NAME, address)
        now = self._clock()
        try:
            right = await asyncio.to_thread(self._pins.opens, conversation, body.pin, now)
        except PinLocked as error:
            raise TooMany(ceil((error.until - now).total_seconds())) from None
        if not right:
            raise ToldRefusal(403, "pin_wrong")
        return await self._page(conversation, body.before)

    async def question(self, conversation: str, cursor: int) -> dict[str, Any]:
        """With `question`, where one for a PIN is open, for a page that is loaded again.

        Args:
            conversation: Whose question.
            cursor: The newest of the conversation; 0 where it has none, or nothing can be known.
        """
        if not cursor:
            return {}
        found = await asyncio.to_thread(self._question, conversation, cursor)
        return {"question": found} if found else {}

    def _question(self, conversation: str, cursor: int) -> dict[str, Any] | None:
        line = asks_again(self._pins.awaited(conversation))
        if line is None:
            return None
        rows, _ = self._records.history(conversation, None, 1)
        # It is shown once: its id is the one that the history or the stream has for it.
        asked = [f"h{row['id']}" for row in rows if row["line"] == line]
        return message_json(
            self._words.reply(line, conversation),
            self._signer,
            conversation_id=conversation,
            cursor=cursor,
            message_id=asked[0] if asked else f"m{cursor}",
            serial=self._records.place(conversation)[1],
            at=self._clock(),
        )

    async def _page(self, conversation: str, before: int | None) -> dict[str, Any]:
        rows, more = await asyncio.to_thread(self._records.history, conversation, before)
        newest, serial = await asyncio.to_thread(self._records.place, conversation)
        messages = [
            earlier_json(row, self._signer, conversation, serial if live else None)
            for row, live in with_live_buttons(rows, newest)
        ]
        return {"messages": messages, "more": more}
