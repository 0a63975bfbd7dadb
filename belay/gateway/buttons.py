"""Buttons on the wire: signed opaque values out, presses in; typed numbers and titles too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from itsdangerous import BadSignature, URLSafeSerializer

from belay.domain.reply import Button
from belay.domain.turn import Press

_NUMBER = re.compile(r"\s*#?(\d{1,2})[.)]?\s*")


class BadButton(Exception):
    """A value that this installation did not sign for this conversation."""


class ButtonSigner:
    """Signs what a button does, for one conversation and one set of buttons."""

    def __init__(self, key: str) -> None:
        self._serializer = URLSafeSerializer(key, salt="belay.button")

    def sign(self, button: Button, conversation_id: str, serial: int) -> str:
        """The opaque value of a button."""
        return str(
            self._serializer.dumps(
                {"p": button.press, "t": button.title, "c": conversation_id[:12], "n": serial}
            )
        )

    def read(self, value: str, conversation_id: str) -> tuple[Press, int]:
        """The press of a value with the serial of its set.

        Raises:
            BadButton: forged, damaged, or another conversation's.
        """
        try:
            data = self._serializer.loads(value)
            if data["c"] != conversation_id[:12]:
                raise BadButton("this button belongs to another conversation")
            return Press(str(data["p"]), str(data["t"])), int(data["n"])
        except (BadSignature, KeyError, TypeError, ValueError) as error:
            raise BadButton("this button was not made here") from error


def plain_title(text: str) -> str:
    """A title as people type it: without case, outer marks and double spaces."""
    return " ".join(text.casefold().replace("\u2019", "'").strip(" .!?").split())


def typed_press(text: str, buttons: Sequence[Button], *, numbers: bool) -> Press | None:
    """The button that a typed text names by its title or, where allowed, by its number."""
    said = plain_title(text)
    for button in buttons:
        if said and said == plain_title(button.title):
            return Press(button.press, button.title)
    number = _NUMBER.fullmatch(text)
    if numbers and number is not None and 1 <= int(number[1]) <= len(buttons):
        button = buttons[int(number[1]) - 1]
        return Press(button.press, button.title)
    return None
