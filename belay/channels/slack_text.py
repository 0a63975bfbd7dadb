"""Slack's notation of texts, read into plain words and written from them.

Rules: https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
import unicodedata

# <@U012>, <#C012|name>, <!here>, <https://example.org|title>
_REFERENCE = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_EMOJI = re.compile(r":([a-z0-9_+'-]{1,60}):(?::skin-tone-[2-6]:)?")
_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
SOMEONE = "someone"

# Slack's short names that are not Unicode's names; the rest is looked up by name.
_SHORT_NAMES = {
    "+1": "\U0001f44d",
    "thumbsup": "\U0001f44d",
    "-1": "\U0001f44e",
    "thumbsdown": "\U0001f44e",
    "ok_hand": "\U0001f44c",
    "wave": "\U0001f44b",
    "pray": "\U0001f64f",
    "heart": "\u2764\ufe0f",
    "broken_heart": "\U0001f494",
    "smile": "\U0001f604",
    "smiley": "\U0001f603",
    "grinning": "\U0001f600",
    "blush": "\U0001f60a",
    "joy": "\U0001f602",
    "wink": "\U0001f609",
    "slightly_smiling_face": "\U0001f642",
    "slightly_frowning_face": "\U0001f641",
    "disappointed": "\U0001f61e",
    "worried": "\U0001f61f",
    "cry": "\U0001f622",
    "sob": "\U0001f62d",
    "scream": "\U0001f631",
    "rage": "\U0001f621",
    "angry": "\U0001f620",
    "tired_face": "\U0001f62b",
    "weary": "\U0001f629",
    "sweat": "\U0001f613",
    "hugging_face": "\U0001f917",
    "white_check_mark": "\u2705",
    "x": "\u274c",
    "knife": "\U0001f52a",
    "hocho": "\U0001f52a",
    "gun": "\U0001f52b",
    "skull": "\U0001f480",
    "sos": "\U0001f198",
}


def plain(text: str) -> str:
    """What a person wrote, as they saw it; other people's ids become "someone"."""
    words = _EMOJI.sub(_sign, _REFERENCE.sub(_referred, text))
    for escaped, sign in _ESCAPED:
        words = words.replace(escaped, sign)
    return words.strip()


def escaped(text: str) -> str:
    """A text in which Slack finds no notation: no mention, no link but plain addresses."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def without_mention(text: str, user: str) -> str:
    """A text without the mention of one user, such as the bot itself."""
    return re.sub(rf"<@{re.escape(user)}(?:\|[^<>]*)?>", "", text).strip()


def _referred(found: re.Match[str]) -> str:
    kind, target, label = found[1], found[2], found[3]
    if kind == "@":
        return SOMEONE
    if kind == "#":
        return f"#{label}" if label else "#channel"
    if kind == "!":
        return label or f"@{target.partition('^')[0]}"
    return label or target.removeprefix("mailto:").removeprefix("tel:")


def _sign(found: re.Match[str]) -> str:
    name = found[1]
    if name in _SHORT_NAMES:
        return _SHORT_NAMES[name]
    try:
        sign = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return found[0]
    # Only signs: a letter's or a digit's name stays what it is.
    return sign if unicodedata.category(sign[0]) == "So" else found[0]
