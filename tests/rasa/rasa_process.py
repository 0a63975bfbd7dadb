"""Rasa as Belay starts it, and the words to talk to it in a test."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from stub_actions import TOKEN as ACTION_TOKEN
from stub_actions import StubActions

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "token-of-the-rasa-tests"


def newest_model() -> Path:
    """The model that was trained last."""
    models = sorted((ROOT / "models").glob("belay-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise FileNotFoundError("There is no model: run `make train`.")
    return models[-1]


def environment(model: Path | str, **more: str) -> dict[str, str]:
    """The environment in which the launcher runs."""
    return {
        **os.environ,
        "BELAY_RASA_TOKEN": TOKEN,
        "BELAY_MODEL": str(model),
        "BELAY_RASA_PORT": "0",
        **more,
    }


def launch(model: Path | str, **more: str) -> subprocess.Popen[str]:
    """Start the launcher; nothing is waited for."""
    return subprocess.Popen(
        [sys.executable, "-m", "rasa_ext.launcher"],
        cwd=ROOT,
        env=environment(model, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class Rasa:
    """A running Rasa and the Belay that talks to it."""

    def __init__(self, port: int, actions: StubActions) -> None:
        self._port = port
        self._actions = actions
        self._turns = 0

    def request(
        self, method: str, path: str, body: bytes = b"", token: str = TOKEN
    ) -> tuple[int, Any, str]:
        """Status, decoded body and content type of an answer."""
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {"Authorization": f"Bearer {token}"}
        line.request(method, f"/webhooks/belay/{path}", body, headers)
        answer = line.getresponse()
        content = answer.read()
        line.close()
        return answer.status, json.loads(content), answer.headers["Content-Type"]

    def parses(self, text: str, **state: Any) -> dict[str, Any]:
        """What is understood of a text."""
        body = json.dumps({"texts": [text], "state": state or None}).encode()
        status, answer, _ = self.request("POST", "parse", body)
        assert status == 200, answer
        result: dict[str, Any] = answer["results"][0]
        return result

    def turn(
        self,
        text: str = "",
        *,
        press: str | None = None,
        exercise: bool = False,
        **more: Any,
    ) -> tuple[int, dict[str, Any]]:
        """Status and body of the answer to a turn."""
        pressed = {"intent": press, "entities": []} if press else None
        state = {"exercise": exercise, "expects": None}
        return self.posts({"text": text, "press": pressed, "state": state, **more})

    def posts(self, fields: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and body of the answer to a turn with these fields, right or wrong."""
        self._turns += 1
        body = {
            "turn": f"turn-{self._turns}",
            "sender": "conversation-1",
            "text": "hello",
            "press": None,
            "action_url": self._actions.url,
            "action_token": ACTION_TOKEN,
            **fields,
        }
        status, answer, _ = self.request("POST", "turn", json.dumps(body).encode())
        return status, answer

    def does(self, text: str = "", **more: Any) -> list[str]:
        """The actions that a turn calls, without the checks of the form."""
        status, answer = self.turn(text, **more)
        assert status == 200, answer
        return [name for name in answer["actions"] if name != "validate_exercise_form"]
