"""Erasure through a running Belay, which holds things in memory as well."""

from __future__ import annotations

import httpx

from belay.running import CannotStart
from belay.secrets_file import load_secrets
from belay.settings import Settings


def erase_in_running(settings: Settings, url: str, client_id: str) -> bool:
    """Ask the running Belay to erase a client. False when there is none with this id.

    Raises:
        CannotStart: it did not answer; nothing was erased.
    """
    token = load_secrets(settings.home / "secrets.json").local
    try:
        with httpx.Client(timeout=30, trust_env=False) as http:
            answer = http.post(
                f"{url}/local/erase",
                json={"client_id": client_id},
                headers={"Authorization": f"Bearer {token}"},
            )
        answer.raise_for_status()
        return bool(answer.json()["erased"])
    except httpx.HTTPError as error:
        raise CannotStart(
            f"Belay runs at {url} but did not erase ({type(error).__name__}). "
            "Nothing was erased; stop Belay and run `belay erase` again."
        ) from error
