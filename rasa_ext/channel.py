"""The one door into Rasa: a token-protected channel for the Belay process on this machine.

Replies do not pass through here. Actions run in the Belay process and record them in the turn.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from sanic import Blueprint, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_ext.turn import EXERCISE_FORM, ActionFailed, Turn, current_turn
from rasa_ext.wire import (
    TooLong,
    WrongShape,
    parsed_press,
    texts_from,
    turn_from,
    understanding,
)

logger = logging.getLogger(__name__)


class SilentOutput(OutputChannel):
    """Takes what Rasa would say; everything worth saying is already recorded in the turn."""

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "belay"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Say nothing."""


class BelayChannel(InputChannel):
    """Takes turns and texts from Belay and answers with what was understood and done."""

    def __init__(self, token: str) -> None:
        """Create the channel.

        Args:
            token: Secret that each request must carry.
        """
        self._expected = f"Bearer {token}".encode()

    @classmethod
    def name(cls) -> str:
        """Name of the channel, which is also part of its address."""
        return "belay"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> BelayChannel:
        """Create the channel from credentials.yml.

        Raises:
            ValueError: No token is given.
        """
        token = str((credentials or {}).get("token") or "")
        if len(token) < 16:
            raise ValueError("credentials.yml: BELAY_RASA_TOKEN must have 16 characters or more")
        return cls(token)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel. ``on_new_message`` is not used: it would hide failures."""
        routes = Blueprint("belay_channel")

        @routes.middleware("request")
        async def check_token(request: Request) -> HTTPResponse | None:
            given = request.headers.get("authorization", "").encode()
            if hmac.compare_digest(given, self._expected):
                return None
            return problem(401, "The token is missing or wrong.")

        @routes.exception(Exception)
        async def answer_with_problem(request: Request, error: Exception) -> HTTPResponse:
            return problem_of(error)

        @routes.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            return response.json({"ready": True, "model": processor_of(request).model_filename})

        @routes.post("/parse")
        async def parse(request: Request) -> HTTPResponse:
            texts, state = texts_from(decoded(request))
            processor = processor_of(request)
            results = []
            for text in texts:
                message = UserMessage(text, metadata={"state": state.as_dict()})
                results.append(understanding(await processor.parse_message(message)))
                await asyncio.sleep(0)  # a turn that waits goes first
            return response.json({"results": results})

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            processor = processor_of(request)
            taken = turn_from(decoded(request), processor.domain.intents)
            # A client that hangs up must not leave an action half called.
            await asyncio.shield(asyncio.ensure_future(run_turn(processor, taken)))
            return response.json(outcome(taken))

        return routes


async def run_turn(processor: MessageProcessor, turn: Turn) -> None:
    """Let Rasa work on one turn.

    Raises:
        ActionFailed: An action failed; the turn must be tried again.
    """
    current_turn.set(turn)
    message = UserMessage(
        turn.text,
        output_channel=SilentOutput(),
        sender_id=turn.sender,
        parse_data=parsed_press(turn, turn.press) if turn.press else None,
        input_channel=BelayChannel.name(),
        message_id=turn.id,
        metadata={"turn": turn.id, "state": turn.state.as_dict()},
    )
    await processor.handle_message(message)


def outcome(turn: Turn) -> dict[str, Any]:
    """The answer to a finished turn."""
    tracker = turn.tracker
    if tracker is None or tracker.latest_message is None:
        raise RuntimeError(f"turn {turn.id} ended without a tracker")
    return {
        "turn": turn.id,
        "nlu": understanding(tracker.latest_message.parse_data),
        "state": {"exercise": tracker.active_loop_name == EXERCISE_FORM},
        "actions": turn.actions,
    }


def processor_of(request: Request) -> MessageProcessor:
    """The loaded model.

    Raises:
        RuntimeError: There is none; the launcher never serves without one.
    """
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None or agent.processor is None:
        raise RuntimeError("no model is loaded: start Rasa with python -m rasa_ext.launcher")
    processor: MessageProcessor = agent.processor
    return processor


def decoded(request: Request) -> object:
    """The JSON of a request.

    Raises:
        WrongShape: It is not JSON.
    """
    try:
        return json.loads(request.body)
    except ValueError:
        raise WrongShape("the body must be JSON") from None


def problem_of(error: Exception) -> HTTPResponse:
    """The answer to a request that failed. Never carries words of a client."""
    if isinstance(error, WrongShape):
        return problem(400, str(error))
    if isinstance(error, TooLong):
        return problem(413, str(error))
    if isinstance(error, ActionFailed):
        return problem(503, "An action failed: try the turn again.", error="action_failed")
    if isinstance(error, SanicException):
        return problem(error.status_code, type(error).__name__)
    logger.error("a request failed: %s", type(error).__name__, exc_info=error)
    return problem(500, "Rasa failed; its log names the cause.")


def problem(status: int, detail: str, **more: str) -> HTTPResponse:
    """A problem in the form of RFC 9457."""
    body = {"type": "about:blank", "status": status, "detail": detail, **more}
    return response.json(body, status=status, content_type="application/problem+json")
