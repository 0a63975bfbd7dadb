"""The link to Rasa, which is started after Belay and may be away."""

from __future__ import annotations

from belay.gateway.rasa_client import RasaClient, RasaUnavailable


class RasaLink:
    """The Rasa client in force; there is none until the process was started."""

    def __init__(self) -> None:
        self._client: RasaClient | None = None

    def __call__(self) -> RasaClient:
        """The client.

        Raises:
            RasaUnavailable: Rasa was not started yet.
        """
        if self._client is None:
            raise RasaUnavailable("not started")
        return self._client

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()

    def connect(self, client: RasaClient) -> None:
        """Use this client from now on."""
        self._client = client
