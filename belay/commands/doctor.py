"""`belay doctor`: looks at everything that can be wrong around Belay, and says what to fix."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby

from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from belay.bootstrap import utc_now
from belay.commands.doctor_channels import at_providers
from belay.commands.doctor_house import in_house
from belay.commands.finding import Finding
from belay.settings import Settings

SIGNS = {
    "good": "[green]ok[/green]    ",
    "told": "note  ",
    "look": "[yellow]look[/yellow]  ",
    "broken": "[red]broken[/red]",
}


def doctor(*, as_json: bool, offline: bool) -> bool:
    """Print what was found; returns whether nothing is broken."""
    found = examine(offline=offline)
    if as_json:
        print(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
    else:
        tell(found)
    return not any(one.state == "broken" for one in found)


def examine(*, offline: bool = False) -> list[Finding]:
    """Look at everything; settings that cannot be read are the only finding then."""
    try:
        settings = Settings()
    except ValidationError as error:
        # Only where and why: the value itself may be a secret.
        return [
            Finding(
                "settings",
                "broken",
                f"{'.'.join(str(part) for part in one['loc']) or 'settings'}: {one['msg']}",
                "docs/settings.md",
            )
            for one in error.errors(include_input=False, include_url=False)
        ]
    found = list(in_house(settings, utc_now()))
    return found if offline else [*found, *asyncio.run(_asked(settings))]


def tell(found: Sequence[Finding]) -> None:
    """Print the findings, worst last, so that they are what one sees."""
    screen = Console(highlight=False, soft_wrap=True)
    for state in SIGNS:
        these = [one for one in found if one.state == state]
        for remedy, group in groupby(these, key=lambda one: one.remedy):
            for one in group:
                screen.print(f"{SIGNS[state]}  {escape(one.about)}: {escape(one.said)}")
            if remedy:
                screen.print(f"        -> {escape(remedy)}")
    broken = sum(one.state == "broken" for one in found)
    look = sum(one.state == "look" for one in found)
    screen.print(f"{broken} broken, {look} to look at, {len(found)} findings in all")


async def _asked(settings: Settings) -> list[Finding]:
    return [one async for one in at_providers(settings)]
