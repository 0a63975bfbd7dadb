"""Terminal and scripts on this machine: one waiting call a message, behind a local token."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from belay.domain.floor import FloorRules, Verdict, judge
from belay.domain.marking import named_parts
from belay.domain.reply import Reply
from belay.domain.turn import Understood
from belay.gateway.forgetting import Forgetting
from belay.gateway.gateway import Gateway
from belay.gateway.identity import conversation_key
from belay.gateway.inbound import Answered, InboundMessage, Refused
from belay.gateway.rasa_client import RasaClient, RasaUnavailable, TurnFailed
from belay.storage.outbox import Outbox

NAME = "terminal"
# As many as Rasa's channel takes.
TEXTS_AT_ONCE = 256


class Line(BaseModel):
    """One line of a conversation: a text, or the title of a button."""

    model_config = ConfigDict(extra="forbid")
    client: str = Field(min_length=1, max_length=80)
    text: str | None = None
    button: str | None = None
    onboarded: bool = False


class Texts(BaseModel):
    """Texts to be understood."""

    model_config = ConfigDict(extra="forbid")
    texts: list[str] = Field(max_length=TEXTS_AT_ONCE)


class Client(BaseModel):
    """A client by id, as the console's address line shows it."""

    model_config = ConfigDict(extra="forbid")
    client_id: str = Field(min_length=1, max_length=32)


class Local:
    """The routes under /local, for whoever can read the installation's secrets."""

    def __init__(
        self,
        *,
        gateway: Gateway,
        outbox: Outbox,
        forgetting: Forgetting,
        rules: FloorRules,
        rasa: Callable[[], RasaClient],
        token: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._gateway = gateway
        self._outbox = outbox
        self._forgetting = forgetting
        self._rules = rules
        self._rasa = rasa
        self._token = token
        self._clock = clock

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(prefix="/local", include_in_schema=False)
        router.post("/say")(self.say)
        router.post("/parse")(self.parse)
        router.post("/erase")(self.erase)
        return router

    async def say(self, line: Line, request: Request) -> dict[str, Any]:
        """Say one line as a client and wait for the whole answer."""
        self._check(request)
        if (line.text is None) == (line.button is None):
            raise Refused(422, "Wrong line", 'A line has either "text" or "button".')
        begun = perf_counter()
        said = line.text if line.text is not None else line.button
        try:
            answered = await self._gateway.ask(
                InboundMessage(
                    channel=NAME,
                    address=line.client,
                    provider_id=uuid4().hex,
                    text=said or "",
                    at=self._clock(),
                    onboarded=line.onboarded,
                )
            )
        except TimeoutError as error:
            raise Refused(
                504, "No answer yet", "The message is kept and is answered as soon as it can be."
            ) from error
        seconds = perf_counter() - begun
        if answered.cursors:
            talk = conversation_key(NAME, line.client)
            last = answered.cursors[-1]
            await asyncio.to_thread(self._outbox.delivered, talk, last, self._clock())
        return answer_json(line, answered, seconds)

    async def erase(self, body: Client, request: Request) -> dict[str, bool]:
        """Erase a client: rows, spool, what this process holds in memory, and the open page."""
        self._check(request)
        talks = await asyncio.to_thread(self._forgetting.erase, body.client_id, self._clock())
        self._forgetting.tell(talks or [])
        return {"erased": talks is not None}

    async def parse(self, body: Texts, request: Request) -> dict[str, Any]:
        """Understand texts without talking."""
        self._check(request)
        try:
            readings = await self._rasa().parse(body.texts)
        except (RasaUnavailable, TurnFailed) as error:
            raise Refused(
                503, "Not understood yet", "The language model is not ready. Try again in a minute."
            ) from error
        results = []
        for text, reading in zip(body.texts, readings, strict=True):
            verdict = judge(text, self._rules).worse(reading.verdict)
            found = reading.understood
            results.append(
                {
                    "text": text,
                    "intent": found.intent,
                    "confidence": round(found.confidence, 4),
                    "ranking": [
                        {"name": name, "confidence": round(value, 4)}
                        for name, value in found.ranking
                    ],
                    "entities": [vars(entity) for entity in found.entities],
                    "safety": safety_json(verdict),
                }
            )
        return {"results": results}

    def _check(self, request: Request) -> None:
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, f"Bearer {self._token}".encode()):
            raise Refused(401, "Unauthorized", "This is for programs on this machine only.")


def answer_json(line: Line, answered: Answered, seconds: float) -> dict[str, Any]:
    """The line that `belay play` prints."""
    exercise = answered.exercise
    return {
        "client": line.client,
        "in": line.text if line.text is not None else line.button,
        "replies": [_reply_json(reply) for reply in answered.replies],
        "nlu": _nlu_json(answered.understood),
        "safety": safety_json(answered.verdict),
        "exercise": vars(exercise) if exercise else None,
        "seconds": round(seconds, 3),
    }


def safety_json(verdict: Verdict) -> dict[str, Any]:
    """The four published fields of a verdict."""
    return verdict.as_dict()


def _reply_json(reply: Reply) -> dict[str, Any]:
    """Text and buttons; marks and a card are told as text: nothing is lost without a screen."""
    card = reply.card
    parts = [reply.text, *named_parts(reply)]
    if card is not None:
        parts += [f"{card.title}:", card.text] + ([card.url] if card.url else [])
    return {
        "text": "\n".join(part for part in parts if part),
        "buttons": [{"title": button.title} for button in reply.buttons],
    }


def _nlu_json(understood: Understood | None) -> dict[str, Any] | None:
    if understood is None:
        return None
    return {"intent": understood.intent, "confidence": round(understood.confidence, 4)}
