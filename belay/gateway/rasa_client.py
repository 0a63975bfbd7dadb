"""Asking Rasa: one turn or one parse, over loopback with a token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from belay.domain.floor import Verdict
from belay.domain.turn import Entity, Press, Turn, Understood


class RasaUnavailable(Exception):
    """Rasa is not there, not ready, or too slow. The message stays in the inbox."""


class TurnFailed(Exception):
    """The turn went wrong on the way: nothing of it may be kept, and it may go wrong again."""


# Rasa's word that this request, as it is, will not do: it is no use to wait for another Rasa.
NO_USE = (400, 413, 422, 500)


@dataclass(frozen=True)
class Reading:
    """What Rasa says of a message: the understanding and the model layer's verdict.

    `judged` is False when the model layer is missing in Rasa.
    """

    understood: Understood
    verdict: Verdict
    actions: tuple[str, ...] = ()
    judged: bool = True


class RasaClient:
    """Talks to the `belay` channel of a Rasa process."""

    def __init__(
        self,
        url: str,
        token: str,
        action_url: str,
        action_token: str,
        *,
        seconds: float = 15.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._action = {"action_url": action_url, "action_token": action_token}
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(seconds, connect=1.0),
            transport=transport,
            trust_env=False,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def turn(self, key: str, turn: Turn, state: dict[str, Any]) -> Reading:
        """Let Rasa understand the message and run its actions on the open turn `key`.

        Raises:
            RasaUnavailable: no answer.
            TurnFailed: an action raised or was not reached, or Rasa cannot take this message.
        """
        body = {
            "turn": key,
            "sender": turn.conversation.id,
            "text": turn.text,
            "press": _press(turn.press),
            "state": state,
            **self._action,
        }
        answer = await self._post("/webhooks/belay/turn", body)
        return _reading(answer.get("nlu"), tuple(answer.get("actions", ())))

    async def parse(self, texts: list[str], state: dict[str, Any] | None = None) -> list[Reading]:
        """Understand texts without a turn, in a state of the conversation where one is given.

        Raises:
            RasaUnavailable: no answer.
            TurnFailed: Rasa cannot read these texts.
        """
        answer = await self._post("/webhooks/belay/parse", {"texts": texts, "state": state})
        return [_reading(nlu) for nlu in answer.get("results", ())]

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            response = await self._http.post(path, json=body)
        except httpx.HTTPError as error:
            raise RasaUnavailable(type(error).__name__) from error
        if response.status_code == 503:
            raise TurnFailed("an action failed")
        if response.status_code in NO_USE:
            raise TurnFailed(f"status {response.status_code}")
        if response.status_code != 200:
            raise RasaUnavailable(f"status {response.status_code}")
        try:
            data: dict[str, Any] = response.json()
        except ValueError as error:
            raise TurnFailed("the answer is no JSON") from error
        return data


def _reading(nlu: Any, actions: tuple[str, ...] = ()) -> Reading:
    try:
        return read(nlu, actions)
    except (KeyError, TypeError, ValueError) as error:
        raise TurnFailed("the answer holds no understanding") from error


def read(nlu: dict[str, Any], actions: tuple[str, ...] = ()) -> Reading:
    """The wire form of an understanding as domain values."""
    understood = Understood(
        intent=nlu["intent"],
        confidence=float(nlu["confidence"]),
        ranking=tuple((one["name"], float(one["confidence"])) for one in nlu["ranking"]),
        entities=tuple(
            Entity(one["entity"], str(one["value"]), str(one.get("text") or one["value"]))
            for one in nlu.get("entities", ())
        ),
    )
    safety = nlu.get("safety") or {}
    judged = bool(nlu.get("judged", True))
    if not safety.get("tier"):
        return Reading(understood, Verdict(), actions, judged)
    verdict = Verdict(
        tier=int(safety["tier"]),
        route=safety.get("route"),
        layer=safety.get("layer"),
        rule=safety.get("rule"),
    )
    return Reading(understood, verdict, actions, judged)


def _press(press: Press | None) -> dict[str, Any] | None:
    if press is None:
        return None
    intent = "press_step" if press.value.startswith("step.") else "press"
    return {"intent": intent, "entities": [{"entity": "press", "value": press.value}]}
