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
from belay.gateway.wire import earlier_json, with_live_buttons
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
        count: Callable[[str], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._address = address
        self._signer = signer
        self._records = records
        self._pins = pins
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

    async def _page(self, conversation: str, before: int | None) -> dict[str, Any]:
        rows, more = await asyncio.to_thread(self._records.history, conversation, before)
        newest, serial = await asyncio.to_thread(self._records.place, conversation)
        messages = [
            earlier_json(row, self._signer, conversation, serial if live else None)
            for row, live in with_live_buttons(rows, newest)
        ]
        return {"messages": messages, "more": more}
