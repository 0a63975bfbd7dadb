"""The installation's secrets: made at the first start, in one file that only its owner reads."""

from __future__ import annotations

import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path


class SecretsUnusable(Exception):
    """The secrets file cannot be read. The message names the remedy."""


@dataclass(frozen=True)
class Secrets:
    """Keys for signing, and the token for programs on this machine."""

    signing: str
    local: str


def derived(key: str, purpose: str) -> str:
    """A secret for one purpose, made from a key: the same at every start, and no way back."""
    return hmac.digest(key.encode(), purpose.encode(), "sha256").hex()


def load_secrets(path: Path) -> Secrets:
    """Read the file, or make it (mode 0600) at the first start.

    Raises:
        SecretsUnusable: others may read it, or it is damaged.
    """
    if not path.exists():
        return _make(path)
    if path.stat().st_mode & 0o077:
        raise SecretsUnusable(
            f"{path} can be read by others on this machine. Run `chmod 600 {path}`."
        )
    try:
        return Secrets(**json.loads(path.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise SecretsUnusable(
            f"{path} is damaged. Restore it from a backup; removing it signs everybody out."
        ) from error


def _make(path: Path) -> Secrets:
    made = Secrets(signing=secrets.token_urlsafe(48), local=secrets.token_urlsafe(32))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(made), file)
    return made
