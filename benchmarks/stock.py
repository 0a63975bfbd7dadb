"""The other side: the project of `rasa init`, trained and run as its documentation says.

Two things are added, both from the comments of the template itself: its example action
`action_hello_world`, called when somebody asks whether this is a bot, and a tracker store in a
database (SQLite), without which a restart would lose every conversation.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx

from belay.settings import environment_for_rasa

ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "OPENBLAS_NUM_THREADS": "1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
}
START_SECONDS = 180
ANSWER_SECONDS = 120.0
CREATE = "from rasa.cli.scaffold import create_initial_project; create_initial_project('.')"
RULE = "  - intent: bot_challenge\n"
ACTION = "action_hello_world"
GREETING = "Hello World!"
ACTIONS = """from typing import Any, Text, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class ActionHelloWorld(Action):

    def name(self) -> Text:
        return "action_hello_world"

    def run(self, dispatcher: CollectingDispatcher,
            tracker: Tracker,
            domain: Dict[Text, Any]) -> List[Dict[Text, Any]]:

        dispatcher.utter_message(text="Hello World!")

        return []
"""
ENDPOINTS = """action_endpoint:
  url: "http://127.0.0.1:{port}/webhook"
tracker_store:
  type: SQL
  dialect: sqlite
  db: "{database}"
"""


class StockBroke(Exception):
    """The stock project could not be made, trained or run. The message names the log."""


class Stock:
    """A stock Rasa with its action server, and one sender on its REST channel."""

    def __init__(self, folder: Path, python: Path, say: Callable[[str], None]) -> None:
        self._folder = folder
        self._python = python
        self._say = say
        self._servers: list[subprocess.Popen[bytes]] = []
        self._http: httpx.AsyncClient
        self.pids: tuple[int, ...] = ()
        self.ran: list[str] = []

    def make(self) -> None:
        """Create the project in its folder and train it, unless that was done before.

        Raises:
            StockBroke: a command failed.
        """
        if list((self._folder / "models").glob("*.tar.gz")):
            self._say(f"Using the stock project that was trained before in {self._folder}")
            self.ran.append("the project made and trained by an earlier run of this benchmark")
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        self._say("Creating the stock project (what `rasa init` copies)")
        self._run("-c", CREATE)
        self._add_action()
        self._say("Training the stock project (a minute or two)")
        self._run("-m", "rasa", "train")

    async def start(self) -> None:
        """Start `rasa run actions` and `rasa run`; returns after the first answer.

        Raises:
            StockBroke: one of them ended or never answered.
        """
        rasa_port, action_port = _free_port(), _free_port()
        database = self._folder / "conversations.db"
        database.unlink(missing_ok=True)
        (self._folder / "endpoints.yml").write_text(
            ENDPOINTS.format(port=action_port, database=database.name), "utf-8"
        )
        self._say("Starting the stock project")
        self._serve("rasa", "run", "actions", "--port", str(action_port))
        self._serve("rasa", "run", "--interface", "127.0.0.1", "--port", str(rasa_port))
        self.pids = tuple(server.pid for server in self._servers)
        self._http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{rasa_port}",
            timeout=httpx.Timeout(ANSWER_SECONDS),
            trust_env=False,
        )
        await self._until_up(f"http://127.0.0.1:{action_port}/health")
        await self._until_up(f"http://127.0.0.1:{rasa_port}/")

    async def stop(self) -> None:
        """Stop what was started here."""
        if hasattr(self, "_http"):
            await self._http.aclose()
        for server in reversed(self._servers):
            server.send_signal(signal.SIGTERM)
        for server in self._servers:
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()

    async def turn(self, sender: str, text: str) -> tuple[float, list[dict[str, Any]]]:
        """Send one message. Returns milliseconds until the answer was there, and the replies.

        Raises:
            StockBroke: it answered with an error.
        """
        begun = perf_counter()
        response = await self._http.post(
            "/webhooks/rest/webhook", json={"sender": sender, "message": text}
        )
        spent = (perf_counter() - begun) * 1000
        if response.status_code != 200:
            raise StockBroke(f"Stock answered {response.status_code}. See {self._log()}.")
        replies: list[dict[str, Any]] = response.json()
        return spent, replies

    def _add_action(self) -> None:
        (self._folder / "actions" / "actions.py").write_text(ACTIONS, "utf-8")
        with (self._folder / "domain.yml").open("a", encoding="utf-8") as domain:
            domain.write(f"\nactions:\n  - {ACTION}\n")
        rules = self._folder / "data" / "rules.yml"
        text = rules.read_text("utf-8")
        if RULE not in text:
            raise StockBroke(f"{rules} is not the template that this benchmark knows.")
        rules.write_text(text.replace(RULE, f"{RULE}  - action: {ACTION}\n"), "utf-8")

    def _run(self, *arguments: str) -> None:
        self.ran.append(_shown(arguments))
        with self._log().open("ab") as log:
            done = subprocess.run(
                [str(self._python), *arguments],
                cwd=self._folder,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        if done.returncode != 0:
            raise StockBroke(f"`python {_shown(arguments)}` failed. See {self._log()}.")

    def _serve(self, *arguments: str) -> None:
        self.ran.append(_shown(("-m", *arguments)))
        with self._log().open("ab") as log:
            self._servers.append(
                subprocess.Popen(
                    [str(self._python), "-m", *arguments],
                    cwd=self._folder,
                    env=_environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )

    async def _until_up(self, url: str) -> None:
        until = perf_counter() + START_SECONDS
        while perf_counter() < until:
            for server in self._servers:
                if server.poll() is not None:
                    raise StockBroke(f"A stock server ended at start. See {self._log()}.")
            try:
                response = await self._http.get(url)
            except httpx.TransportError:
                await asyncio.sleep(0.5)
                continue
            if response.status_code == 200:
                return
            await asyncio.sleep(0.5)
        raise StockBroke(f"{url} did not answer in {START_SECONDS} s. See {self._log()}.")

    def _log(self) -> Path:
        return self._folder / "benchmark.log"


def greets(replies: list[dict[str, Any]]) -> bool:
    """Whether the example action spoke in an answer."""
    return any(reply.get("text") == GREETING for reply in replies)


def _environment() -> Mapping[str, str]:
    return {**environment_for_rasa(), **ENVIRONMENT}


def _shown(arguments: tuple[str, ...]) -> str:
    return " ".join(f'"{part}"' if " " in part else part for part in arguments)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
