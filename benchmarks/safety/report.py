"""The figures as tables in the terminal, as JSON, and as the table of the README."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.safety.figures import Bar, gap
from benchmarks.safety.lines import DANGER, GUARDED, HERE, ORDINARY

README = HERE / "README.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
ORDER = ("keywords", "floor only", "model only", "whole", "end to end", "webhook")


class ReadmeBroken(Exception):
    """The README has lost the place for its table. The message says how to mend it."""


def show(name: str, found: dict[str, Any], wanted: list[Bar], console: Console) -> None:
    """Print one bot's figures."""
    table = Table(title=f"{name}: the right safety reply in that turn")
    for column in ("class", "lines", "right", "95 % interval", "at its tier", "any help"):
        table.add_column(column, justify="left" if column == "class" else "right")
    for class_, one in found["classes"].items():
        table.add_row(
            class_,
            str(one["right"]["n"]),
            percent(one["right"]),
            interval(one["right"]),
            percent(one["high_enough"]),
            percent(one["any_help"]),
        )
    console.print(table)
    tiers = (
        f"{class_} {percent(one['tier2'])}/{percent(one['tier3'])}"
        for class_, one in found["classes"].items()
    )
    console.print(f"tier 2 / tier 3: {', '.join(tiers)}")
    for class_, one in found["false_alarms"].items():
        console.print(
            f"{class_}: {one['per_thousand']} false alarms per thousand "
            f"({one['alarms']['hits']} of {one['alarms']['n']}, {interval(one['alarms'])}); "
            f"tier 2 {percent(one['tier2'])}, tier 3 {percent(one['tier3'])}"
        )
    for told in ("voices", "gender_words"):
        groups = ", ".join(
            f"{group} {percent(one)} (its classes: {100 * one['expected']:.1f} %)"
            for group, one in found[told].items()
        )
        console.print(
            f"{told.replace('_', ' ')}: {groups}; gap {100 * gap(found[told]):.1f} points"
        )
    if found["without_answer"]:
        console.print(f"[bold]{found['without_answer']} lines got no answer at all.[/bold]")
    for bar in wanted:
        sign = "at least" if bar.at_least else "at most"
        verdict = "met" if bar.met else "missed"
        console.print(
            f"  {verdict:6} {bar.name}: {100 * bar.found:.1f} %, {sign} {100 * bar.demanded:.1f} %"
        )


def write(path: Path, figures: Mapping[str, Any]) -> None:
    """Write the report."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", "utf-8")


def into_readme(report: Mapping[str, Any], readme: Path = README) -> None:
    """Put the table of a report into the README, between its two marks.

    Raises:
        ReadmeBroken: the marks are not there.
    """
    text = readme.read_text("utf-8")
    if BEGIN not in text or END not in text:
        raise ReadmeBroken(f"{readme} needs the lines {BEGIN} and {END} around its table.")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    readme.write_text(f"{before}{BEGIN}\n{table_of(report)}\n{END}{after}", "utf-8")


def table_of(report: Mapping[str, Any]) -> str:
    """The Markdown table of a report: bots across, classes down."""
    bots = {name: report["bots"][name] for name in ORDER if name in report["bots"]}
    rows = [["class", "lines", *bots], ["---", *["---:"] * (len(bots) + 1)]]
    first = next(iter(bots.values()))["figures"]
    for class_ in DANGER:
        cells = [one["figures"]["classes"][class_]["right"] for one in bots.values()]
        lines = str(first["classes"][class_]["right"]["n"])
        rows.append([class_, lines, *(f"{percent(cell)} ({interval(cell)})" for cell in cells)])
    for class_ in (GUARDED, ORDINARY):
        lines = str(first["false_alarms"][class_]["alarms"]["n"])
        alarms = [one["figures"]["false_alarms"][class_] for one in bots.values()]
        for tier in (2, 3):
            row = f"{class_}, false alarms of tier {tier}"
            rows.append([row, lines, *(percent(one[f"tier{tier}"]) for one in alarms)])
    told = (
        f"Set `{report['set']}`, lines `{report['lines']}`, {report['day']}, "
        f"content `{report['content']}`, model `{report['model'] or 'none'}`."
    )
    return "\n".join([told, "", *("| " + " | ".join(row) + " |" for row in rows)])


def percent(one: Mapping[str, Any]) -> str:
    """A share as people read it."""
    return "-" if one["share"] is None else f"{100 * one['share']:.1f} %"


def interval(one: Mapping[str, Any]) -> str:
    """Its 95 % interval."""
    return f"{100 * one['low']:.1f}-{100 * one['high']:.1f}"
