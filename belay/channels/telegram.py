"""Telegram: long polling with nothing but a token, or a webhook with a secret for servers.

Telegram forgets an update only when the next request names a higher offset, and Belay names it
once the inbox has the message; so a crash repeats updates and loses none, and repeated ones are
known by their number. Private chats only.
"""

from __future__ import annotations

import asyncio
import hmac
from dataclasses import dataclass, field

import structlog
from fastapi import APIRouter, Request, Response
from telegram import Bot, BotCommand, Update
from telegram.error import Conflict, Forbidden, InvalidToken, TelegramError

from belay.channels.telegram_sending import CAPABILITIES, TelegramSending
from belay.channels.telegram_updates import ALLOWED, Read, read_update
from belay.gateway.channel import Capabilities, ChannelDown, Delivery
from belay.gateway.inbound import InboundMessage, Refused
from belay.gateway.reception import Reception
from belay.services.ports import Words

log = structlog.get_logger("belay.telegram")

NAME = "telegram"
HOOK = "/telegram/webhook"
# Seconds that a mere courtesy may take while others wait to be read.
SOON = 3.0
SIGNED_BY = "X-Telegram-Bot-Api-Secret-Token"
COMMANDS = {
    "help": "channel.command_help",
    "privacy": "channel.command_privacy",
    "link": "channel.command_link",
    "devices": "channel.command_devices",
    "export": "channel.command_export",
    "delete": "channel.command_delete",
}


@dataclass(frozen=True)
class TelegramSettings:
    """How to reach Telegram, and how Telegram reaches us. `secret` guards the webhook."""

    token: str = field(repr=False)
    webhook: bool
    public_url: str | None
    secret: str = field(repr=False)
    api: str = "https://api.telegram.org"
    poll_seconds: int = 25
    start_seconds: float = 5.0
    pause: float = 1.0
    pause_at_most: float = 60.0


class Telegram:
    """The Telegram channel."""

    name = NAME

    def __init__(
        self,
        *,
        bot: Bot,
        sending: TelegramSending,
        reception: Reception,
        words: Words,
        settings: TelegramSettings,
    ) -> None:
        self._bot = bot
        self._sending = sending
        self._reception = reception
        self._words = words
        self.settings = settings
        self._offset: int | None = None
        self._listening: asyncio.Task[None] | None = None

    @property
    def capabilities(self) -> Capabilities:
        """Buttons, pictures, files."""
        return CAPABILITIES

    async def start(self) -> None:
        """Check the token, then listen.

        Raises:
            ChannelDown: the token is wrong, or a webhook is wanted without a public address.
        """
        if self.settings.webhook and not (self.settings.public_url or "").startswith("https://"):
            raise ChannelDown(
                "BELAY_TELEGRAM_WEBHOOK needs BELAY_PUBLIC_URL with https. Set it, or leave the "
                "webhook off: long polling needs no public address."
            )
        try:
            async with asyncio.timeout(self.settings.start_seconds):
                await self._bot.initialize()
        except (InvalidToken, Forbidden) as error:
            raise ChannelDown(
                "Telegram does not accept BELAY_TELEGRAM_TOKEN. Copy the token again from "
                "@BotFather (docs/telegram.md). Belay runs on without Telegram."
            ) from error
        except (TelegramError, TimeoutError) as error:
            log.warning("telegram.away", error=type(error).__name__)
        self._listening = asyncio.create_task(self._listen(), name="telegram")

    async def stop(self) -> None:
        """Listen no more; a webhook stays set, so that nothing is lost until the next start."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        try:
            await self._bot.shutdown()
        except TelegramError as error:
            log.warning("telegram.away", error=type(error).__name__)

    def router(self) -> APIRouter | None:
        """The webhook's route, where one is wanted."""
        if not self.settings.webhook:
            return None
        router = APIRouter(include_in_schema=False)
        router.post(HOOK)(self.hook)
        return router

    async def hook(self, request: Request) -> Response:
        """One update that Telegram sends us. 200 only once the inbox has it."""
        given = request.headers.get(SIGNED_BY, "").encode()
        if not hmac.compare_digest(given, self.settings.secret.encode()):
            raise Refused(401, "Unauthorized", "This address is for Telegram only.")
        try:
            update = Update.de_json(await request.json(), self._bot)
            found = read_update(update)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused(400, "Not an update", "This is no update of Telegram's.") from error
        await self._take(found)
        return Response(status_code=200)

    async def deliver(self, delivery: Delivery) -> None:
        """Send one reply; see `TelegramSending.deliver`."""
        await self._sending.deliver(delivery)

    async def typing(self, address: str) -> None:
        """Show "typing"; it fades by itself."""
        try:
            await self._bot.send_chat_action(int(address), "typing")
        except TelegramError as error:
            log.info("telegram.typing", error=type(error).__name__)

    async def hide(self, address: str) -> None:
        """Delete what stands in the chat, of both sides, as far as it is known."""
        await self._sending.view.hide(int(address))

    async def _listen(self) -> None:
        """Set up and poll, for ever; what fails is tried again at a growing distance."""
        pause, ready = self.settings.pause, False
        while True:
            try:
                if not ready:
                    await self._set_up()
                    ready = True
                if self.settings.webhook:
                    return
                await self._poll()
                pause = self.settings.pause
            except (InvalidToken, Forbidden):
                log.error("telegram.token_refused")
                return
            except Conflict:
                log.error("telegram.another_program_polls_with_this_token")
                ready = False
                await asyncio.sleep(self.settings.pause_at_most)
            except Exception as error:  # noqa: BLE001 - a bad minute must not end the listening
                log.warning("telegram.away", error=type(error).__name__, wait=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, self.settings.pause_at_most)

    async def _set_up(self) -> None:
        await self._bot.initialize()
        said = [BotCommand(name, self._words.text(line, name)) for name, line in COMMANDS.items()]
        await self._bot.set_my_commands(said)
        if self.settings.webhook:
            assert self.settings.public_url is not None
            await self._bot.set_webhook(
                self.settings.public_url.rstrip("/") + HOOK,
                # One connection, so that a person's messages come in their order.
                max_connections=1,
                allowed_updates=list(ALLOWED),
                secret_token=self.settings.secret,
            )
        else:
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def _poll(self) -> None:
        updates = await self._bot.get_updates(
            offset=self._offset,
            timeout=self.settings.poll_seconds,
            allowed_updates=list(ALLOWED),
        )
        for update in sorted(updates, key=lambda one: one.update_id):
            await self._take(read_update(update))
            # An update that comes again must not turn the offset back.
            self._offset = max(self._offset or 0, update.update_id + 1)

    async def _take(self, found: Read) -> None:
        if found.callback_id is not None:
            await self._stop_the_spinner(found.callback_id)
        if found.kind == "blocked":
            await self._reception.lost(self, str(found.chat), "blocked")
        elif found.kind == "joined_group":
            await self._leave(found)
        elif found.kind in ("text", "command", "press"):
            if found.kind == "text" and found.message_id:
                self._sending.view.shows(found.chat, found.message_id)
            await self._hand_on(found)
        elif found.kind in ("edited", "wordless"):
            await self._without_plain_words(found)

    async def _without_plain_words(self, found: Read) -> None:
        """A picture, a voice, an edit: words that came with it are read like any others."""
        edited = found.kind == "edited"
        if self._reception.is_urgent(found.text) or (found.text and not edited):
            await self._hand_on(found)
            return
        line = "channel.edited" if edited else found.line or "channel.other"
        await self._reception.say(self, str(found.chat), line)

    async def _hand_on(self, found: Read) -> None:
        accepted = await self._reception.take(
            self,
            InboundMessage(
                channel=NAME,
                address=str(found.chat),
                provider_id=f"{self._bot.token.partition(':')[0]}:{found.update_id}",
                text=found.text,
                at=self._reception.now(),
                button=found.button,
                command=found.command,
                title=found.title,
            ),
        )
        if found.rows and accepted is not None and not accepted.duplicate:
            await self._sending.mark_pressed(found)

    async def _leave(self, found: Read) -> None:
        """In a group others would read along: say so, and go."""
        await self._reception.say(self, str(found.chat), "channel.private_only", wait=True)
        try:
            await self._bot.leave_chat(found.chat)
        except TelegramError as error:
            log.info("telegram.group", error=type(error).__name__)

    async def _stop_the_spinner(self, callback_id: str) -> None:
        try:
            await self._bot.answer_callback_query(callback_id, read_timeout=SOON)
        except TelegramError as error:
            # Too old to be answered; the press itself still counts.
            log.info("telegram.callback", error=type(error).__name__)
