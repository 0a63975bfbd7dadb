"""Replies as Slack messages: plain text and Block Kit buttons, without link previews.

Limits: https://docs.slack.dev/reference/block-kit/blocks (a section holds 3,000 characters, a
button's title 75, its value 2,000, a row of actions 25 elements).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from belay.channels.slack_errors import FAILURES, NOBODY, code, undeliverable
from belay.channels.slack_events import CHOSEN, Read
from belay.channels.slack_files import SlackFiles
from belay.channels.slack_text import escaped
from belay.domain.reply import Button
from belay.gateway.buttons import ButtonSigner
from belay.gateway.channel import Capabilities, Delivery
from belay.gateway.render import Rendered, render, shortened

log = structlog.get_logger("belay.slack")

SECTION = 3000
CAPABILITIES = Capabilities(
    buttons=True, pictures=True, files=True, longest_text=SECTION, longest_title=75
)
ROW = 25
REMEMBERED = 10_000


class SlackSending:
    """Sends one delivery; a try that failed half way goes on where it stopped."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        signer: ButtonSigner,
        labels: Mapping[str, Any],
        public_url: str | None,
        files: SlackFiles,
    ) -> None:
        self._client = client
        self._signer = signer
        self._labels = labels
        self._public_url = public_url
        self._files = files
        self._done: OrderedDict[str, int] = OrderedDict()
        self._chats: OrderedDict[str, str] = OrderedDict()

    def met(self, user: str, channel: str) -> None:
        """Remember a person's direct message channel, which they just used."""
        _remember(self._chats, user, channel)

    def chat_of(self, user: str) -> str | None:
        """A person's direct message channel, where it is known."""
        return self._chats.get(user)

    async def deliver(self, delivery: Delivery) -> None:
        """Send every part of a reply.

        Raises:
            Undeliverable: as `Channel.deliver` says.
        """
        rendered = render(
            delivery.reply, CAPABILITIES, labels=self._labels, public_url=self._public_url
        )
        user = delivery.address.rpartition("/")[2]
        try:
            await self._send(delivery, rendered, user)
        except FAILURES as error:
            if code(error) in NOBODY and user in self._chats:
                # The channel that was remembered may be the wrong one: ask for it once more.
                del self._chats[user]
                await self.deliver(delivery)
                return
            raise undeliverable(error) from error
        self._done.pop(delivery.key, None)

    async def whisper(self, channel: str, user: str, text: str, thread: str | None) -> None:
        """Say something in a channel that only one person sees; a try, no promise."""
        try:
            await self._client.chat_postEphemeral(
                channel=channel, user=user, text=escaped(text), thread_ts=thread
            )
        except FAILURES as error:
            log.info("slack.whisper", error=code(error))

    async def in_thread(self, channel: str, thread: str, text: str) -> None:
        """Say something in a thread of a direct message; a try, no promise."""
        try:
            await self._client.chat_postMessage(
                channel=channel, thread_ts=thread, text=escaped(text), mrkdwn=False
            )
        except FAILURES as error:
            log.info("slack.thread", error=code(error))

    async def mark_pressed(self, found: Read) -> None:
        """Show on the message which button was pressed; the others stay as they are."""
        try:
            await self._client.chat_update(
                channel=found.channel,
                ts=found.message,
                text=_first_text(found.blocks),
                blocks=[_marked(block, found.button) for block in found.blocks],
            )
        except FAILURES as error:
            # Too old to be changed, or too many at once; the press counts all the same.
            log.info("slack.mark", error=code(error))

    async def _send(self, delivery: Delivery, rendered: Rendered, user: str) -> None:
        chat = self._chats.get(user) or await self._open(user)
        last = len(rendered.parts) - 1
        for place, part in enumerate(rendered.parts):
            if place < self._done.get(delivery.key, 0):
                continue
            buttons = rendered.buttons if place == last else ()
            await self._client.chat_postMessage(
                channel=chat,
                text=escaped(part),
                blocks=[_section(part), *self._rows(delivery, buttons)],
                # A preview would fetch the link: the one to a client's data works only once.
                unfurl_links=False,
                unfurl_media=False,
            )
            _remember(self._done, delivery.key, place + 1)
        if rendered.picture is not None:
            await self._files.send_picture(chat, rendered.picture)
        if rendered.download is not None:
            await self._files.send_data(chat, rendered.download, delivery.key)

    async def _open(self, user: str) -> str:
        opened = await self._client.conversations_open(users=user)
        chat = str(opened["channel"]["id"])
        self.met(user, chat)
        return chat

    def _rows(self, delivery: Delivery, buttons: tuple[Button, ...]) -> list[dict[str, Any]]:
        made = [
            {
                "type": "button",
                "action_id": f"belay-{place}",
                "text": _words(shortened(button.title, CAPABILITIES.longest_title)),
                "value": self._signer.sign(button, delivery.conversation_id, delivery.serial),
            }
            for place, button in enumerate(buttons)
        ]
        return [
            {"type": "actions", "elements": made[start : start + ROW]}
            for start in range(0, len(made), ROW)
        ]


def _section(part: str) -> dict[str, Any]:
    """Plain text, which Slack leaves as it is; an address needs markup to be a link."""
    marked = escaped(part)
    if ("https://" in part or "http://" in part) and len(marked) <= SECTION:
        return {"type": "section", "text": {"type": "mrkdwn", "text": marked}}
    return {"type": "section", "text": _words(part)}


def _words(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _marked(block: Mapping[str, Any], pressed: str | None) -> dict[str, Any]:
    if block.get("type") != "actions":
        return dict(block)
    elements = []
    for one in block.get("elements", ()):
        title = str(one["text"]["text"]).removeprefix(CHOSEN)
        mark = CHOSEN if one.get("value") == pressed else ""
        shown = shortened(mark + title, CAPABILITIES.longest_title)
        elements.append({**one, "text": {**one["text"], "text": shown}})
    return {**block, "elements": elements}


def _first_text(blocks: tuple[Mapping[str, Any], ...]) -> str:
    return next((str(one["text"]["text"]) for one in blocks if one.get("type") == "section"), "")


def _remember(known: OrderedDict[str, Any], name: str, value: object) -> None:
    known[name] = value
    known.move_to_end(name)
    while len(known) > REMEMBERED:
        known.popitem(last=False)
