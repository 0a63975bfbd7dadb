"""Slack's error codes and what they mean for a reply.

Codes: https://docs.slack.dev/reference/methods/chat.postMessage#errors and
https://docs.slack.dev/reference/methods/conversations.open#errors
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from belay.gateway.channel import Undeliverable

log = structlog.get_logger("belay.slack")

# Everything that a call to Slack may end with.
FAILURES = (SlackClientError, ClientError, TimeoutError, OSError)

# What no code below names may pass.
NOBODY = {
    "channel_not_found",
    "user_not_found",
    "users_not_found",
    "user_disabled",
    "user_not_visible",
    "cannot_dm_bot",
    "is_archived",
    "not_in_channel",
    "org_user_not_in_team",
}
TOKEN = {
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "no_permission",
    "missing_scope",
    "not_allowed_token_type",
    "access_denied",
    "ekm_access_denied",
}
NEVER = {
    "msg_too_long",
    "msg_blocks_too_long",
    "no_text",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_arguments",
    "invalid_arg_name",
    "invalid_array_arg",
    "markdown_text_conflict",
}
LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded", "http_429"}
DEFAULT_WAIT = 30.0


def code(error: BaseException) -> str:
    """Slack's word for an error, or the error's kind."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    response: Any = error.response
    data = getattr(response, "data", None)
    if isinstance(data, Mapping) and data.get("error"):
        return str(data["error"])[:40]
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    return f"http_{status}"


def undeliverable(error: BaseException) -> Undeliverable:
    """What an error means for a reply."""
    reason = code(error)
    if reason in LIMITED:
        return Undeliverable("rate_limited", retry_after=_wait(error))
    if reason in TOKEN:
        log.error("slack.token_refused", error=reason)
    return Undeliverable(reason, gone=reason in NOBODY, final=reason in NEVER)


def _wait(error: BaseException) -> float:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return float(headers.get("Retry-After", DEFAULT_WAIT))
    except ValueError:
        return DEFAULT_WAIT
