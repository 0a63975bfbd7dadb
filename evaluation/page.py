"""The report as one page that needs nothing else."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from evaluation.page_tables import (
    bars,
    entity_rows,
    entity_wrong,
    intent_rows,
    other_rows,
    safety_kinds,
    safety_rows,
    set_rows,
    worst_rows,
)
from evaluation.summary import sets_of

STYLE = Path(__file__).with_name("page.css")


def page(report: Mapping[str, Any], folder: Path) -> str:
    """The page.

    Args:
        report: What was measured.
        folder: Where the pictures lie, which are taken into the page.
    """
    safety_lines = report["safety"]["lines"]
    parts = [
        "<h1>What Belay understands</h1>",
        _muted(
            f"Model {report['model']}, {report['training_lines']:,} training lines, measured "
            f"{report['when'].replace('T', ' ')}. Made by <code>make eval</code>; how to read it: "
            "docs/evaluation.md."
        ),
        "<h2>Sets</h2>",
        _table(*set_rows(sets_of(report))),
        _muted(
            "Primary: the likeliest intent is the reader's. Acceptable: it is an honest reading. "
            "In first three: an honest reading is among the first three. Acts on: sure enough not "
            "to ask. Real messages are counted and never shown."
        ),
        bars(report),
        "<h2>Safety</h2>",
        _table(*safety_rows(report)),
        _table(*safety_kinds(report)),
        _folded(
            f"{len(safety_lines['missed'])} held-out lines about danger that no layer caught",
            _table(*worst_rows(safety_lines["missed"])),
        ),
        _folded(
            f"{len(safety_lines['disturbed'])} harmless lines that set off a safety reply",
            _table(*worst_rows(safety_lines["disturbed"])),
        ),
        "<h2>Lines of other kinds</h2>",
        _table(*other_rows(report)),
        "<h2>Entities</h2>",
        _table(*entity_rows(report["entities"])),
        _folded("Lines read otherwise", _table(*entity_wrong(report["entities"]))),
        "<h2>Calibration</h2>",
        _picture(folder / "reliability.png", "How often it is right at each confidence"),
        "<h2>Intents</h2>",
        _picture(folder / "confusion.png", "Which intents are taken for which, held-out lines"),
    ]
    for name, found in sets_of(report).items():
        parts.append(_folded(f"Each intent, {name}", _table(*intent_rows(found))))
        if "worst" in found:
            worst = _table(*worst_rows(found["worst"]))
            parts.append(_folded(f"Surest errors, {name}", worst))
    style = STYLE.read_text("utf-8")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>What Belay understands</title>\n<style>\n{style}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    listed = [list(row) for row in rows]
    first = listed[0] if listed else head
    names = "".join(
        _cell("th", name, _is_number(value)) for name, value in zip(head, first, strict=True)
    )
    body = "\n".join(
        "<tr>" + "".join(_cell("td", value, _is_number(value)) for value in row) + "</tr>"
        for row in listed
    )
    return f'<div class="wide"><table><tr>{names}</tr>\n{body}</table></div>'


def _cell(tag: str, value: object, number: bool) -> str:
    shown = f"{value:.3f}" if isinstance(value, float) else str(value)
    mark = ' class="number"' if number else ""
    return f"<{tag}{mark}>{escape(shown)}</{tag}>"


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float))


def _folded(title: str, inside: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{inside}</details>"


def _muted(html: str) -> str:
    return f'<p class="muted">{html}</p>'


def _picture(file: Path, meaning: str) -> str:
    data = base64.b64encode(file.read_bytes()).decode("ascii")
    return f'<img src="data:image/png;base64,{data}" alt="{escape(meaning)}">'
