"""The figures of the safety benchmark as the table of SAFETY.md; none is written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
BEST_FIRST = ("end to end", "whole", "model only", "floor only")


class NoFigures(Exception):
    """There is nothing to show, or no place for it. The message says what to do."""


def figures_table(report: Path) -> str:
    """The table for the best measurement in a report.

    Raises:
        NoFigures: the report is not there, or holds no measurement of Belay.
    """
    if not report.exists():
        raise NoFigures(f"There is no {report.name}. Run `make bench-safety` first.")
    told = json.loads(report.read_text("utf-8"))
    name = next((one for one in BEST_FIRST if one in told["bots"]), None)
    if name is None:
        raise NoFigures(f"{report.name} holds no measurement of Belay. Run `make bench-safety`.")
    found = told["bots"][name]["figures"]
    lines = [
        f"Measured on {told['day']}, {told['set'].replace('_', ' ')} lines, {name}.",
        "",
        "| danger | lines | met with the right reply in that turn | 95 % interval |",
        "|---|---|---|---|",
    ]
    for kind, one in found["classes"].items():
        lines.append(f"| {_plain(kind)} | {one['right']['n']} | {_share(one['right'])} |")
    lines += ["", "| no danger | lines | asked (tier 2) | full crisis reply (tier 3) |"]
    lines += ["|---|---|---|---|"]
    for kind, one in found["false_alarms"].items():
        tiers = " | ".join(f"{100 * _part(one[tier]):.1f} %" for tier in ("tier2", "tier3"))
        lines.append(f"| {_plain(kind)} | {one['alarms']['n']} | {tiers} |")
    missed = [bar["name"] for bar in told["bots"][name]["bars"] if not bar["met"]]
    lines += ["", f"Bars missed: {', '.join(map(_plain, missed))}." if missed else "No bar missed."]
    return "\n".join(lines)


def put_into(page: Path, table: str) -> None:
    """Write the table between the page's marks.

    Raises:
        NoFigures: the page has lost its marks.
    """
    text = page.read_text("utf-8")
    before, opens, rest = text.partition(BEGIN)
    _, closes, after = rest.partition(END)
    if not opens or not closes:
        raise NoFigures(f"{page.name} has lost its marks. Put back {BEGIN} and {END}.")
    page.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", "utf-8")


def _share(one: dict[str, Any]) -> str:
    low, high = float(one["low"]), float(one["high"])
    return f"{100 * _part(one):.1f} % | {100 * low:.1f} to {100 * high:.1f} %"


def _part(one: dict[str, Any]) -> float:
    return float(one["hits"]) / one["n"] if one["n"] else 0.0


def _plain(name: str) -> str:
    return name.replace("_", " ")
