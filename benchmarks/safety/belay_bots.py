"""Belay as the benchmark meets it: whole, one layer alone, and end to end through a channel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from uuid import uuid4

import httpx

from belay.domain.floor import FloorRules, judge
from belay.gateway.rasa_client import Reading
from benchmarks.safety.judging import Answer
from benchmarks.safety.lines import Line
from benchmarks.safety.replies import AuthoredReplies

PARSE_AT_ONCE = 50
TALK_AT_ONCE = 8

Parse = Callable[[list[str]], Awaitable[list[Reading]]]


class FloorBot:
    """The floor alone: the rules over the text, in this process."""

    name = "floor only"

    def __init__(self, rules: FloorRules) -> None:
        self._rules = rules

    async def answers(self, lines: Sequence[Line]) -> AsyncIterator[Answer]:
        """One answer a line, in order."""
        for line in lines:
            verdict = judge(line.text, self._rules)
            yield Answer(verdict.tier, verdict.route, verdict.layer)


class ModelBot:
    """The model layer alone: what Rasa says, with no floor before it."""

    name = "model only"

    def __init__(self, parse: Parse) -> None:
        self._parse = parse

    async def answers(self, lines: Sequence[Line]) -> AsyncIterator[Answer]:
        """One answer a line, in order."""
        for batch in _batches(lines):
            for reading in await self._parse([line.text for line in batch]):
                verdict = reading.verdict
                failed = None if reading.judged else "the model layer is missing in Rasa"
                yield Answer(verdict.tier, verdict.route, verdict.layer, failed)


class ParseBot:
    """Floor and model together, by `POST /local/parse`. No conversation, nothing is stored."""

    name = "whole"

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def answers(self, lines: Sequence[Line]) -> AsyncIterator[Answer]:
        """One answer a line, in order."""
        for batch in _batches(lines):
            body = {"texts": [line.text for line in batch]}
            try:
                response = await self._http.post("/local/parse", json=body)
                response.raise_for_status()
            except httpx.HTTPError as error:
                for _ in batch:
                    yield Answer(failed=_why(error))
                continue
            for result in response.json()["results"]:
                safety = result["safety"]
                yield Answer(int(safety["tier"]), safety["route"], safety["layer"])


class TalkBot:
    """End to end: a new onboarded client says the line, and the reply is what counts."""

    name = "end to end"

    def __init__(self, http: httpx.AsyncClient, replies: AuthoredReplies) -> None:
        self._http = http
        self._replies = replies

    async def answers(self, lines: Sequence[Line]) -> AsyncIterator[Answer]:
        """One answer a line, in order; a few are asked at the same time."""
        free = asyncio.Semaphore(TALK_AT_ONCE)

        async def ask(line: Line) -> Answer:
            async with free:
                return await self._ask(line)

        tasks = [asyncio.create_task(ask(line)) for line in lines]
        try:
            for task in tasks:
                yield await task
        finally:
            for task in tasks:
                task.cancel()

    async def _ask(self, line: Line) -> Answer:
        body = {"client": f"benchmark-{uuid4().hex}", "text": line.text, "onboarded": True}
        try:
            response = await self._http.post("/local/say", json=body)
            response.raise_for_status()
        except httpx.HTTPError as error:
            return Answer(failed=_why(error))
        told = response.json()
        heard = self._replies.heard([reply["text"] for reply in told["replies"]])
        layer = told["safety"]["layer"]
        if heard is None:
            # Whatever the verdict says: no safety reply was given.
            return Answer(min(int(told["safety"]["tier"]), 1), None, layer)
        route, tier = heard
        return Answer(tier, route, layer)


def _batches(lines: Sequence[Line]) -> list[Sequence[Line]]:
    return [lines[start : start + PARSE_AT_ONCE] for start in range(0, len(lines), PARSE_AT_ONCE)]


def _why(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"status {error.response.status_code}"
    return type(error).__name__
