"""Buttons on the wire: signed opaque values out, presses in; typed numbers and titles too."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence

from itsdangerous import BadSignature, URLSafeSerializer

from belay.domain.reply import Button
from belay.domain.turn import Press

SHORT = 64  # bytes that Telegram allows for what a button carries
_SHORT_MARK = "~"
_TAG_BYTES = 6
# Ways to ask for a thing politely. What denies ("don't"), asks why or names anybody stays.
_ASKING = re.compile(
    r"(?:(?:can|could|may|might|shall) (?:we|i)(?: have)?|(?:can|could|would) you|let'?s|let us"
    r"|i(?:'d| would) (?:like|love|prefer|rather)(?: to)?"
    r"|i (?:just |only |really )?(?:want|need|wanna)(?: to)?"
    r"|i think|please|maybe|perhaps|just|really|rather|simply|ok(?:ay)?|well|um+|h+m+|oh|hey|so"
    r"|then|first)\b,? ?"
)
_THANKS = re.compile(
    r",? (?:please|thanks|thank you|maybe|perhaps|then|instead|first|if (?:that|it)'?s ok(?:ay)?"
    r"|if possible|for (?:a (?:bit|while|moment|minute)|once))$"
)
MOST_POLITE_WORDS = 10
# "Maybe no" is no answer to a question of safety, and nothing is agreed to or deleted with a maybe.
WORD_FOR_WORD = ("step.gate:", "safety.", "practice.unsafe:", "consent.", "delete.")
_NUMBER = re.compile(r"\s*#?(\d{1,2})[.)]?\s*")


class BadButton(Exception):
    """A value that this installation did not sign for this conversation."""


class ButtonSigner:
    """Signs what a button does, for one conversation and one set of buttons."""

    def __init__(self, key: str) -> None:
        self._serializer = URLSafeSerializer(key, salt="belay.button")
        self._short_key = hashlib.sha256(f"belay.button.short\0{key}".encode()).digest()

    def sign(self, button: Button, conversation_id: str, serial: int) -> str:
        """The opaque value of a button."""
        return str(
            self._serializer.dumps(
                {"p": button.press, "t": button.title, "c": conversation_id[:12], "n": serial}
            )
        )

    def sign_short(self, button: Button, conversation_id: str, serial: int) -> str:
        """A value of at most 64 bytes. It holds no title: the channel tells what was pressed.

        Raises:
            ValueError: the press is too long; such a button has to be shortened in content/.
        """
        body = f"{serial:x}.{button.press}"
        value = f"{_SHORT_MARK}{self._tag(body, conversation_id)}{body}"
        if len(value.encode()) > SHORT:
            raise ValueError(f"the press {button.press!r} is too long for a button")
        return value

    def read(self, value: str, conversation_id: str) -> tuple[Press, int]:
        """The press of a value with the serial of its set. Short values have no title.

        Raises:
            BadButton: forged, damaged, or another conversation's.
        """
        if value.startswith(_SHORT_MARK):
            return self._read_short(value[1:], conversation_id)
        try:
            data = self._serializer.loads(value)
            if data["c"] != conversation_id[:12]:
                raise BadButton("this button belongs to another conversation")
            return Press(str(data["p"]), str(data["t"])), int(data["n"])
        except (BadSignature, KeyError, TypeError, ValueError) as error:
            raise BadButton("this button was not made here") from error

    def _read_short(self, value: str, conversation_id: str) -> tuple[Press, int]:
        length = _TAG_BYTES * 4 // 3
        tag, body = value[:length], value[length:]
        serial, _, press = body.partition(".")
        known = hmac.compare_digest(tag.encode(), self._tag(body, conversation_id).encode())
        if not known or not press:
            raise BadButton("this button was not made here, or is another conversation's")
        return Press(press, ""), int(serial, 16)

    def _tag(self, body: str, conversation_id: str) -> str:
        made = hmac.digest(self._short_key, f"{conversation_id}\0{body}".encode(), "sha256")
        return base64.urlsafe_b64encode(made[:_TAG_BYTES]).decode()


def plain_title(text: str) -> str:
    """A title as people type it: without case, outer marks and double spaces."""
    return " ".join(text.casefold().replace("\u2019", "'").strip(" .!?").split())


def without_politeness(title: str) -> str:
    """A plain title without what only makes it polite: "can we just talk please" is "talk".

    Where nothing else is left, it is the title as it was.
    """
    rest, before = title, ""
    while rest != before:
        before = rest
        rest = _THANKS.sub("", _ASKING.sub("", rest, count=1) if _ASKING.match(rest) else rest)
    return rest.strip(" ,.!?") or title


def typed_press(text: str, buttons: Sequence[Button], *, numbers: bool) -> Press | None:
    """The button that a typed text names by its title or, where allowed, by its number.

    The title may be asked for politely, as long as nothing else is said and only one button fits.
    """
    said = plain_title(text)
    for button in buttons:
        if said and said == plain_title(button.title):
            return Press(button.press, button.title)
    if len(said.split()) <= MOST_POLITE_WORDS:
        core = without_politeness(said)
        named = [one for one in buttons if core == without_politeness(plain_title(one.title))]
        if core and len(named) == 1 and not named[0].press.startswith(WORD_FOR_WORD):
            return Press(named[0].press, named[0].title)
    number = _NUMBER.fullmatch(text)
    if numbers and number is not None and 1 <= int(number[1]) <= len(buttons):
        button = buttons[int(number[1]) - 1]
        return Press(button.press, button.title)
    return None
