"""The product's own understanding: the trained model, read through the channel's own shapes."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.places import BELAY_PYTHON, ROOT
from evaluation.reading import Reading, Tell
from rasa_ext.settings import prepare_environment

TELL_EVERY = 250


class ModelMissing(Exception):
    """There is no model of the present sources; the message names the remedy."""


class Product:
    """A trained model that reads lines as Rasa's process does."""

    def __init__(self, model: Path) -> None:
        """Load a model.

        Args:
            model: The trained model (``.tar.gz``).
        """
        prepare_environment()
        logging.captureWarnings(True)
        logging.getLogger("py.warnings").setLevel(logging.ERROR)
        from rasa.core.agent import Agent
        from rasa.core.channels.channel import UserMessage

        from rasa_ext.quiet_log import quiet_logs
        from rasa_ext.wire import inert, understanding

        quiet_logs()
        agent = Agent()
        agent.load_model(model)
        if agent.processor is None:
            raise ModelMissing(f"{model.name} does not load: delete it and run `make train`.")
        processor = agent.processor
        self._loop = asyncio.new_event_loop()

        async def parse(text: str, state: Mapping[str, Any]) -> dict[str, Any]:
            message = UserMessage(inert(text), metadata={"state": dict(state)})
            return understanding(await processor.parse_message(message))

        self._parse = parse

    def read(
        self,
        texts: Sequence[str],
        states: Sequence[Mapping[str, Any]],
        what: str,
        tell: Tell | None = None,
    ) -> list[Reading]:
        """Read lines, each in its state.

        Args:
            texts: The lines.
            states: The state of the conversation in which each is said.
            what: What the lines are, for progress.
            tell: Called now and then with what, how many are done, and of how many.
        """
        readings = []
        for number, (text, state) in enumerate(zip(texts, states, strict=True), start=1):
            understood = self._loop.run_until_complete(self._parse(text, state))
            readings.append(Reading.of(text, understood))
            if tell and (number % TELL_EVERY == 0 or number == len(texts)):
                tell(what, number, len(texts))
        return readings

    def close(self) -> None:
        """Let go of the event loop."""
        self._loop.close()


def current_model() -> Path:
    """The model that belongs to the present sources.

    Raises:
        ModelMissing: There is none, or Belay's environment is not set up.
    """
    if not BELAY_PYTHON.exists():
        raise ModelMissing("Belay's environment is missing: run `make setup`.")
    asked = subprocess.run(  # noqa: S603 (our own interpreter and module)
        [str(BELAY_PYTHON), "-m", "belay.gateway.model_build", "--print"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode != 0:
        raise ModelMissing(asked.stderr.strip() or "There is no up-to-date model: `make train`.")
    return ROOT / asked.stdout.strip()


def tell_on_terminal(what: str, done: int, total: int) -> None:
    """Say how far it is."""
    print(f"  {what}: {done} of {total}", file=sys.stderr, flush=True)
