"""Rasa as a server on the loopback interface, with one channel and nothing else."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Coroutine
from typing import Any

# Rasa and what it brings warn of their own deprecations, and switch ignored warnings on again.
logging.captureWarnings(True)
logging.getLogger("py.warnings").setLevel(logging.ERROR)

import rasa.core.run  # noqa: E402
from rasa.core.agent import Agent  # noqa: E402
from rasa.core.channels.channel import UserMessage  # noqa: E402
from sanic import Sanic  # noqa: E402

import rasa_ext.state_tracker  # noqa: E402
from rasa_ext.action_endpoint import LeanEndpoint, compile_answer_schema  # noqa: E402
from rasa_ext.channel import BelayChannel  # noqa: E402
from rasa_ext.encoder import EncoderMissing  # noqa: E402
from rasa_ext.language_model import EntityFileWrong  # noqa: E402
from rasa_ext.model_file import ModelUnusable, damaged  # noqa: E402
from rasa_ext.quiet_log import quiet_logs  # noqa: E402
from rasa_ext.sentence_model import EncoderUnusable  # noqa: E402
from rasa_ext.settings import Settings  # noqa: E402
from rasa_ext.turn import turn_in_progress  # noqa: E402

logger = logging.getLogger(__name__)

LARGEST_REQUEST = 2 * 1024 * 1024
PARENT_CHECK_SECONDS = 1.0
PROOF = "hello"


class PortTaken(Exception):
    """Something else listens on the port; the message says what to do."""


def serve(settings: Settings, model_name: str) -> None:
    """Load the model, prove it, say ``READY <port>`` and serve until told to stop.

    Args:
        settings: Port, token, model and time limits.
        model_name: The model as a person knows it.

    Raises:
        PortTaken: The port is in use.
        ModelUnusable: The model cannot be loaded or understands nothing.
    """
    parent = os.getppid()
    quiet_logs()
    door = bound(settings.port)
    endpoint = LeanEndpoint(settings.action_seconds)
    agent = load(settings, endpoint, model_name)
    compile_answer_schema()
    app = rasa.core.run.configure_app(
        [BelayChannel(settings.token)], enable_api=False, use_uvloop=True
    )
    app.ctx.agent = agent
    app.config.REQUEST_MAX_SIZE = LARGEST_REQUEST
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 1.0
    app.config.ACCESS_LOG = False

    async def say_ready(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        # Said from within the running loop: Sanic loses a signal to stop that comes before.
        loop.call_later(0.05, lambda: print(f"READY {door.getsockname()[1]}", flush=True))

    async def close(app: Sanic, _: asyncio.AbstractEventLoop) -> None:
        await endpoint.close()

    app.register_listener(say_ready, "after_server_start")
    app.register_listener(close, "after_server_stop")
    app.add_task(stop_with_parent(app, parent))
    quiet_logs()
    app.run(sock=door, access_log=False, motd=False)


def load(settings: Settings, endpoint: LeanEndpoint, model_name: str) -> Agent:
    """Load the model and let it understand one sentence.

    Raises:
        ModelUnusable: It does not load, or the proof is not understood.
    """
    # No fail-safe wrapper: it would answer a failed turn as if nothing had happened.
    rasa.core.agent.FailSafeTrackerStore = lambda store: store
    agent = Agent(
        tracker_store=rasa_ext.state_tracker.StateTrackerStore(domain=None),
        action_endpoint=endpoint,
    )
    try:
        agent.load_model(settings.model)
        processor = agent.processor
        assert processor is not None
        understood = run(processor.parse_message(UserMessage(PROOF)))
    except Exception as error:  # whatever a broken archive makes Rasa raise
        raise unusable(error, model_name) from error
    if not understood["intent"].get("name") or len(understood.get("intent_ranking", [])) < 3:
        raise damaged(model_name)
    if not isinstance(processor.tracker_store, rasa_ext.state_tracker.StateTrackerStore):
        raise RuntimeError("Rasa does not use the tracker store of the turn")
    processor.on_circuit_break = mark_circuit
    return agent


def unusable(error: BaseException, model_name: str) -> ModelUnusable:
    """Why the model cannot be used: something beside it that says so itself, or the file."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, (EncoderMissing, EncoderUnusable, EntityFileWrong)):
            return ModelUnusable(str(cause))
        cause = cause.__cause__ or cause.__context__
    logger.error("the model did not load", exc_info=error)
    return damaged(model_name)


def mark_circuit(*_: object) -> None:
    """Rasa gave up calling action after action: let the turn fail instead of ending halfway."""
    turn_in_progress().circuit_broke = True


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run before the server's own loop exists."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


def bound(port: int) -> socket.socket:
    """Take the port on the loopback interface, without listening yet.

    Raises:
        PortTaken: It is in use.
    """
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("127.0.0.1", port))
    except OSError as error:
        door.close()
        raise PortTaken(
            f"Port {port} is taken ({error.strerror}): stop what uses it or set BELAY_RASA_PORT."
        ) from error
    return door


async def stop_with_parent(app: Sanic, parent: int) -> None:
    """Stop when the process that started this one is gone."""
    while os.getppid() == parent:
        await asyncio.sleep(PARENT_CHECK_SECONDS)
    app.stop()
