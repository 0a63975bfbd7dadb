"""The report of two measured sides, and what is printed of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.dialogue import STRAY
from benchmarks.series import Bar, bars, by_hundred, percentile, spread, window_length

# What a message waits for, one after the other. "rest" is what no clock covers: HTTP, the event
# stream, and going from thread to thread.
IN_ORDER = ("receive", "next", "open", "plan", "commit", "outbox")
STAGES = {
    "receive": "receive: floor, then stored in the inbox",
    "floor": "  of which the safety floor (called twice a turn)",
    "inbox": "  of which the inbox's transaction",
    "next": "found by the conversation's worker",
    "open": "turn opened (one read)",
    "plan": "planned",
    "rasa": "  of which Rasa's round trip",
    "inside_rasa": "    understanding, rules, HTTP",
    "actions": "    action calls",
    "commit": "committed (one transaction)",
    "outbox": "read from the outbox",
    "rest": "rest: HTTP, event stream, threads",
    "seen": "afterwards, not waited for: marked as delivered",
}


@dataclass
class Side:
    """What was measured on one side: by turn, and the processor seconds of each block."""

    milliseconds: list[float] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    details: list[dict[str, Any]] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def of_belay(side: Side, block: int) -> dict[str, Any]:
    """Belay's figures, with the stages of a turn."""
    length = window_length(len(side.milliseconds))
    outcomes = [detail["outcome"] for detail in side.details]
    return _figures(side, block) | {
        "stages": {
            "first": stages(side.milliseconds[:length], side.details[:length]),
            "last": stages(side.milliseconds[-length:], side.details[-length:]),
        },
        "exercises_finished": outcomes[-1]["finished"],
        "turns_off_the_plan": side.kinds.count(STRAY),
        "intents": dict(Counter(outcome["intent"] or "a button" for outcome in outcomes)),
    }


def of_stock(side: Side, block: int, ran: Sequence[str]) -> dict[str, Any]:
    """Stock's figures, with what was run."""
    length = window_length(len(side.milliseconds))
    called = [detail["action"] for detail in side.details]
    return _figures(side, block) | {
        "first_with_an_action_call": _some(side.milliseconds[:length], called[:length], True),
        "first_without": _some(side.milliseconds[:length], called[:length], False),
        "ran": list(ran),
    }


def stages(total: Sequence[float], details: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Median and mean of each stage, in milliseconds a turn. Means add up, medians do not."""
    spent: dict[str, list[float]] = {name: [] for name in STAGES}
    for whole, detail in zip(total, details, strict=True):
        clocks = detail["stages"]
        turn = {name: clocks.get(name, [0, 0.0])[1] for name in STAGES}
        # The worker looks once more after the reply; only the first look is waited for.
        turn["next"] /= max(1, clocks.get("next", [0, 0.0])[0])
        turn["inside_rasa"] = turn["rasa"] - turn["actions"]
        turn["rest"] = whole - sum(turn[name] for name in IN_ORDER)
        for name, value in turn.items():
            spent[name].append(value)
    calls = [detail["stages"].get("actions", [0, 0.0])[0] for detail in details]
    return {
        "milliseconds": {
            name: {"p50": round(percentile(values, 0.5), 2), "mean": round(fmean(values), 2)}
            for name, values in spent.items()
        },
        "action_calls_a_turn": round(fmean(calls), 2),
    }


def verdict(belay: Side, stock: Side) -> tuple[Bar, Bar]:
    """What became of the two promises."""
    return bars(belay.milliseconds, stock.milliseconds)


def show(report: dict[str, Any], found: Sequence[Bar], console: Console) -> None:
    """Print the figures and the verdicts."""
    length = window_length(report["turns"])
    windows = Table(title="milliseconds a turn, as the sender sees it")
    for column in ("", f"first {length}: p50", "p95", f"last {length}: p50", "p95", "all: p50"):
        windows.add_column(column, justify="right" if column else "left")
    for name in ("belay", "stock"):
        side = report[name]
        first, last = side["first"], side["last"]
        figures = (first["p50"], first["p95"], last["p50"], last["p95"], side["all"]["p50"])
        windows.add_row(name, *(f"{figure:,.1f}" for figure in figures))
    console.print(windows)
    breakdown = Table(title="Belay's stages, mean milliseconds a turn (p50)")
    for column in ("", f"first {length}", f"last {length}"):
        breakdown.add_column(column, justify="right" if column else "left")
    spent = report["belay"]["stages"]
    for name, words in STAGES.items():
        cells = [spent[window]["milliseconds"][name] for window in ("first", "last")]
        breakdown.add_row(words, *(f"{cell['mean']:.2f} ({cell['p50']:.2f})" for cell in cells))
    console.print(breakdown)
    if not report["full"]:
        console.print(f"A short try of {report['turns']} turns: the bars speak of 1,000.")
    for bar in found:
        console.print(bar.sentence(), style="bold", soft_wrap=True)


def _figures(side: Side, block: int) -> dict[str, Any]:
    length = window_length(len(side.milliseconds))
    return {
        "first": spread(side.milliseconds[:length]),
        "last": spread(side.milliseconds[-length:]),
        "all": spread(side.milliseconds),
        "p50_of_each_hundred": by_hundred(side.milliseconds),
        "cpu_milliseconds_a_turn": _cpu(side, block, length),
        "kinds_of_messages": {
            "first": dict(Counter(side.kinds[:length])),
            "last": dict(Counter(side.kinds[-length:])),
        },
    }


def _cpu(side: Side, block: int, length: int) -> dict[str, float]:
    """Processor time of the whole blocks within each window."""
    blocks = max(1, length // block)
    turns = [
        min(block, len(side.milliseconds) - start)
        for start in range(0, len(side.milliseconds), block)
    ]
    return {
        "first": round(1000 * sum(side.cpu[:blocks]) / sum(turns[:blocks]), 1),
        "last": round(1000 * sum(side.cpu[-blocks:]) / sum(turns[-blocks:]), 1),
    }


def _some(values: Sequence[float], marks: Sequence[bool], wanted: bool) -> dict[str, Any] | None:
    chosen = [value for value, mark in zip(values, marks, strict=True) if mark is wanted]
    return spread(chosen) | {"turns": len(chosen)} if chosen else None
