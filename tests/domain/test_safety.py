"""Gates and risks: who may plan words for whom."""

from __future__ import annotations

from itertools import product

import pytest

from belay.domain.client import Risk
from belay.domain.safety import Phase, SafetyState, gate_allows, risk_from

OPEN = {
    ("G0", Risk.UNKNOWN): True,
    ("G0", Risk.NONE): True,
    ("G0", Risk.WATCH): True,
    ("G0", Risk.RED): True,
    ("G1", Risk.UNKNOWN): False,
    ("G1", Risk.NONE): True,
    ("G1", Risk.WATCH): True,
    ("G1", Risk.RED): False,
    ("G2", Risk.UNKNOWN): False,
    ("G2", Risk.NONE): True,
    ("G2", Risk.WATCH): False,
    ("G2", Risk.RED): False,
}


@pytest.mark.parametrize(("gate", "risk"), list(OPEN))
def test_a_gate_is_open_as_the_table_says(gate: str, risk: Risk) -> None:
    assert gate_allows(gate, risk) is OPEN[gate, risk]


def test_the_table_is_whole() -> None:
    assert set(OPEN) == set(product(("G0", "G1", "G2"), Risk))


@pytest.mark.parametrize("answers", list(product(["yes", "no", "not_sure", "skip"], repeat=3)))
def test_any_yes_is_red_three_noes_are_none_and_the_rest_is_watch(
    answers: tuple[str, ...],
) -> None:
    risk = risk_from(dict(zip(("afraid", "hurt", "controls"), answers, strict=True)))
    if "yes" in answers:
        assert risk is Risk.RED
    elif answers == ("no", "no", "no"):
        assert risk is Risk.NONE
    else:
        assert risk is Risk.WATCH


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_noes_are_not_enough(count: int) -> None:
    names = ("afraid", "hurt", "controls")[:count]
    assert risk_from(dict.fromkeys(names, "no")) is Risk.WATCH


@pytest.mark.parametrize(
    ("phase", "waits"),
    [
        (Phase.NORMAL, False),
        (Phase.CHECK, True),
        (Phase.CRISIS, True),
        (Phase.AFTERCARE, False),
    ],
)
def test_coaching_waits_while_a_check_or_a_crisis_goes_on(phase: Phase, waits: bool) -> None:
    assert SafetyState(phase).open is waits
