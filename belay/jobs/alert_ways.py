"""How an alert reaches people: by e-mail, by a webhook."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal

import httpx

from belay.jobs.alerts import Alert, Alerts, Way
from belay.settings import Settings
from belay.storage.alerts import AlertLog

SECONDS = 10.0


@dataclass(frozen=True)
class Smtp:
    """A mail server and how to speak with it."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: str
    user: str | None = None
    password: str | None = None


class ByEmail:
    """One plain message for each alert."""

    name = "email"

    def __init__(self, smtp: Smtp, to: str) -> None:
        self._smtp = smtp
        self._to = to

    def send(self, alert: Alert) -> None:
        """Send it, or raise what the mail server raised."""
        with self._connected() as server:
            if self._smtp.user is not None:
                server.login(self._smtp.user, self._smtp.password or "")
            server.send_message(self.message(alert))

    def message(self, alert: Alert) -> EmailMessage:
        """The e-mail: when, how urgent, where to look."""
        mail = EmailMessage()
        unread = " still unread" if alert.again else ""
        mail["Subject"] = f"Belay: safety event, tier {alert.tier},{unread or ' new'}"
        mail["From"], mail["To"] = self._smtp.sender, self._to
        mail["Date"] = format_datetime(alert.at)
        mail["Message-ID"] = f"<{alert.event_id}.{int(alert.again)}@belay.invalid>"
        mail.set_content(
            f"A safety event waits in the console: {alert.console}\n\n"
            f"Event {alert.event_id}\nTier {alert.tier}\n"
            f"At {alert.at.isoformat(timespec='seconds')}\n\n"
            "Belay has answered the client with help lines. This message holds nothing of what "
            "they wrote.\n"
        )
        return mail

    def _connected(self) -> smtplib.SMTP:
        given = self._smtp
        secure = ssl.create_default_context()
        if given.security == "tls":
            return smtplib.SMTP_SSL(given.host, given.port, timeout=SECONDS, context=secure)
        server = smtplib.SMTP(given.host, given.port, timeout=SECONDS)
        if given.security == "starttls":
            server.starttls(context=secure)
        return server


class ByWebhook:
    """One POST with a small JSON body for each alert."""

    name = "webhook"

    def __init__(self, url: str, transport: httpx.BaseTransport | None = None) -> None:
        self._url = url
        self._transport = transport

    def send(self, alert: Alert) -> None:
        """Post it, or raise for anything but a 2xx."""
        with httpx.Client(timeout=SECONDS, transport=self._transport) as http:
            http.post(self._url, json=alert.as_dict()).raise_for_status()


def make_alerts(settings: Settings, log: AlertLog) -> Alerts:
    """The alerts that the settings ask for; none where they name no way."""
    ways: list[Way] = []
    if settings.alert_email is not None:
        password = settings.smtp_password
        smtp = Smtp(
            host=settings.smtp_host,
            port=settings.smtp_port,
            security=settings.smtp_security,
            sender=settings.smtp_from,
            user=settings.smtp_user,
            password=password.get_secret_value() if password is not None else None,
        )
        ways.append(ByEmail(smtp, settings.alert_email))
    if settings.alert_webhook is not None:
        ways.append(ByWebhook(settings.alert_webhook))
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    again = timedelta(minutes=settings.alert_again_minutes)
    return Alerts(log, ways, again=again, console=f"{base.rstrip('/')}/console/safety")
