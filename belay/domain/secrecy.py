"""Words and PINs against onlookers: only their hashes are kept and compared."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta

from belay.domain.client import Secrecy

PIN = re.compile(r"\d{4,8}")
WORD_LENGTH = range(3, 41)
MISSES = 5
LOCKED_FOR = timedelta(minutes=15)
_COST = {"n": 2**14, "r": 8, "p": 1}


def folded(text: str) -> str:
    """A message as it is compared: no case, no marks at the ends, single spaces."""
    return " ".join(text.casefold().replace("\u2019", "'").strip(" .,!?").split())


def word_hash(word: str, client_id: str) -> str:
    """What is kept of a client's own word. Not secret against the operator; it is no password."""
    return hashlib.sha256(f"{client_id}\0{folded(word)}".encode()).hexdigest()


def says_word(text: str, kept: str | None, client_id: str) -> bool:
    """Whether a whole message is the word that is kept."""
    if kept is None or len(text) > 2 * WORD_LENGTH.stop:
        return False
    return hmac.compare_digest(word_hash(text, client_id), kept)


def pin_hash(pin: str) -> str:
    """A salted, slow hash of a PIN."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_slow(pin, salt)}"


class PinLocked(Exception):
    """Too many wrong PINs; nothing is compared until a time."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many wrong PINs")
        self.until = until


def opens(secrecy: Secrecy, pin: str, now: datetime) -> bool:
    """Whether a PIN is right. Counts what is wrong, and locks after five in a row.

    Raises:
        PinLocked: it was locked before; the PIN was not looked at.
    """
    if secrecy.locked_until is not None and now < secrecy.locked_until:
        raise PinLocked(secrecy.locked_until)
    secrecy.locked_until = None
    salt, _, kept = (secrecy.pin or "").partition("$")
    right = bool(kept) and hmac.compare_digest(_slow(pin.strip(), bytes.fromhex(salt)), kept)
    if right:
        secrecy.missed = 0
        return True
    secrecy.missed += 1
    if secrecy.missed >= MISSES:
        secrecy.missed, secrecy.locked_until = 0, now + LOCKED_FOR
    return False


def _slow(pin: str, salt: bytes) -> str:
    return hashlib.scrypt(pin.encode(), salt=salt, **_COST, dklen=32).hex()
