"""Who a browser is: a random address in a signed cookie, made here and nowhere else."""

from __future__ import annotations

import hashlib
import secrets

from itsdangerous import BadSignature, URLSafeSerializer


class ForgedIdentity(Exception):
    """The cookie was not made by this installation."""


class Identity:
    """Makes and reads the cookie's value."""

    def __init__(self, key: str) -> None:
        self._serializer = URLSafeSerializer(key, salt="belay.visitor")

    def new(self) -> tuple[str, str]:
        """A fresh address and the cookie value for it."""
        address = secrets.token_urlsafe(18)
        return address, str(self._serializer.dumps(address))

    def read(self, value: str) -> str:
        """The address of a cookie value.

        Raises:
            ForgedIdentity: it was changed or made elsewhere.
        """
        try:
            return str(self._serializer.loads(value))
        except BadSignature as error:
            raise ForgedIdentity("this cookie was not made here") from error


def conversation_key(channel: str, address: str) -> str:
    """The id of the conversation at an address; the same before and after its first message."""
    return hashlib.sha256(f"{channel}\0{address}".encode()).hexdigest()[:32]
