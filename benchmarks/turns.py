"""Turn latency of one long conversation, Belay beside stock Rasa: `make bench-turns`."""

from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from belay.gateway.model_build import current_model
from belay.settings import ROOT, Settings
from benchmarks import machine, report
from benchmarks.dialogue import (
    BELAY_CYCLE,
    OPENING,
    STOCK_CYCLE,
    STRAY,
    ClientOfBelay,
    ClientOfStock,
)
from benchmarks.report import Side
from benchmarks.series import FULL, Bar, TooFewTurns, window_length
from benchmarks.stock import Stock, StockBroke, greets
from benchmarks.visit import BelayBroke, Visit

BLOCK = 10
TOO_MANY_STRAYS = 20
SEED = 20
SENDER = "one-long-conversation"
REPORT = ROOT / "reports" / "turns.json"
note = Console(stderr=True, highlight=False)


class TalkWentAstray(Exception):
    """Belay understands the texts in another way than planned. The message says what to do."""


@contextlib.contextmanager
def counted(side: Side, pids: tuple[int, ...]) -> Iterator[None]:
    """Note the processor time that a side's processes use in a block."""
    before = machine.cpu_seconds(pids)
    yield
    side.cpu.append(machine.cpu_seconds(pids) - before)


async def talk(visit: Visit, stock: Stock, turns: int, seed: int) -> tuple[Side, Side, list[float]]:
    """Both conversations, in alternating blocks, so that other load meets both."""
    belay, other = Side(), Side()
    client, other_client = ClientOfBelay(seed), ClientOfStock(seed)
    position = await open_both(visit, stock)
    loads = [machine.load()]
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("Belay {task.fields[belay]:.0f} ms, stock {task.fields[stock]:.0f} ms"),
        console=note,
    ) as progress:
        bar = progress.add_task("turns", total=turns, belay=0.0, stock=0.0)
        for start in range(0, turns, BLOCK):
            length = min(BLOCK, turns - start)
            with counted(other, stock.pids):
                for _ in range(length):
                    kind, text = other_client.next()
                    spent, replies = await stock.turn(SENDER, text)
                    other.milliseconds.append(spent)
                    other.kinds.append(kind)
                    other.details.append({"action": greets(replies)})
                    progress.update(bar, stock=spent)
            with counted(belay, visit.pids):
                for _ in range(length):
                    kind, text = client.next(position)
                    spent = await visit.turn(text)
                    measured = await visit.measured()
                    position = measured["outcome"]["position"]
                    belay.milliseconds.append(spent)
                    belay.kinds.append(kind)
                    belay.details.append(measured)
                    progress.update(bar, belay=spent, advance=1)
            if belay.kinds.count(STRAY) > TOO_MANY_STRAYS:
                raise TalkWentAstray(
                    f"After {len(belay.kinds)} turns the talk had left its plan {TOO_MANY_STRAYS} "
                    "times, so the turns are no longer alike. Play benchmarks/dialogue.py by hand."
                )
            loads.append(machine.load())
            done = start + length
            if not note.is_terminal and done % 100 == 0:
                note.print(f"{done} of {turns} turns")
    return belay, other, loads


async def open_both(visit: Visit, stock: Stock) -> str | None:
    """The turns before turn 1, not counted: Belay's card and gate, and a warm-up for stock."""
    other_client = ClientOfStock(0)
    position = None
    for text in OPENING:
        await visit.turn(text)
        position = (await visit.measured())["outcome"]["position"]
        await stock.turn("warm-up", other_client.next()[1])
    return position


async def measure(
    turns: int, seed: int, stock_folder: Path | None
) -> tuple[dict[str, Any], tuple[Bar, Bar]]:
    """Set both sides up, let them talk, and gather the report and the verdicts."""
    model = current_model(ROOT)
    if model is None:
        raise SystemExit("There is no up-to-date model. Run `make train`.")
    python = Settings().rasa_python
    began, load_before = datetime.now(UTC), machine.load()
    with tempfile.TemporaryDirectory(prefix="bench-turns-") as temporary:
        folder = Path(temporary)
        stock = Stock(stock_folder or folder / "stock", python, note.print)
        visit = Visit(folder / "belay", note.print)
        try:
            await asyncio.to_thread(stock.make)
            await stock.start()
            await visit.start()
            belay, other, loads = await talk(visit, stock, turns, seed)
        finally:
            await visit.stop()
            await stock.stop()
    found = report.verdict(belay, other)
    return {
        "what": "Turn latency of one conversation, in milliseconds, as the sender sees it.",
        "began": began.isoformat(timespec="seconds"),
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "turns": turns,
        "full": turns >= FULL,
        "bars": [bar.as_dict() for bar in found],
        "seed": seed,
        "alternating_blocks_of": BLOCK,
        "machine": machine.describe(),
        "load": {"before": load_before, "lowest": min(loads), "highest": max(loads)},
        "versions": machine.versions(python),
        "commit": machine.commit(ROOT),
        "model": model.name,
        "cycle": {"belay": BELAY_CYCLE, "stock": STOCK_CYCLE, "before_turn_1": OPENING},
        "belay": report.of_belay(belay, BLOCK),
        "stock": report.of_stock(other, BLOCK, stock.ran),
    }, found


def bench(
    turns: Annotated[int, typer.Option(help="Turns of each conversation.")] = FULL,
    seed: Annotated[int, typer.Option(help="Chooses the texts.")] = SEED,
    stock: Annotated[
        Path | None, typer.Option(help="Keep the trained stock project here, for the next run.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Where the report goes. A short try is only written when this is given."),
    ] = None,
    remark: Annotated[str, typer.Option(help="Goes into the report as it is.")] = "",
) -> None:
    """Measure, print, write the report. A missed bar is said, and is no error of the command."""
    try:
        window_length(turns)
        figures, found = asyncio.run(measure(turns, seed, stock))
    except (BelayBroke, StockBroke, TalkWentAstray, TooFewTurns) as error:
        raise SystemExit(str(error)) from error
    if remark:
        figures["remark"] = remark
    report.show(figures, found, Console(highlight=False))
    place = out or (REPORT if figures["full"] else None)
    if place is not None:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
        note.print(f"Written to {place}")


if __name__ == "__main__":
    typer.run(bench)
