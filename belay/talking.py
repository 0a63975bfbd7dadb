"""Talking from a terminal or a file, against a running Belay or one started for it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from rich.console import Console

from belay.logs import set_up_logs
from belay.running import running, running_url
from belay.secrets_file import load_secrets
from belay.settings import Settings

note = Console(stderr=True, highlight=False, soft_wrap=True)
WAIT = httpx.Timeout(150.0, connect=5.0)
PARSE_AT_ONCE = 50


@contextlib.asynccontextmanager
async def connection(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client for the local routes of a running or freshly started Belay."""
    url = running_url(settings)
    async with contextlib.AsyncExitStack() as stack:
        if url is None:
            set_up_logs(settings.home / "logs", settings.log_level)
            house = await stack.enter_async_context(
                running(settings, lambda words: note.print(f"[dim]{words}[/dim]"), port=0)
            )
            url = house.url
        token = load_secrets(settings.home / "secrets.json").local
        yield await stack.enter_async_context(
            httpx.AsyncClient(
                base_url=url,
                headers={"Authorization": f"Bearer {token}"},
                timeout=WAIT,
                trust_env=False,
            )
        )


async def play_lines(settings: Settings, file: Path, *, onboarded: bool, fresh: bool) -> int:
    """Play a file of lines. Returns the exit code: 0, or 2 when a line could not be played."""
    prefix = f"{uuid4().hex[:8]}-" if fresh else ""
    bad = 0
    async with connection(settings) as http:
        async for number, raw in _lines(file):
            try:
                line = json.loads(raw)
                body = {
                    "client": prefix + str(line["client"]),
                    "onboarded": onboarded,
                    **{key: line[key] for key in ("text", "button") if key in line},
                }
            except (ValueError, KeyError, TypeError):
                note.print(f'Line {number} is not {{"client": ..., "text": ...}}; left out.')
                bad += 1
                continue
            response = await http.post("/local/say", json=body)
            if response.status_code != 200:
                note.print(f"Line {number}: {_detail(response)}")
                bad += 1
                continue
            answer = {**response.json(), "client": line["client"]}
            print(json.dumps(answer, ensure_ascii=False), flush=True)
    return 2 if bad else 0


async def parse_lines(settings: Settings, file: Path) -> int:
    """Parse a file of {"text"} lines, in order."""
    bad = 0
    async with connection(settings) as http:
        batch: list[str] = []
        async for number, raw in _lines(file):
            try:
                batch.append(str(json.loads(raw)["text"]))
            except (ValueError, KeyError, TypeError):
                note.print(f'Line {number} is not {{"text": ...}}; left out.')
                bad += 1
                continue
            if len(batch) >= PARSE_AT_ONCE or file == Path("-"):
                await _parse(http, batch)
                batch = []
        await _parse(http, batch)
    return 2 if bad else 0


async def chat_in_terminal(settings: Settings, client: str) -> None:
    """Talk until the person leaves with an empty line or Ctrl-D."""
    async with connection(settings) as http:
        note.print("[dim]Type, or give the number of a choice. Ctrl-D leaves.[/dim]\n")
        while True:
            try:
                text = await asyncio.to_thread(input, "you > ")
            except (EOFError, KeyboardInterrupt):
                note.print()
                return
            if not text.strip():
                continue
            response = await http.post("/local/say", json={"client": client, "text": text})
            if response.status_code != 200:
                note.print(_detail(response))
                continue
            for reply in response.json()["replies"]:
                print(f"\n{reply['text']}")
                for place, button in enumerate(reply["buttons"], start=1):
                    print(f"  {place}. {button['title']}")
            print()


async def _parse(http: httpx.AsyncClient, texts: list[str]) -> None:
    if not texts:
        return
    response = await http.post("/local/parse", json={"texts": texts})
    if response.status_code != 200:
        raise SystemExit(_detail(response))
    for result in response.json()["results"]:
        print(json.dumps(result, ensure_ascii=False), flush=True)


async def _lines(file: Path) -> AsyncIterator[tuple[int, str]]:
    if file != Path("-"):
        try:
            lines: Iterator[str] = iter(file.read_text("utf-8").splitlines())
        except OSError as error:
            raise SystemExit(f"{file} cannot be read ({error.strerror}).") from error
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, line
        return
    number = 0
    while line := await asyncio.to_thread(sys.stdin.readline):
        number += 1
        if line.strip():
            yield number, line


def _detail(response: httpx.Response) -> str:
    try:
        data: dict[str, Any] = response.json()
    except ValueError:
        return f"status {response.status_code}"
    return str(data.get("detail", response.status_code))
