"""Linking devices from the website: the same as saying it in the chat, for buttons of a page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from belay.gateway.gateway import Gateway
from belay.gateway.identity import conversation_key
from belay.gateway.inbound import InboundMessage
from belay.gateway.rate import Rate
from belay.storage.inbox import Inbox
from belay.storage.links import StoredLinks

NAME = "web"
PER_MINUTE = 10


class GivenCode(BaseModel):
    """A code from another device."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field(min_length=8, max_length=24, pattern=r"^[A-Za-z0-9 -]+$")


class WebLinks:
    """The routes under /chat/links. `visitor` gives the address behind a request's cookie."""

    def __init__(
        self,
        *,
        gateway: Gateway,
        inbox: Inbox,
        links: StoredLinks,
        visitor: Callable[[Request], str],
        clock: Callable[[], datetime],
    ) -> None:
        self._gateway = gateway
        self._inbox = inbox
        self._links = links
        self._visitor = visitor
        self._clock = clock
        self._rate = Rate("links", PER_MINUTE)

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(prefix="/chat/links", tags=["chat"])
        router.get("")(self.devices)
        router.post("/code", status_code=202)(self.code)
        router.post("/use", status_code=202)(self.use)
        return router

    async def devices(self, request: Request) -> dict[str, Any]:
        """What shares this visitor's chat: channels and days, no addresses."""
        address = self._visitor(request)
        found = await asyncio.to_thread(self._inbox.find, NAME, address)
        talks = await asyncio.to_thread(self._links.talks, found[0]) if found else ()
        here = conversation_key(NAME, address)
        return {
            "devices": [
                {
                    "channel": one.channel,
                    "since": one.since.date().isoformat(),
                    "this_one": one.id == here,
                    "reminders": one.reminders,
                }
                for one in talks
            ]
        }

    async def code(self, request: Request) -> dict[str, bool]:
        """Ask for a code; it comes as a message in the chat."""
        return await self._press(request, "link.code")

    async def use(self, body: GivenCode, request: Request) -> dict[str, bool]:
        """Give a code; the question that follows comes in the chat. Says nothing about the code."""
        return await self._press(request, f"link.use:{body.code}")

    async def _press(self, request: Request, command: str) -> dict[str, bool]:
        address = self._visitor(request)
        self._rate.count(address, self._clock())
        talk = conversation_key(NAME, address)
        await self._gateway.receive(
            InboundMessage(
                channel=NAME,
                address=address,
                provider_id=f"{talk[:12]}:{uuid4().hex}",
                text="",
                at=self._clock(),
                command=command,
                title=command.partition(":")[0],
            )
        )
        return {"accepted": True}
