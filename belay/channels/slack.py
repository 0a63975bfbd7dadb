"""Slack: Socket Mode with two tokens and no public address, or signed requests for servers.

Direct messages only, in one workspace. Every payload is acknowledged once the inbox has it, so
a crash repeats deliveries and loses none; repeated ones are known by channel and time stamp.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine, Mapping
from typing import Any

import structlog
from aiohttp import ClientSession, ClientTimeout
from fastapi import APIRouter
from slack_sdk.web.async_client import AsyncWebClient

from belay.channels.push import Push
from belay.channels.slack_door import QUIET, SignedDoor, SocketDoor, SocketPace, make_app
from belay.channels.slack_errors import FAILURES, code
from belay.channels.slack_events import Read, read_payload
from belay.channels.slack_files import SlackFiles
from belay.channels.slack_order import ArrivalOrder
from belay.channels.slack_sending import CAPABILITIES, SlackSending
from belay.channels.slack_tokens import SlackSettings, Who, check_forms, who_is
from belay.gateway.channel import Capabilities, ChannelDown, Delivery
from belay.gateway.inbound import InboundMessage
from belay.gateway.reception import Reception
from belay.services.ports import Words

log = structlog.get_logger("belay.slack")

NAME = "slack"
HOOK = "/slack/events"
REMEMBERED = 10_000


class Slack:
    """The Slack channel."""

    name = NAME

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        sending: SlackSending,
        reception: Reception,
        words: Words,
        settings: SlackSettings,
    ) -> None:
        self._client = client
        self._sending = sending
        self._reception = reception
        self._words = words
        self.settings = settings
        self.pace = SocketPace()
        self._who: Who | None = None
        self._app = make_app(client, settings.signing_secret or "", lambda: self._who, self.take)
        self._one_at_a_time = asyncio.Lock()
        self._order = ArrivalOrder()
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def capabilities(self) -> Capabilities:
        """Buttons, pictures, files."""
        return CAPABILITIES

    async def start(self) -> None:
        """Check the tokens, then listen.

        Raises:
            ChannelDown: a token is missing, wrong or not allowed enough.
        """
        check_forms(self.settings)
        self._client.session = ClientSession(timeout=ClientTimeout(total=20))
        door, address = None, None
        if self.settings.app_token:
            door = SocketDoor(self._app, self._client, self.settings.app_token, self.pace)
        try:
            async with asyncio.timeout(self.settings.start_seconds):
                self._who = await who_is(self._client)
                if door is not None:
                    address = await door.address()
        except FAILURES as error:
            log.warning("slack.away", error=code(error))
        self._later(self._listen(door, address))

    async def stop(self) -> None:
        """Listen no more; what was not acknowledged comes again at the next start."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client.session is not None:
            await self._client.session.close()

    def router(self) -> APIRouter | None:
        """The address for signed requests, where a signing secret is set."""
        if not self.settings.signing_secret:
            return None
        router = APIRouter(include_in_schema=False)
        router.post(HOOK)(SignedDoor(self._app, self.settings.signing_secret).hook)
        return router

    async def deliver(self, delivery: Delivery) -> None:
        """Send one reply; see `SlackSending.deliver`."""
        await self._sending.deliver(delivery)

    async def typing(self, address: str) -> None:
        """Slack has no typing sign for apps."""

    async def take(self, body: Mapping[str, Any]) -> str:
        """Take one payload; returns what a slash command is answered with at once."""
        assert self._who is not None
        found = read_payload(body, self._who.user)
        if found.kind == "nothing" or found.user == self._who.user:
            return ""
        command = bool(body.get("command"))
        if found.provider_id in self._seen:
            return ""
        if found.stamp is None or self._reception.is_urgent(found.text):
            return await self._take_now(found, command=command)
        async with self._order.turn(found.user, found.stamp, self.pace.settle):
            return await self._take_now(found, command=command)

    async def _take_now(self, found: Read, *, command: bool) -> str:
        async with self._one_at_a_time:
            if found.provider_id in self._seen:
                return ""
            told = await self._handle(found, command=command)
            self._seen[found.provider_id] = None
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        return told

    async def _handle(self, found: Read, *, command: bool) -> str:
        if command:
            await self._hand_on(found)
            here = self._sending.chat_of(found.user) == found.channel
            return "" if here else self._words.text("channel.slack_elsewhere", found.provider_id)
        if found.kind == "mentioned":
            await self._mentioned(found)
            return ""
        self._sending.met(found.user, found.channel)
        if found.kind in ("edited", "wordless"):
            await self._without_plain_words(found)
        else:
            await self._hand_on(found)
        if found.thread is not None:
            self._answer_in_thread(found.channel, found.thread)
        return ""

    async def _mentioned(self, found: Read) -> None:
        """Others read a channel: only the one who wrote is told; danger is met in private."""
        line = self._words.text("channel.private_only", found.provider_id)
        self._later(self._sending.whisper(found.channel, found.user, line, found.thread))
        if self._reception.is_urgent(found.text):
            await self._hand_on(found)

    async def _without_plain_words(self, found: Read) -> None:
        """A file, an edit: words that came with it are read like any others."""
        edited = found.kind == "edited"
        if self._reception.is_urgent(found.text) or (found.text and not edited):
            await self._hand_on(found)
            return
        line = "channel.edited" if edited else found.line or "channel.other"
        await self._reception.say(self, self._address(found), line)

    async def _hand_on(self, found: Read) -> None:
        accepted = await self._reception.take(
            self,
            InboundMessage(
                channel=NAME,
                address=self._address(found),
                provider_id=found.provider_id,
                text=found.text,
                at=self._reception.now(),
                button=found.button,
                command=found.command,
                title=found.title,
            ),
        )
        if found.blocks and accepted is not None and not accepted.duplicate:
            self._later(self._sending.mark_pressed(found))

    def _answer_in_thread(self, channel: str, thread: str) -> None:
        """Answers stand in the chat itself; whoever writes in a thread is told so once."""
        key = f"thread:{channel}:{thread}"
        if key not in self._seen:
            self._seen[key] = None
            told = self._words.text("channel.slack_thread", key)
            self._later(self._sending.in_thread(channel, thread, told))

    def _address(self, found: Read) -> str:
        assert self._who is not None
        return f"{self._who.team}/{found.user}"

    async def _listen(self, door: SocketDoor | None, address: str | None) -> None:
        pause = self.pace.pause
        while self._who is None:
            try:
                self._who = await who_is(self._client)
            except ChannelDown as error:
                log.error("channel.down", channel=NAME, reason=str(error))
                return
            except FAILURES as error:
                log.warning("slack.away", error=code(error), wait=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, self.pace.pause_at_most)
        if door is not None:
            await door.listen(address)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        """What nobody has to wait for."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("slack.task", error=type(task.exception()).__name__)


def add_slack(push: Push, settings: SlackSettings) -> Slack:
    """Make the channel and add it."""
    client = AsyncWebClient(
        token=settings.bot_token, base_url=settings.api.rstrip("/") + "/", logger=QUIET
    )
    sending = SlackSending(
        client=client,
        signer=push.signer,
        labels=push.labels,
        public_url=push.public_url,
        files=SlackFiles(client, push.picture, push.data),
    )
    channel = Slack(
        client=client,
        sending=sending,
        reception=push.reception,
        words=push.words,
        settings=settings,
    )
    push.add(channel)
    return channel
