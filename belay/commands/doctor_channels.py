"""What `belay doctor` asks the providers: tokens, the webhook's state, and the time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from slack_sdk.web.async_client import AsyncWebClient

from belay.channels.slack_door import QUIET
from belay.channels.slack_errors import FAILURES, code
from belay.channels.slack_tokens import (
    FILES,
    SlackSettings,
    check_forms,
    socket_address,
    who_is,
)
from belay.channels.telegram import HOOK
from belay.commands.finding import Finding
from belay.gateway.channel import ChannelDown
from belay.settings import Settings

SECONDS = 10
# Slack's signatures and one-time codes bear five minutes; less is worth a word.
A_LITTLE, TOO_MUCH = 30, 240
MANY_WAITING = 100


async def at_providers(settings: Settings) -> AsyncIterator[Finding]:
    """Look at each channel that is switched on, and compare clocks with one of them."""
    async with httpx.AsyncClient(timeout=SECONDS) as http:
        address = None
        if settings.telegram_token:
            async for finding in _telegram(settings, http):
                yield finding
            address = settings.telegram_api
        if settings.slack_bot_token or settings.slack_app_token:
            async for finding in _slack(settings):
                yield finding
            address = address or settings.slack_api
        yield await _clock(http, address)


async def _telegram(settings: Settings, http: httpx.AsyncClient) -> AsyncIterator[Finding]:
    base = f"{settings.telegram_api.rstrip('/')}/bot{settings.telegram_token}"
    try:
        me = await _asked(http, f"{base}/getMe")
        if me is None:
            yield Finding(
                "Telegram",
                "broken",
                "Telegram does not accept BELAY_TELEGRAM_TOKEN",
                "copy it again from @BotFather (docs/telegram.md)",
            )
            return
        yield Finding("Telegram", "good", f"the token belongs to @{me.get('username')}")
        if me.get("can_join_groups"):
            yield Finding(
                "Telegram",
                "told",
                "the bot can be added to groups; it leaves them by itself",
                "@BotFather, /setjoingroups, Disable",
            )
        yield _webhook(settings, await _asked(http, f"{base}/getWebhookInfo") or {})
    except (httpx.HTTPError, ValueError) as error:
        # The error's own words hold the address, and with it the token.
        yield Finding("Telegram", "look", f"Telegram is away ({type(error).__name__})", "try again")


def _webhook(settings: Settings, info: dict[str, Any]) -> Finding:
    found, waiting = str(info.get("url") or ""), int(info.get("pending_update_count") or 0)
    wanted = ""
    if settings.telegram_webhook:
        if not (settings.public_url or "").startswith("https://"):
            remedy = "set BELAY_PUBLIC_URL, or turn BELAY_TELEGRAM_WEBHOOK off"
            return Finding("webhook", "broken", "a webhook needs a public https address", remedy)
        wanted = f"{str(settings.public_url).rstrip('/')}{HOOK}"
    if found != wanted:
        said = "a webhook is set, and Belay polls" if found else "no webhook is set, and one is due"
        if found and wanted:
            said = "the webhook that is set is not this Belay's"
        remedy = "start Belay: it sets this right, unless another program uses the bot"
        return Finding("webhook", "look", said, remedy)
    last, at = info.get("last_error_message"), info.get("last_error_date")
    if wanted and last:
        when = datetime.fromtimestamp(int(at or 0), UTC).strftime("%Y-%m-%d %H:%M UTC")
        remedy = "the address has to be reachable from outside, with a certificate that is valid"
        return Finding("webhook", "look", f"Telegram's last call failed ({when}): {last}", remedy)
    if waiting > MANY_WAITING:
        return Finding("webhook", "look", f"{waiting} messages wait at Telegram", "is Belay up?")
    return Finding("webhook", "good", "set" if wanted else "none, as long polling needs it")


async def _slack(settings: Settings) -> AsyncIterator[Finding]:
    given = SlackSettings(
        bot_token=settings.slack_bot_token or "",
        app_token=settings.slack_app_token,
        signing_secret=settings.slack_signing_secret,
        api=settings.slack_api,
    )
    client = AsyncWebClient(
        token=given.bot_token, base_url=given.api.rstrip("/") + "/", timeout=SECONDS, logger=QUIET
    )
    try:
        check_forms(given)
        who = await who_is(client)
        if who.may_send_files:
            said = "the bot's token is accepted, with all it may need to do"
            yield Finding("Slack", "good", said)
        else:
            yield Finding(
                "Slack",
                "look",
                f"the app may send no files ({FILES} is missing): progress comes without its "
                "picture, and export needs BELAY_PUBLIC_URL",
                "paste docs/slack-app-manifest.yaml into its manifest and install it again",
            )
        if given.app_token:
            await socket_address(client, given.app_token)
            yield Finding("Slack", "good", "the app's token opens a socket")
        else:
            said = "requests are expected at BELAY_PUBLIC_URL/slack/events"
            yield Finding("Slack", "told", said, "Slack's page for the app says if they arrive")
    except ChannelDown as error:
        yield Finding("Slack", "broken", str(error))
    except FAILURES as error:
        yield Finding("Slack", "look", f"Slack is away ({code(error)})", "try again")


async def _clock(http: httpx.AsyncClient, address: str | None) -> Finding:
    here = datetime.now(UTC)
    says = f"{here:%Y-%m-%d %H:%M:%S} UTC"
    if address is None:
        said = f"this computer says {says}; no channel is set to compare it with"
        return Finding("clock", "told", said)
    try:
        response = await http.head(address)
        there = parsedate_to_datetime(response.headers["Date"])
    except (httpx.HTTPError, KeyError, ValueError):
        return Finding("clock", "told", f"this computer says {says}; nobody answered to compare")
    wrong = abs((there - here).total_seconds())
    if wrong < A_LITTLE:
        return Finding("clock", "good", f"{says}, as at the provider")
    said = f"this computer says {says}, {wrong:.0f} seconds off"
    remedy = "let it be set by the network: timedatectl set-ntp true"
    return Finding("clock", "broken" if wrong > TOO_MUCH else "look", said, remedy)


async def _asked(http: httpx.AsyncClient, address: str) -> dict[str, Any] | None:
    """Telegram's answer, or None where it refuses the token.

    Raises:
        httpx.HTTPError, ValueError: it gave no answer of its own.
    """
    response = await http.get(address)
    if response.status_code in (401, 403, 404):
        return None
    response.raise_for_status()
    found: dict[str, Any] = response.json()["result"]
    return found
