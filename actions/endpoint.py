"""Hosts the actions for Rasa: the SDK's executor behind one token-protected loopback route."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Iterable
from typing import Any

import structlog
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from belay.gateway.problem import raised_at

log = structlog.get_logger("belay.actions")

SECONDS = 8.0
BODY_LIMIT = 256 * 1024


class Executor(ActionExecutor):
    """The SDK's executor with Belay's own domain, so that Rasa need not send one."""

    def __init__(self, actions: Iterable[Action], domain: dict[str, Any]) -> None:
        super().__init__()
        self._belay_domain = domain
        for action in actions:
            self.register_action(action)

    def update_and_return_domain(
        self, payload: dict[str, Any], action_name: str
    ) -> dict[str, Any] | None:
        """The domain that Belay ships."""
        return self._belay_domain


def create_endpoint(actions: Iterable[Action], domain: dict[str, Any], token: str) -> Starlette:
    """The action server's application: POST /webhook, nothing else."""
    executor = Executor(actions, domain)

    async def webhook(request: Request) -> Response:
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            return _problem(401, "Unauthorized", "This endpoint is for Rasa only.")
        body = await request.body()
        if len(body) > BODY_LIMIT:
            return _problem(413, "Too large", "The action call is too large.")
        try:
            call = json.loads(body)
            name = call["next_action"]
        except (ValueError, KeyError, TypeError):
            name = None
        if not isinstance(name, str) or not name:
            return _problem(400, "Bad request", "The body is not an action call.")
        try:
            result = await asyncio.wait_for(executor.run(call), SECONDS)
        except ActionExecutionRejection as rejection:
            return JSONResponse({"action_name": rejection.action_name, "error": ""}, 400)
        except ActionNotFoundException:
            return _problem(404, "Unknown action", "There is no such action.")
        except Exception as error:  # noqa: BLE001 - becomes a 500 without any text of a client
            log.error(
                "action.failed", action=name, error=type(error).__name__, where=raised_at(error)
            )
            return _problem(500, "Action failed", "The action failed; see the log.")
        return JSONResponse(result.model_dump() if result else {"events": [], "responses": []})

    return Starlette(routes=[Route("/webhook", webhook, methods=["POST"])])


def _problem(status: int, title: str, detail: str) -> JSONResponse:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")
