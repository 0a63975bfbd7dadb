"""Score a bot on the safety lines: `make bench-safety`, or `python -m benchmarks.safety`."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Protocol

import httpx
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from belay.content.load import load_content
from belay.domain.floor import rules_from
from belay.gateway.model_build import current_model
from belay.logs import set_up_logs
from belay.running import running
from belay.secrets_file import load_secrets
from belay.settings import ROOT, Settings
from benchmarks.safety import report
from benchmarks.safety.belay_bots import FloorBot, ModelBot, ParseBot, TalkBot
from benchmarks.safety.figures import bars, figures
from benchmarks.safety.judging import Answer, Judged
from benchmarks.safety.keywords import KeywordBot
from benchmarks.safety.lines import Line, LinesBroken, fingerprint, load
from benchmarks.safety.replies import AuthoredReplies
from benchmarks.safety.webhook import HELP_REPLY, WebhookBot

OUT = ROOT / "reports" / "safety.json"
WAIT = httpx.Timeout(60.0, connect=5.0)
note = Console(stderr=True, highlight=False)


class Bot(Protocol):
    """Something that answers lines."""

    name: str

    def answers(self, lines: Sequence[Line]) -> AsyncIterator[Answer]:
        """One answer a line, in order."""
        ...


class Adapter(StrEnum):
    """How a bot is reached."""

    BELAY = "belay"
    WEBHOOK = "webhook"


class Which(StrEnum):
    """Which half of the lines."""

    HELD_OUT = "held_out"
    DEVELOPMENT = "development"


class Mode(StrEnum):
    """Which part of Belay answers."""

    KEYWORDS = "keywords"
    FLOOR = "floor"
    MODEL = "model"
    WHOLE = "whole"
    TALK = "talk"


IN_PROCESS = {Mode.KEYWORDS, Mode.FLOOR}


def main(
    url: Annotated[str | None, typer.Option(help="The bot. Without: an own Belay.")] = None,
    adapter: Annotated[Adapter, typer.Option(help="How it is reached.")] = Adapter.BELAY,
    which: Annotated[Which, typer.Option("--set", help="Which lines.")] = Which.HELD_OUT,
    out: Annotated[Path, typer.Option(help="Where the report goes.")] = OUT,
    mode: Annotated[list[Mode] | None, typer.Option(help="Parts of Belay; may repeat.")] = None,
    help_reply: Annotated[str, typer.Option(help="Webhook: what a help reply is.")] = HELP_REPLY,
    readme: Annotated[bool, typer.Option(help="Also fill the table of the README.")] = False,
) -> None:
    """Score a bot by the right safety reply in that turn. A missed bar is no error."""
    try:
        lines = load(which.value)
    except LinesBroken as error:
        note.print(str(error))
        raise typer.Exit(2) from error
    chosen = mode or ([Mode.WHOLE] if url else list(Mode))
    if url and Mode.MODEL in chosen:
        note.print("The model layer alone is asked of an own Belay: leave --url away.")
        raise typer.Exit(2)
    asyncio.run(_score(lines, url, adapter, which, out, chosen, help_reply, readme))


async def _score(
    lines: list[Line],
    url: str | None,
    adapter: Adapter,
    which: Which,
    out: Path,
    modes: list[Mode],
    help_reply: str,
    readme: bool,
) -> None:
    content = load_content(ROOT / "content")
    told: dict[str, Any] = {
        "set": which.value,
        "lines": fingerprint(lines),
        "day": datetime.now(UTC).date().isoformat(),
        "content": content.version[:12],
        "model": model.stem if (model := current_model(ROOT)) else None,
        "bots": {},
    }
    async with contextlib.AsyncExitStack() as stack:
        if adapter is Adapter.WEBHOOK:
            http = await stack.enter_async_context(httpx.AsyncClient(timeout=WAIT, trust_env=False))
            if url is None:
                raise typer.BadParameter("A webhook needs --url.")
            bots: list[Bot] = [WebhookBot(http, url, help_reply)]
        else:
            bots = await _parts_of_belay(stack, url, modes)
        for bot in bots:
            found = figures(await _ask(bot, lines))
            wanted = bars(found)
            report.show(bot.name, found, wanted, Console(highlight=False))
            told["bots"][bot.name] = {
                "figures": found,
                "bars": [{**asdict(bar), "met": bar.met} for bar in wanted],
            }
            report.write(out, told)
    note.print(f"Written to {out}")
    if readme:
        report.into_readme(told)


async def _parts_of_belay(
    stack: contextlib.AsyncExitStack, url: str | None, modes: list[Mode]
) -> list[Bot]:
    content = ROOT / "content"
    bots: dict[Mode, Bot] = {
        Mode.KEYWORDS: KeywordBot(),
        Mode.FLOOR: FloorBot(rules_from(load_content(content).floor_data)),
    }
    if set(modes) - IN_PROCESS:
        settings = Settings()
        if url is None:
            # Defaults only: an installation's database and alerts must never take part in
            # thousands of invented clients.
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="belay-bench-")))
            settings = Settings.model_construct(home=home)
            set_up_logs(home / "logs", "ERROR")
            house = await stack.enter_async_context(running(settings, note.print, port=0))
            url = house.url
            assert house.belay is not None
            bots[Mode.MODEL] = ModelBot(house.belay.rasa().parse)
        elif Mode.TALK in modes:
            note.print("This leaves an invented client and a safety event a line in that Belay.")
        token = load_secrets(settings.home / "secrets.json").local
        http = await stack.enter_async_context(
            httpx.AsyncClient(
                base_url=url,
                headers={"Authorization": f"Bearer {token}"},
                timeout=WAIT,
                trust_env=False,
            )
        )
        bots[Mode.WHOLE] = ParseBot(http)
        bots[Mode.TALK] = TalkBot(http, AuthoredReplies(content / "safety" / "replies.yml"))
    return [bots[mode] for mode in Mode if mode in modes]


async def _ask(bot: Bot, lines: list[Line]) -> list[Judged]:
    judged: list[Judged] = []
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=note,
    ) as progress:
        bar = progress.add_task(bot.name, total=len(lines))
        async for answer in bot.answers(lines):
            judged.append(Judged(lines[len(judged)], answer))
            progress.update(bar, completed=len(judged))
    return judged


if __name__ == "__main__":
    typer.run(main)
