"""The website: the widget's HTTP interface with a signed cookie and server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import uuid4

import structlog
from fastapi import APIRouter, Query, Request, Response
from starlette.responses import StreamingResponse

from belay.channels.web_bodies import CURSOR_LIMIT, Opening, Seen, Sent
from belay.channels.web_earlier import Earlier
from belay.channels.web_packed import packed
from belay.gateway.buttons import ButtonSigner
from belay.gateway.gateway import Gateway
from belay.gateway.identity import ForgedIdentity, Identity, conversation_key
from belay.gateway.inbound import TEXT_LIMIT, InboundMessage, Refused, ToldRefusal
from belay.gateway.live import Live, News
from belay.gateway.problem import TooMany
from belay.gateway.rate import Rate
from belay.gateway.wire import message_json, posted_json
from belay.services.help import HelpLines
from belay.services.ports import Words
from belay.storage.outbox import Outbox
from belay.storage.pins import StoredPins
from belay.storage.records import StoredDownloads, StoredRecords

log = structlog.get_logger("belay.web")

NAME = "web"
COOKIE = "belay_visit"
A_YEAR = 365 * 24 * 3600
PING_SECONDS = 15.0
OPENINGS_PER_MINUTE = 120


@dataclass(frozen=True)
class WebSettings:
    """What the website's side needs to know."""

    labels: Mapping[str, Any]
    leave_url: str
    secure: bool
    cross_site: bool
    origins: tuple[str, ...]
    per_minute: int = 40


class Web:
    """The routes under /chat."""

    def __init__(
        self,
        *,
        gateway: Gateway,
        identity: Identity,
        signer: ButtonSigner,
        live: Live,
        outbox: Outbox,
        records: StoredRecords,
        downloads: StoredDownloads,
        pins: StoredPins,
        words: Words,
        help_lines: HelpLines,
        settings: WebSettings,
        clock: Callable[[], datetime],
    ) -> None:
        self._gateway = gateway
        self._identity = identity
        self._signer = signer
        self._live = live
        self._outbox = outbox
        self._records = records
        self._downloads = downloads
        self._earlier = Earlier(
            address=self.visitor,
            signer=signer,
            records=records,
            pins=pins,
            words=words,
            count=lambda address: self._messages.count(address, clock()),
            clock=clock,
        )
        self._help = help_lines
        self._settings = settings
        self._clock = clock
        self._messages = Rate("messages", settings.per_minute)
        self._openings = Rate("openings", OPENINGS_PER_MINUTE)
        self.stopping = asyncio.Event()

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(prefix="/chat", tags=["chat"])
        router.post("/open")(self.open)
        router.post("/messages", status_code=202)(self.send)
        router.get("/events")(self.events)
        router.post("/seen")(self.seen)
        router.get("/history")(self._earlier.show)
        router.post("/history")(self._earlier.open)
        router.get("/help")(self.help)
        router.get("/export/{token}")(self.export)
        return router

    async def open(self, body: Opening, request: Request) -> Response:
        """Open a view: neutral and empty, with a cookie for those who have none."""
        self._same_site(request)
        self._openings.count(request.client.host if request.client else "?", self._clock())
        address, cookie = self._address_or_none(request), None
        if address is None:
            address, cookie = self._identity.new()
        conversation = conversation_key(NAME, address)
        cursor, before, earlier = await asyncio.to_thread(self._where, conversation)
        labels = self._settings.labels
        opened = {
            "cursor": cursor,
            "before": before,
            "resumable": earlier,
            **await self._earlier.question(conversation, cursor),
            "intro": labels.get("intro", ""),
            "placeholder": labels.get("placeholder", ""),
            "page_title": labels.get("page_title", ""),
            "leave_url": self._settings.leave_url,
            "labels": labels,
        }
        response = packed(request, opened)
        if cookie is not None:
            response.set_cookie(
                COOKIE,
                cookie,
                max_age=A_YEAR,
                httponly=True,
                secure=self._settings.secure,
                samesite="none" if self._settings.cross_site else "lax",
                path="/chat",
            )
        return response

    async def send(self, body: Sent, request: Request) -> dict[str, Any]:
        """Take one message; the answer comes by the event stream."""
        address = self.visitor(request)
        try:
            self._messages.count(address, self._clock())
        except TooMany:
            # Danger is met however fast somebody writes.
            if not self._gateway.is_urgent(body.text):
                raise
        if len(body.text) > TEXT_LIMIT and not self._gateway.is_urgent(body.text):
            raise ToldRefusal(413, "too_long", limit=TEXT_LIMIT)
        if not body.text.strip() and body.button is None:
            raise ToldRefusal(422, "empty")
        accepted = await self._gateway.receive(
            InboundMessage(
                channel=NAME,
                address=address,
                provider_id=f"{conversation_key(NAME, address)[:12]}:{body.id}",
                text=body.text if body.button is None else "",
                at=self._clock(),
                button=body.button,
            )
        )
        for reply in accepted.direct:
            self._live.tell(conversation_key(NAME, address), News("direct", reply))
        return {"accepted": True, "id": body.id, "duplicate": accepted.duplicate}

    async def events(
        self, request: Request, cursor: Annotated[int, Query(ge=0, le=CURSOR_LIMIT)] = 0
    ) -> StreamingResponse:
        """The event stream of this visitor's conversation, from a cursor on."""
        address = self.visitor(request)
        last = request.headers.get("last-event-id", "")
        start = int(last) if last.isdecimal() and len(last) <= 16 else cursor
        return StreamingResponse(
            self._stream(conversation_key(NAME, address), start),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def seen(self, body: Seen, request: Request) -> dict[str, bool]:
        """Everything up to the cursor was shown: what is not to be kept is blanked now."""
        conversation = conversation_key(NAME, self.visitor(request))
        await asyncio.to_thread(self._outbox.delivered, conversation, body.cursor, self._clock())
        return {"ok": True}

    async def help(self, request: Request, country: str | None = None) -> Response:
        """Help lines, without cookie or consent."""
        return packed(request, self._help.page(country))

    async def export(self, token: str) -> Response:
        """The client's data, once."""
        client_id = await asyncio.to_thread(self._downloads.take, token, self._clock())
        if client_id is None:
            raise ToldRefusal(404, "link_used")
        data = await asyncio.to_thread(self._records.export, client_id)
        return Response(
            json.dumps(data, indent=2, ensure_ascii=False),
            media_type="application/json",
            headers={
                "Content-Disposition": 'attachment; filename="my-data.json"',
                "Cache-Control": "no-store",
            },
        )

    async def _stream(self, conversation: str, cursor: int) -> AsyncIterator[str]:
        async with self._live.subscribe(conversation) as news:
            yield ": hello\n\n"
            cursor, ready = await self._posted(conversation, cursor)
            for event in ready:
                yield event
            while not self.stopping.is_set():
                try:
                    one = await asyncio.wait_for(news.get(), PING_SECONDS)
                except TimeoutError:
                    yield ": ping\n\n"
                    continue
                if one.kind == "posted":
                    cursor, ready = await self._posted(conversation, cursor)
                    for event in ready:
                        yield event
                elif one.kind == "typing":
                    yield _event("typing", {"on": bool(one.data)})
                elif one.kind == "hidden":
                    # The view is cleared before the small talk comes.
                    known, before, _ = await asyncio.to_thread(self._where, conversation)
                    # A reload of this view must not bring back what was cleared.
                    yield _event("gone", {"before": before if known else CURSOR_LIMIT}, cursor)
                elif one.kind == "gone":
                    yield _event("gone", {})
                elif one.kind == "direct":
                    data = message_json(
                        one.data,
                        self._signer,
                        conversation_id=conversation,
                        cursor=cursor,
                        message_id=f"d{uuid4().hex}",
                        serial=0,
                        at=self._clock(),
                    )
                    yield _event("message", data, cursor)

    async def _posted(self, conversation: str, cursor: int) -> tuple[int, list[str]]:
        try:
            found = await asyncio.to_thread(self._outbox.after, conversation, cursor)
        except Exception as error:  # noqa: BLE001 - the stream outlives a database that is away
            log.error("outbox.unavailable", error=type(error).__name__)
            return cursor, []
        events = []
        for posted in found:
            data = posted_json(posted, self._signer)
            cursor = posted.cursor
            if data is not None:
                events.append(_event("message", data, cursor))
        return cursor, events

    def _where(self, conversation: str) -> tuple[int, int, bool]:
        try:
            cursor = self._outbox.last_cursor(conversation)
            rows, _ = self._records.history(conversation, None, 1)
            newest, _ = self._records.place(conversation)
        except Exception as error:  # noqa: BLE001 - help must be reachable without a database
            log.error("database.unavailable", error=type(error).__name__)
            return 0, 1, False
        # One history: the newest may have been said on another device.
        return cursor, max([newest, *(row["id"] for row in rows)]) + 1, bool(rows)

    def visitor(self, request: Request) -> str:
        """The address behind a request's cookie; `Refused` where there is none."""
        self._same_site(request)
        address = self._address_or_none(request)
        if address is None:
            raise Refused(401, "No visit", "Open the chat first: POST /chat/open.")
        return address

    def _address_or_none(self, request: Request) -> str | None:
        value = request.cookies.get(COOKIE)
        if value is None:
            return None
        try:
            return self._identity.read(value)
        except ForgedIdentity:
            if request.url.path.endswith("/open"):
                return None
            raise Refused(401, "Unknown visit", "Open the chat again: POST /chat/open.") from None

    def _same_site(self, request: Request) -> None:
        origin = request.headers.get("origin")
        if origin is None or origin in self._settings.origins:
            return
        if origin.split("://", 1)[-1] != request.headers.get("host"):
            raise Refused(403, "Other site", "This site may not embed this chat.")


def _event(kind: str, data: dict[str, Any], cursor: int | None = None) -> str:
    head = f"id: {cursor}\n" if cursor is not None else ""
    return f"{head}event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
