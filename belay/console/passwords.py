"""Passwords: which are taken, how they are hashed, how they are checked."""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
FEWEST_SIGNS = 5


class PasswordRefused(Exception):
    """The password is too easy to guess. The message says what would do."""


class Passwords:
    """Argon2id. Two at a time at most, as each hash takes 64 MB for a moment."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._room = threading.BoundedSemaphore(2)
        # Checked when there is no such account, so that the answer takes as long.
        self._decoy = self._hasher.hash("nobody has this password")

    def check_strength(self, password: str, name: str, email: str) -> None:
        """Refuse what is easy to guess.

        Raises:
            PasswordRefused: with a message for the one who chose it.
        """
        if len(password) < SHORTEST:
            raise PasswordRefused(
                f"This has {len(password)} characters. Use {SHORTEST} or more: four or five "
                "words that do not belong together are easy to keep and hard to guess."
            )
        if len(password) > LONGEST:
            raise PasswordRefused(f"Use {LONGEST} characters or fewer.")
        plain = password.casefold()
        if len(set(plain)) < FEWEST_SIGNS:
            raise PasswordRefused(
                "This repeats the same few characters. Four or five words that do not belong "
                "together are easy to keep and hard to guess."
            )
        own = [email.casefold(), email.partition("@")[0].casefold(), name.casefold()]
        if any(len(part) >= 4 and part in plain for part in own):
            raise PasswordRefused("Leave your name and address out of it.")

    def hash(self, password: str) -> str:
        """What is stored."""
        with self._room:
            return self._hasher.hash(_plain(password))

    def is_right(self, stored: str | None, password: str) -> bool:
        """Whether a password fits. Without a stored hash it works as long and says no."""
        with self._room:
            try:
                return self._hasher.verify(stored or self._decoy, _plain(password)) and bool(stored)
            except (VerificationError, InvalidHashError):
                return False

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with other costs than today's."""
        return self._hasher.check_needs_rehash(stored)


def _plain(password: str) -> str:
    # The same letters, typed on another keyboard, may arrive composed differently.
    return unicodedata.normalize("NFKC", password[: 4 * LONGEST])
