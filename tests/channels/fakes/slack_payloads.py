"""Payloads as Slack sends them, and how it signs its requests.

Shapes: https://docs.slack.dev/reference/events/message.im,
https://docs.slack.dev/reference/interaction-payloads/block_actions-payload,
https://docs.slack.dev/interactivity/implementing-slash-commands
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from typing import Any
from urllib.parse import urlencode

TEAM, BOT, APP = "T061EG9R6", "U0BELAY", "A012ABCD0A0"
BOT_TOKEN = "xoxb-263594206564-2343594206574-FGqddMF8t08v8N7Oq4i57vs1"
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


class Payloads:
    """Makes payloads for one app in one workspace."""

    def __init__(self) -> None:
        self.uploads: dict[str, bytes] = {}
        self.opened: set[str] = set()
        self._stamps = itertools.count(1)
        self._at = ""

    def stamp(self) -> str:
        return f"1772452800.{next(self._stamps):06d}"

    def chat(self, user: str) -> str:
        """A person's direct message channel with the app."""
        return f"D{user[1:]}"

    def event(self, event: dict[str, Any], team: str = TEAM) -> dict[str, Any]:
        number = next(self._stamps)
        return {
            "token": "ZZZZZZWSxiZZZ2yIvs3peJ",
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{number:08d}",
            "event_time": 1772452800,
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team,
                    "user_id": BOT,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-event-context-{number}",
        }

    def message(self, user: str, text: str, **more: Any) -> dict[str, Any]:
        """A message of a person in their direct message channel."""
        ts = self.stamp()
        self.opened.add(self.chat(user))
        return {
            "type": "message",
            "channel": self.chat(user),
            "user": user,
            "text": text,
            "ts": ts,
            "event_ts": ts,
            "channel_type": "im",
            "team": TEAM,
            "client_msg_id": f"00000000-0000-4000-8000-{ts[-6:]:0>12}",
            "blocks": [],
            **more,
        }

    def changed(self, user: str, old: str, new: str) -> dict[str, Any]:
        """A message that a person edited."""
        before = self.message(user, old)
        ts = self.stamp()
        return {
            "type": "message",
            "subtype": "message_changed",
            "message": {**before, "text": new, "edited": {"user": user, "ts": ts}},
            "previous_message": before,
            "channel": self.chat(user),
            "hidden": True,
            "ts": ts,
            "event_ts": ts,
            "channel_type": "im",
        }

    def mention(self, user: str, text: str, channel: str = "C0LAN2Q65") -> dict[str, Any]:
        ts = self.stamp()
        words = f"<@{BOT}> {text}"
        made = {"type": "app_mention", "user": user, "text": words, "ts": ts, "team": TEAM}
        return {**made, "channel": channel, "event_ts": ts, "blocks": []}

    def press(self, user: str, value: str, on: Any) -> dict[str, Any]:
        """A press of a button on a message that the app sent."""
        blocks = on.options.get("blocks", [])
        rows = [one["elements"] for one in blocks if one["type"] == "actions"]
        pressed = [one for row in rows for one in row if one["value"] == value]
        button = pressed[0] if pressed else {"action_id": "x", "text": {"text": "x"}}
        ts, channel = self.stamp(), self.chat(user)
        return {
            "type": "block_actions",
            "user": {"id": user, "username": user.lower(), "team_id": TEAM},
            "api_app_id": APP,
            "token": "ZZZZZZWSxiZZZ2yIvs3peJ",
            "container": {
                "type": "message",
                "message_ts": on.ts,
                "channel_id": channel,
                "is_ephemeral": False,
            },
            "trigger_id": f"12466734323.1395872398.{ts}",
            "team": {"id": TEAM, "domain": "subarachnoid"},
            "enterprise": None,
            "is_enterprise_install": False,
            "channel": {"id": channel, "name": "directmessage"},
            "message": {
                "bot_id": "B0BELAY",
                "type": "message",
                "text": on.text,
                "user": BOT,
                "ts": on.ts,
                "blocks": blocks,
            },
            "state": {"values": {}},
            "response_url": "https://hooks.slack.com/actions/T061EG9R6/0/0",
            "actions": [
                {**button, "type": "button", "block_id": "=qXel", "value": value, "action_ts": ts}
            ],
        }

    def command(self, user: str, text: str, channel: str | None = None) -> dict[str, Any]:
        where = channel or self.chat(user)
        return {
            "token": "ZZZZZZWSxiZZZ2yIvs3peJ",
            "team_id": TEAM,
            "team_domain": "subarachnoid",
            "channel_id": where,
            "channel_name": "directmessage" if where.startswith("D") else "general",
            "user_id": user,
            "user_name": user.lower(),
            "command": "/belay",
            "text": text,
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": "https://hooks.slack.com/commands/1234/5678",
            "trigger_id": f"13345224609.738474920.{self.stamp()}",
        }


def signed(payload: dict[str, Any], secret: str = SIGNING_SECRET, at: float | None = None) -> Any:
    """Body and headers of a request by Slack: JSON for events, a form for all else."""
    if payload.get("type") in ("event_callback", "url_verification"):
        body, kind = json.dumps(payload), "application/json"
    else:
        form = payload if "command" in payload else {"payload": json.dumps(payload)}
        body, kind = urlencode(form), "application/x-www-form-urlencoded"
    return body.encode(), {**signature(body, secret, at), "Content-Type": kind}


def signature(body: str, secret: str = SIGNING_SECRET, at: float | None = None) -> dict[str, str]:
    """The two headers that sign a body."""
    stamp = str(int(at if at is not None else time.time()))
    made = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={made}"}
