"""The two ways in from Slack: a socket that Belay opens, and signed requests for servers.

Both end in one Bolt app, which hands every payload on and acknowledges it once it is stored:
what is not acknowledged, Slack delivers again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from fastapi import Request, Response
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import Clock, SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from belay.channels.slack_errors import code
from belay.channels.slack_events import teams
from belay.channels.slack_tokens import Who, socket_address
from belay.gateway.channel import ChannelDown
from belay.gateway.inbound import Refused

log = structlog.get_logger("belay.slack")

# The libraries put whole payloads into what they log: none of it is let through.
QUIET = logging.getLogger("belay.slack.library")
QUIET.setLevel(logging.CRITICAL)
# Slack refuses its own requests after this many seconds, and so do we.
OLDEST = 60 * 5


@dataclass(frozen=True)
class SocketPace:
    """Seconds: between tries, between looks, how long a lost socket may mend itself, pings.

    `settle`: how long a message waits for an earlier one that Slack delivers after it. It is
    acknowledged only after that, and Slack waits three seconds for an acknowledgement.
    """

    pause: float = 1.0
    pause_at_most: float = 60.0
    look: float = 1.0
    patience: float = 30.0
    ping: float = 10.0
    connect: float = 30.0
    settle: float = 0.5


Take = Callable[[Mapping[str, Any]], Awaitable[str]]


class HandOn(AsyncMiddleware):
    """Hands payloads of our workspace on, and acknowledges them once that is done."""

    def __init__(self, who: Callable[[], Who | None], take: Take) -> None:
        self._who = who
        self._take = take

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse | None:
        """Answer a payload; the library goes on only with Slack's own question at set-up."""
        if req.body.get("type") == "url_verification":
            return await next()
        known = self._who()
        if known is None:
            return BoltResponse(status=503, body="")
        try:
            if known.team not in teams(req.body):
                log.warning("slack.another_workspace")
                return BoltResponse(status=200, body="")
            return BoltResponse(status=200, body=await self._take(req.body))
        except Exception as error:  # noqa: BLE001 - not acknowledged, so Slack delivers it again
            log.error("slack.not_taken", error=type(error).__name__)
            return BoltResponse(status=500, body="")


def make_app(
    client: AsyncWebClient, signing_secret: str, who: Callable[[], Who | None], take: Take
) -> AsyncApp:
    """A Bolt app that checks where a payload comes from and hands it to `take`.

    `take` returns what a slash command is answered with at once. When it fails, nothing is
    acknowledged.
    """

    async def authorize(team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token=client.token)

    return AsyncApp(
        name="belay",
        logger=QUIET,
        client=client,
        signing_secret=signing_secret,
        before_authorize=HandOn(who, take),
        authorize=authorize,
    )


class SignedDoor:
    """The address that Slack calls; only requests with its signature are read."""

    def __init__(self, app: AsyncApp, signing_secret: str, clock: Clock | None = None) -> None:
        self._handler = AsyncSlackRequestHandler(app)
        self._clock = clock or Clock()
        self._verifier = SignatureVerifier(signing_secret, self._clock)

    async def hook(self, request: Request) -> Response:
        """One payload. 200 only once it is stored."""
        body = await request.body()
        given = {name.lower(): value for name, value in request.headers.items()}
        try:
            genuine = self._verifier.is_valid_request(body, given)
        except (ValueError, TypeError):
            genuine = False
        if not genuine:
            self._tell_of_a_clock(given.get("x-slack-request-timestamp", ""))
            raise Refused(401, "Unauthorized", "This address is for Slack only.")
        try:
            return await self._handler.handle(request)
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise Refused(400, "Not a payload", "This is no payload of Slack's.") from error

    def _tell_of_a_clock(self, stamp: str) -> None:
        if stamp.isdigit() and abs(self._clock.now() - int(stamp)) > OLDEST:
            log.warning("slack.request_from_another_time", remedy="check this computer's clock")


class SocketDoor:
    """The socket, kept open: what breaks is opened anew, at a growing distance."""

    def __init__(
        self, app: AsyncApp, client: AsyncWebClient, app_token: str, pace: SocketPace
    ) -> None:
        self._app = app
        self._client = client
        self._token = app_token
        self.pace = pace

    async def address(self) -> str:
        """A fresh address; see `socket_address`."""
        return await socket_address(self._client, self._token)

    async def listen(self, address: str | None = None) -> None:
        """Listen for ever, first at `address` where one was fetched already."""
        pause = self.pace.pause
        while True:
            try:
                await self._listen_once(address or await self.address())
                pause = self.pace.pause
            except ChannelDown as error:
                log.error("channel.down", channel="slack", reason=str(error))
                pause = self.pace.pause_at_most
            except Exception as error:  # noqa: BLE001 - a bad minute must not end the listening
                log.warning("slack.away", error=code(error), wait=pause)
            address = None
            await asyncio.sleep(pause)
            pause = min(pause * 2, self.pace.pause_at_most)

    async def _listen_once(self, address: str) -> None:
        # The library leaves the types of its methods out.
        handler: Any = AsyncSocketModeHandler(
            self._app,
            self._token,
            logger=QUIET,
            web_client=self._client,
            ping_interval=self.pace.ping,
        )
        handler.client.wss_uri = address
        try:
            async with asyncio.timeout(self.pace.connect):
                await handler.connect_async()
            log.info("slack.connected")
            await self._until_lost(handler)
        finally:
            await handler.close_async()

    async def _until_lost(self, handler: AsyncSocketModeHandler) -> None:
        """Return when the library did not mend a lost connection in time.

        It tries an address again that works only once, and for a few seconds; a new client
        asks for a new one.
        """
        loop = asyncio.get_running_loop()
        seen = loop.time()
        while loop.time() - seen < self.pace.patience:
            await asyncio.sleep(self.pace.look)
            if await handler.client.is_connected():
                seen = loop.time()
        log.warning("slack.lost")
