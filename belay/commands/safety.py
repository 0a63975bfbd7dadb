"""`belay safety`: counts of safety events without identifiers, and what waits for a signature."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from belay.commands.safety_figures import NoFigures, figures_table, put_into
from belay.content.sign_off import read_sign_offs
from belay.settings import ROOT, Settings
from belay.storage.engine import migrate, open_engine
from belay.storage.safety_log import EventCount, SafetyLog

app = typer.Typer(help="Safety: counts for the yearly report, signatures.", no_args_is_help=True)
note = Console(highlight=False, soft_wrap=True)

# From this tier on every reply names help lines: it is a referral.
REFERRAL_TIER = 2


@app.command()
def report(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    year: Annotated[int | None, typer.Option(help="Only this year.")] = None,
) -> None:
    """Count safety events by month, tier, route and layer. No identifiers, no words."""
    engine = open_engine(Settings().database)
    migrate(engine)
    counts = [one for one in SafetyLog(engine).counts() if of_year(one, year)]
    if as_json:
        print(json.dumps(as_data(counts), indent=2))
        return
    note.print(as_table(counts))
    for name, number in referrals(counts).items():
        note.print(f"Referrals to help lines in {name}: {number}")


@app.command()
def figures(
    write: Annotated[bool, typer.Option("--write", help="Put the table into SAFETY.md.")] = False,
) -> None:
    """Show the benchmark's figures as a table, from reports/safety.json."""
    try:
        table = figures_table(ROOT / "reports" / "safety.json")
        if write:
            put_into(ROOT / "SAFETY.md", table)
    except NoFigures as error:
        note.print(str(error))
        raise typer.Exit(1) from error
    if not write:
        print(table)


@app.command("sign-off")
def sign_off() -> None:
    """Say which safety texts wait for a person, with the hash to sign."""
    found = read_sign_offs(Settings().content)
    for one in found.all:
        state = f"checked by {one.name}, {one.role}, {one.on}" if one.holds else "not checked"
        note.print(f"{one.now}  content/{one.file}: {state} (asks for {one.asks_for})")


def of_year(count: EventCount, year: int | None) -> bool:
    """Whether a count belongs to the year asked for."""
    return year is None or count.month.startswith(f"{year:04d}-")


def referrals(counts: list[EventCount]) -> dict[str, int]:
    """Referrals by year: events whose reply named help lines."""
    found: dict[str, int] = {}
    for one in counts:
        if one.tier >= REFERRAL_TIER:
            found[one.month[:4]] = found.get(one.month[:4], 0) + one.events
    return found


def as_data(counts: list[EventCount]) -> dict[str, Any]:
    """The report as JSON."""
    months = [datetime.strptime(one.month, "%Y-%m") for one in counts]  # noqa: DTZ007 - a month
    return {
        "from": f"{min(months):%Y-%m}" if months else None,
        "to": f"{max(months):%Y-%m}" if months else None,
        "referrals_by_year": referrals(counts),
        "events": [vars(one) for one in counts],
    }


def as_table(counts: list[EventCount]) -> Table:
    """The report for people."""
    table = Table("Month", "Tier", "Route", "Layer", "Events")
    for one in counts:
        route = one.route.removeprefix("safety_").replace("_", " ")
        table.add_row(one.month, str(one.tier), route, one.layer, str(one.events))
    return table
