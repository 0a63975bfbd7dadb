"""Wires the channels that push, each only where its token is set. Part of `belay.bootstrap`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from belay.channels.push import Push
from belay.channels.telegram import TelegramSettings
from belay.channels.telegram_setup import add_telegram
from belay.content.load import Content
from belay.gateway.buttons import ButtonSigner
from belay.gateway.courier import CourierPace
from belay.gateway.gateway import Gateway
from belay.gateway.live import Live
from belay.gateway.picture import progress_picture
from belay.secrets_file import Secrets, derived
from belay.settings import Settings
from belay.storage.deliveries import Deliveries
from belay.storage.engine import Engine
from belay.storage.outbox import Outbox
from belay.storage.records import StoredDownloads, StoredRecords


def make_push(
    *,
    settings: Settings,
    secrets: Secrets,
    engine: Engine,
    content: Content,
    gateway: Gateway,
    outbox: Outbox,
    live: Live,
    signer: ButtonSigner,
    records: StoredRecords,
    clock: Callable[[], datetime],
    pace: CourierPace | None = None,
) -> Push:
    """The push channels that the settings ask for. Starts nothing."""
    push = Push(
        gateway=gateway,
        deliveries=Deliveries(engine),
        outbox=outbox,
        live=live,
        signer=signer,
        words=content.words,
        labels=content.widget_labels,
        clock=clock,
        public_url=settings.public_url,
        pace=pace,
        picture=lambda card: progress_picture(card, content.widget_labels),
        data=own_data(StoredDownloads(engine), records, clock),
    )
    if settings.telegram_token:
        add_telegram(
            push,
            TelegramSettings(
                token=settings.telegram_token,
                webhook=settings.telegram_webhook,
                public_url=settings.public_url,
                secret=derived(secrets.signing, "telegram"),
                api=settings.telegram_api,
            ),
        )
    if settings.slack_bot_token or settings.slack_app_token:
        # Imported only here: its libraries take a second that others need not wait.
        from belay.channels.slack import add_slack
        from belay.channels.slack_tokens import SlackSettings

        add_slack(
            push,
            SlackSettings(
                bot_token=settings.slack_bot_token or "",
                app_token=settings.slack_app_token,
                signing_secret=settings.slack_signing_secret,
                api=settings.slack_api,
            ),
        )
    return push


def undelivered(push: Push) -> list[str]:
    """What the console says about replies that did not arrive."""
    return [
        f"{one.failed} replies did not arrive on {one.channel} in the last 24 hours. "
        "`belay doctor` looks at the connection; the log has the reasons."
        for one in push.troubles()
        if one.failed
    ]


def own_data(
    downloads: StoredDownloads, records: StoredRecords, clock: Callable[[], datetime]
) -> Callable[[str], bytes | None]:
    """A client's data as a file, for channels where no browser reaches Belay's own address."""

    def data(url: str) -> bytes | None:
        client_id = downloads.take(url.rsplit("/", 1)[-1], clock())
        if client_id is None:
            return None
        found: dict[str, Any] = records.export(client_id)
        return json.dumps(found, indent=2, ensure_ascii=False).encode()

    return data
