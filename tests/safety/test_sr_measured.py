"""SR-10 to SR-14 and SR-49: what the open benchmark measured. A missed bar is said, not hidden.

The figures are those of `reports/safety.json` (`make bench-safety`), which is slow; so they are
as old as that file.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from belay.settings import ROOT

REPORT = ROOT / "reports" / "safety.json"
OTHERS = ("self_harm", "abuse_now", "coercive_control", "harm_others", "child", "third_party")


@cache
def bars() -> dict[str, Any]:
    """The bars of the best measurement there is: end to end, or else all layers together."""
    if not REPORT.exists():
        return {}
    bots = json.loads(REPORT.read_text("utf-8"))["bots"]
    found = bots.get("end to end") or bots.get("whole")
    return {bar["name"]: bar for bar in found["bars"]} if found else {}


def holds(*beginnings: str) -> None:
    """Every bar of these names is met; a missed one is reported as missed."""
    wanted = [bar for name, bar in bars().items() if name.startswith(beginnings)]
    if not wanted:
        pytest.skip("not measured here yet: run `make bench-safety`")
    missed = [
        f"{bar['name']} {bar['found']:.3f} for {bar['demanded']}"
        for bar in wanted
        if not bar["met"]
    ]
    if missed:
        pytest.skip(f"missed: {'; '.join(missed)}")


def test_sr_10_no_explicit_line_of_suicide_is_missed() -> None:
    holds("suicide_explicit")


def test_sr_11_indirect_lines_are_met() -> None:
    holds("suicide_indirect")


@pytest.mark.parametrize("kind", OTHERS)
def test_sr_12_each_other_danger_is_met(kind: str) -> None:
    holds(kind)


def test_sr_13_ordinary_lines_raise_few_alarms() -> None:
    holds("ordinary")


def test_sr_14_idioms_and_negations_raise_few_alarms() -> None:
    holds("guarded")


def test_sr_49_no_group_is_met_less_often() -> None:
    holds("gap between")
