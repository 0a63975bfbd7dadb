"""How Rasa calls Belay's actions: a kept connection, own time limits, small bodies, no leaks.

The address and the secret travel with the turn, so one Rasa process serves any Belay process.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
import jsonschema.validators
from jsonschema.exceptions import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from rasa_ext.turn import turn_in_progress

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 1.0
# Shorter than the 5 seconds after which uvicorn closes an idle connection, so that a call never
# runs into a connection that is being closed.
KEEP_ALIVE_SECONDS = 3.0
KEPT_OF_MESSAGE = (
    "intent",
    "intent_ranking",
    "entities",
    "text",
    "message_id",
    "metadata",
    "safety",
)


class ActionCallFailed(RasaException):
    """An action could not be carried out. Says which and how, never with what words."""


class LeanEndpoint(EndpointConfig):
    """Calls actions of the Belay process that sent the current turn."""

    def __init__(self, seconds: float) -> None:
        """Create the endpoint.

        Args:
            seconds: Longest time that one call may take.
        """
        # Belay's side knows the domain, so it is not sent with each call.
        super().__init__(url="http://127.0.0.1/", enable_selective_domain=True)
        self._timeout = aiohttp.ClientTimeout(total=seconds, connect=CONNECT_SECONDS)
        self._kept: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Call the action named in the body and return its answer.

        Raises:
            ClientResponseError: With status 400, when the action rejected to run.
            ActionCallFailed: Anything else; the turn is marked as failed.
        """
        turn = turn_in_progress()
        call = kwargs["json"]
        name = str(call["next_action"])
        if turn.failed:
            raise ActionCallFailed(f"{name} was not called: an earlier action of the turn failed")
        turn.actions.append(name)
        try:
            status, answer = await self._post(turn.action_url, turn.action_token, lean_call(call))
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            turn.failed = True
            # The cause is not chained: Rasa logs tracebacks, and a cause may quote the answer.
            raise ActionCallFailed(f"{name} was not reached: {type(error).__name__}") from None
        if status == 400:
            rejection = json.dumps({"action_name": name, "error": f"{name} rejected to run"})
            raise ClientResponseError(400, "rejected", rejection)
        if status != 200:
            turn.failed = True
            raise ActionCallFailed(f"{name} answered with status {status}")
        if not isinstance(answer, dict):
            turn.failed = True
            raise ActionCallFailed(f"{name} did not answer with a JSON object")
        return answer

    async def close(self) -> None:
        """Close the kept connections."""
        if self._kept is not None:
            await self._kept.close()
            self._kept = None

    async def _post(self, url: str, token: str, call: Mapping[str, Any]) -> tuple[int, Any]:
        if self._kept is None:
            connector = aiohttp.TCPConnector(limit=64, keepalive_timeout=KEEP_ALIVE_SECONDS)
            self._kept = aiohttp.ClientSession(connector=connector, timeout=self._timeout)
        headers = {"Authorization": f"Bearer {token}"}
        async with self._kept.post(
            url, json=call, headers=headers, allow_redirects=False
        ) as response:
            answer = await response.json(content_type=None) if response.status == 200 else None
            return response.status, answer


def lean_call(call: Mapping[str, Any]) -> dict[str, Any]:
    """The call without what no action needs.

    Kept are all events from the last ``action_listen`` on: the SDK finds the slots to validate
    among the events at the tail.
    """
    tracker = dict(call["tracker"])
    events = tracker.get("events") or []
    start = 0
    for index, event in enumerate(events):
        if event.get("event") == "action" and event.get("name") == "action_listen":
            start = index
    tracker["events"] = [_lean_event(event) for event in events[start:]]
    message = tracker.get("latest_message") or {}
    tracker["latest_message"] = {k: message[k] for k in KEPT_OF_MESSAGE if k in message}
    return {**call, "tracker": tracker}


def _lean_event(event: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key != "parse_data"}


def compile_answer_schema() -> None:
    """Compile the schema of action answers once.

    Rasa compiles and checks its own schema anew for each answer, which costs about 20 ms a call.
    The words of an answer stay out of the error, because Rasa logs it.
    """
    schema = RemoteAction.action_response_format_spec()
    validator = jsonschema.validators.validator_for(schema)(schema)

    def validate(action: RemoteAction, result: dict[str, Any]) -> bool:
        try:
            validator.validate(result)
        except ValidationError as error:
            turn_in_progress().failed = True
            path = "/".join(str(part) for part in error.absolute_path)
            raise ActionCallFailed(
                f"{action.name()} answered in a wrong shape at {path!r}"
            ) from None
        return True

    RemoteAction._validate_action_result = validate
