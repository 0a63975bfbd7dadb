"""A running Belay: servers, Rasa, jobs, started and stopped in order."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from uuid import uuid4

import structlog
import uvicorn

from belay.bootstrap import Belay, build, utc_now
from belay.gateway.inbound import InboundMessage
from belay.gateway.model_build import build as build_model
from belay.gateway.model_build import current_model
from belay.gateway.rasa_client import RasaClient
from belay.gateway.rasa_process import RasaProcess, RasaSettings, free_port
from belay.jobs.house import house_jobs
from belay.settings import ROOT, Settings, environment_for_rasa

log = structlog.get_logger("belay.running")

Progress = Callable[[str], None]
PROBE = "hello"


class CannotStart(Exception):
    """Belay cannot start. The message is one sentence with the remedy."""


class _Server(uvicorn.Server):
    """A server among others in one loop: signals are the house's business."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Running:
    """One Belay process with its Rasa."""

    def __init__(self, settings: Settings, *, port: int | None = None) -> None:
        self.settings = settings
        self._port = settings.port if port is None else port
        self._servers: list[_Server] = []
        self._tasks: list[asyncio.Task[None]] = []
        self.rasa: RasaProcess | None = None
        self.belay: Belay | None = None
        self.url = ""

    async def start(self, say: Progress) -> None:
        """Start everything; returns after a real message has gone through.

        Raises:
            CannotStart: with the remedy. Other errors of `bootstrap.build` and of the model
                build name theirs as well.
        """
        public = _listen(self.settings.host, self._port)
        actions = _listen("127.0.0.1", 0)
        token = secrets.token_urlsafe(32)
        say("Opening the database and the content")
        model = current_model(ROOT)
        belay = build(self.settings, action_token=token, model_version=model.stem if model else "")
        self.belay = belay
        host, port = public.getsockname()[:2]
        self.url = f"http://{host}:{port}"
        self._serve(belay.app, public)
        self._serve(belay.actions, actions)
        await belay.gateway.start()
        self._tasks += [
            asyncio.create_task(job)
            for job in house_jobs(
                retention=belay.retention,
                keep=self.settings.keep,
                memory=belay.use_cases.memory,
                spool=belay.spool,
                safety_log=belay.safety_log,
                alerts=belay.alerts,
                reminders=belay.reminders,
                clock=utc_now,
            )
        ]
        self._announce(port)
        # Before Rasa is there: messages are kept, and help goes out at once.
        await belay.push.start(say)
        say(f"Belay answers at {self.url} (welcome and help lines); Rasa is next")
        if model is None:
            say("Training the model, because its sources changed (minutes the first time)")
            model = await asyncio.to_thread(build_model, ROOT, say)
        say("Starting Rasa")
        self.rasa = RasaProcess(
            RasaSettings(
                python=self.settings.rasa_python,
                root=ROOT,
                token=secrets.token_urlsafe(32),
                log_file=self.settings.home / "logs" / "rasa.log",
                model=model,
                port=free_port(),
            ),
            environment_for_rasa(),
        )
        action_url = f"http://127.0.0.1:{actions.getsockname()[1]}/webhook"
        belay.rasa.connect(RasaClient(self.rasa.url, self.rasa.token, action_url, token))
        await self.rasa.start()
        say("Sending a first message through")
        await self._prove()

    async def stop(self) -> None:
        """Stop in order: no new messages, turns, servers, Rasa."""
        if self.belay is not None:
            self.belay.web.stopping.set()
            await self.belay.push.stop()
            await self.belay.gateway.stop()
        for server in self._servers:
            server.should_exit = True
        for task in self._tasks:
            if not task.get_name().startswith("serve"):
                task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.rasa is not None:
            await self.rasa.stop()
        if self.belay is not None:
            await self.belay.rasa.close()
        run_file(self.settings).unlink(missing_ok=True)
        if self.belay is not None:
            self.belay.engine.dispose()

    def _serve(self, app: object, listening: socket.socket) -> None:
        config = uvicorn.Config(
            app,  # type: ignore[arg-type]
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=3,
            timeout_keep_alive=30,
            server_header=False,
            ws="none",
        )
        server = _Server(config)
        self._servers.append(server)
        self._tasks.append(
            asyncio.create_task(server.serve(sockets=[listening]), name=f"serve {len(self._tasks)}")
        )

    async def _prove(self) -> None:
        assert self.belay is not None
        message = InboundMessage(
            channel="probe",
            address=uuid4().hex,
            provider_id=uuid4().hex,
            text=PROBE,
            at=utc_now(),
            onboarded=True,
        )
        answered = await self.belay.gateway.ask(message, seconds=30)
        if not answered.replies or answered.understood is None:
            raise CannotStart(
                "The first message got no answer. See the logs in "
                f"{self.settings.home / 'logs'}, then run `make run` again."
            )
        found = await asyncio.to_thread(self.belay.inbox.find, message.channel, message.address)
        if found is not None:
            await asyncio.to_thread(self.belay.erasure.erase, found[0], utc_now())

    def _announce(self, port: int) -> None:
        path = run_file(self.settings)
        path.write_text(json.dumps({"pid": os.getpid(), "url": self.url, "port": port}), "utf-8")
        path.chmod(0o600)


def run_file(settings: Settings) -> Path:
    """Where a running Belay says how to reach it."""
    return settings.home / "run.json"


def running_url(settings: Settings) -> str | None:
    """The address of a Belay that runs with these settings, or None."""
    try:
        data = json.loads(run_file(settings).read_text("utf-8"))
        os.kill(int(data["pid"]), 0)
    except (OSError, ValueError, KeyError):
        return None
    return str(data["url"])


@contextlib.asynccontextmanager
async def running(
    settings: Settings, say: Progress, *, port: int | None = None
) -> AsyncIterator[Running]:
    """A running Belay for as long as the block lasts."""
    house = Running(settings, port=port)
    try:
        await house.start(say)
        yield house
    finally:
        await house.stop()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise CannotStart(
            f"Port {port} on {host} is taken or not allowed ({error.strerror}). "
            f"Stop what uses it, or choose another: BELAY_PORT={port + 1} make run"
        ) from error
    listening.listen(128)
    return listening
