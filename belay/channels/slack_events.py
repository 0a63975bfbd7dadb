"""What a Slack payload means for Belay. Reads only; nothing here answers or stores.

Shapes: https://docs.slack.dev/reference/events/message,
https://docs.slack.dev/reference/interaction-payloads/block_actions-payload,
https://docs.slack.dev/interactivity/implementing-slash-commands
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from belay.channels.slack_order import Stamp, stamp_of
from belay.channels.slack_text import plain, without_mention

Kind = Literal["text", "command", "press", "edited", "wordless", "mentioned", "nothing"]

# Kinds of message that hold a person's own words; all others are notes by Slack.
OWN_WORDS = ("", "file_share", "me_message", "thread_broadcast")
# What an attached file is, by the beginning of its media type.
FILES = {
    "image/": "channel.picture",
    "video/": "channel.picture",
    "audio/": "channel.voice",
}
OTHER_FILE = "channel.file"
OTHER = "channel.other"

COMMAND = "/belay"
# Words after /belay that are presses of Belay's own.
COMMANDS = {
    "delete": "delete.ask",
    "export": "export.yes",
    "privacy": "privacy.show",
    "link": "link.code",
    "devices": "link.show",
}
HELP = "help now"
GREETING = "hello"
# Stands before the button that was pressed: Slack itself shows no trace of a press.
CHOSEN = "\u2713 "
_LINK = re.compile(r"link\s+([A-Za-z0-9 -]{6,24})", re.IGNORECASE)


@dataclass(frozen=True)
class Read:
    """One payload, read. `provider_id` is the same when Slack delivers it again.

    `stamp` says when a person wrote or pressed; a command has none.
    """

    kind: Kind
    provider_id: str = ""
    user: str = ""
    channel: str = ""
    text: str = ""
    command: str | None = None
    button: str | None = None
    title: str = ""
    line: str | None = None
    thread: str | None = None
    message: str = ""
    blocks: tuple[Mapping[str, Any], ...] = ()
    stamp: Stamp | None = None


NOTHING = Read("nothing")


def read_payload(body: Mapping[str, Any], bot_user: str = "") -> Read:
    """What one payload is about; "nothing" for all that is not between a person and the bot."""
    try:
        if body.get("type") == "event_callback":
            return _event(_team(body), body["event"], bot_user)
        if body.get("type") == "block_actions":
            return _press(_team(body), body)
        if body.get("command"):
            return _command(_team(body), body)
    except (KeyError, TypeError, AttributeError, IndexError):
        return NOTHING
    return NOTHING


def teams(body: Mapping[str, Any]) -> set[str]:
    """Every workspace that a payload names as the one where the app is installed."""
    team, granted = body.get("team"), body.get("authorizations")
    named = [body.get("team_id"), body.get("context_team_id")]
    named.append(team.get("id") if isinstance(team, Mapping) else None)
    for one in granted if isinstance(granted, list) else ():
        named.append(one.get("team_id") if isinstance(one, Mapping) else None)
    return {one for one in named if isinstance(one, str)}


def _team(body: Mapping[str, Any]) -> str:
    team = body.get("team") or {}
    return str(body.get("team_id") or team["id"])


def _event(team: str, event: Mapping[str, Any], bot_user: str) -> Read:
    kind = event.get("type")
    if kind == "message" and event.get("channel_type") == "im":
        return _message(team, event)
    if kind == "app_mention" and not event.get("bot_id") and not event.get("edited"):
        return Read(
            "mentioned",
            f"{team}:{event['channel']}:{event['ts']}",
            _person(event),
            _id(event["channel"]),
            text=plain(without_mention(_words(event), bot_user)),
            thread=event.get("thread_ts"),
        )
    return NOTHING


def _message(team: str, event: Mapping[str, Any]) -> Read:
    channel, subtype = _id(event["channel"]), event.get("subtype") or ""
    if subtype == "message_changed":
        return _changed(team, channel, event)
    if subtype not in OWN_WORDS or event.get("bot_id") or event.get("hidden"):
        return NOTHING
    text, files = plain(_words(event)), event.get("files") or []
    line = _file_line(files[0]) if files else None if text else OTHER
    return Read(
        "wordless" if line else "text",
        f"{team}:{channel}:{event['ts']}",
        _person(event),
        channel,
        text=text,
        line=line,
        thread=event.get("thread_ts"),
        stamp=stamp_of(event["ts"]),
    )


def _changed(team: str, channel: str, event: Mapping[str, Any]) -> Read:
    """An edit by a person; Slack also calls it a change when it adds a link's preview."""
    new, old = event["message"], event.get("previous_message") or {}
    edited = new.get("edited") or {}
    if new.get("bot_id") or not edited or _words(new) == _words(old):
        return NOTHING
    return Read(
        "edited",
        f"{team}:{channel}:{new['ts']}:{edited.get('ts', '')}",
        _person(new),
        channel,
        text=plain(_words(new)),
        thread=new.get("thread_ts"),
        stamp=stamp_of(edited.get("ts")),
    )


def _press(team: str, body: Mapping[str, Any]) -> Read:
    action, channel = body["actions"][0], _id(body["channel"]["id"])
    message = body.get("message") or {}
    value = action.get("value")
    if action.get("type") != "button" or not value or not channel.startswith("D"):
        return NOTHING
    shown = str(message.get("ts") or "")
    return Read(
        "press",
        f"{team}:{channel}:{shown}:{action['action_ts']}",
        _id(body["user"]["id"]),
        channel,
        button=str(value),
        title=plain(str(action["text"]["text"])).removeprefix(CHOSEN),
        message=shown,
        blocks=tuple(message.get("blocks") or ()),
        stamp=stamp_of(action["action_ts"]),
    )


def _command(team: str, body: Mapping[str, Any]) -> Read:
    """`/belay` with a word after it; all but the few names is read as if typed."""
    said = " ".join(str(body.get("text") or "").split())
    code = _LINK.fullmatch(said)
    command = f"link.use:{code[1]}" if code else COMMANDS.get(said.lower())
    if command is None:
        said = HELP if said.lower() == "help" else plain(said) or GREETING
    return Read(
        "command" if command else "text",
        f"{team}:command:{body['trigger_id']}",
        _id(body["user_id"]),
        _id(body["channel_id"]),
        text="" if command else said,
        command=command,
        title=COMMAND if command else "",
    )


def _person(event: Mapping[str, Any]) -> str:
    user = _id(event["user"])
    if user == "USLACKBOT":
        raise KeyError(user)
    return user


def _id(value: object) -> str:
    """An id of Slack's: letters and digits.

    Raises:
        KeyError: it is none.
    """
    if not isinstance(value, str) or not value.isalnum() or len(value) > 30:
        raise KeyError("id")
    return value


def _words(event: Mapping[str, Any]) -> str:
    text = event.get("text")
    return text if isinstance(text, str) else ""


def _file_line(file: Mapping[str, Any]) -> str:
    media = str(file.get("mimetype") or "")
    return next((line for start, line in FILES.items() if media.startswith(start)), OTHER_FILE)
