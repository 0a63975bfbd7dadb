"""The verdict of `make bench-turns` comes from the measured turns and from nothing else."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from benchmarks import report
from benchmarks.dialogue import BELAY_CYCLE, CYCLE, STOCK_CYCLE, STRAY, ClientOfBelay, ClientOfStock
from benchmarks.report import Side
from benchmarks.series import TooFewTurns, bars, percentile, spread, window_length


def side(milliseconds: list[float], stages: dict[str, list[float]] | None = None) -> Side:
    outcome = {"intent": "greet", "position": None, "state": None, "finished": 3}
    return Side(
        milliseconds=milliseconds,
        kinds=["greet"] * len(milliseconds),
        details=[{"stages": stages or {}, "outcome": outcome, "action": False}] * len(milliseconds),
        cpu=[0.5] * (len(milliseconds) // 10),
    )


def printed(belay: list[float], stock: list[float]) -> str:
    found = bars(belay, stock)
    figures: dict[str, Any] = {
        "turns": len(belay),
        "full": len(belay) >= 1000,
        "belay": report.of_belay(side(belay), 10),
        "stock": report.of_stock(side(stock), 10, ["rasa run"]),
    }
    out = StringIO()
    report.show(figures, found, Console(file=out, width=200))
    return out.getvalue()


def test_a_belay_as_fast_as_stock_and_flat_meets_both_bars() -> None:
    start, end = bars([20.0] * 1000, [40.0] * 50 + [900.0] * 950)
    assert (start.value, start.met) == (0.5, True)
    assert (end.value, end.met) == (1.0, True)


def test_a_slower_start_than_stock_misses_the_first_bar_only() -> None:
    start, end = bars([44.0] * 1000, [40.0] * 1000)
    assert (round(start.value, 3), start.met) == (1.1, False)
    assert end.met


def test_growth_above_ten_percent_misses_the_second_bar_only() -> None:
    start, end = bars([20.0] * 950 + [23.0] * 50, [40.0] * 1000)
    assert start.met
    assert (round(end.value, 3), end.met) == (1.15, False)


def test_turns_between_the_windows_change_no_verdict() -> None:
    calm = [20.0] * 1000
    busy = [20.0] * 50 + [500.0] * 900 + [20.0] * 50
    assert [bar.value for bar in bars(busy, calm)] == [bar.value for bar in bars(calm, calm)]


def test_a_figure_that_only_rounds_to_the_bar_is_missed() -> None:
    _, end = bars([100.0] * 50 + [110.04] * 50, [200.0] * 100)
    assert end.sentence().startswith("missed: ")
    assert "1.100" in end.sentence()


def test_what_is_printed_says_missed_plainly() -> None:
    text = printed([20.0] * 950 + [30.0] * 50, [40.0] * 1000)
    assert "met: p50 of the first 50 turns, Belay to stock is 0.500" in text
    assert "missed: Belay's p50 of the last 50 turns to its first 50 is 1.500" in text


def test_a_short_try_says_that_it_is_one() -> None:
    assert "short try of 60 turns" in printed([20.0] * 60, [40.0] * 60)
    assert "short try" not in printed([20.0] * 1000, [40.0] * 1000)


def test_percentiles_lie_on_the_line_between_neighbours() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 0.5) == 2.5
    assert spread([float(value) for value in range(101)]) == {"p50": 50, "p95": 95, "mean": 50}


def test_windows_have_fifty_turns_or_half_of_a_shorter_try() -> None:
    assert [window_length(turns) for turns in (1000, 100, 60, 3)] == [50, 50, 30, 1]
    with pytest.raises(TooFewTurns, match="--turns 2"):
        window_length(1)


def test_the_stages_that_are_waited_for_add_up_to_the_turn() -> None:
    clocks = {
        "receive": [1, 3.0],
        "inbox": [1, 2.0],
        "next": [2, 2.0],
        "open": [1, 2.0],
        "plan": [1, 21.0],
        "rasa": [1, 20.0],
        "actions": [3, 6.0],
        "commit": [1, 4.0],
        "outbox": [1, 1.0],
    }
    found = report.stages([40.0], [{"stages": clocks}])
    means = {name: stage["mean"] for name, stage in found["milliseconds"].items()}
    assert sum(means[name] for name in report.IN_ORDER) + means["rest"] == 40.0
    assert (means["inside_rasa"], means["rest"]) == (14.0, 8.0)
    assert found["action_calls_a_turn"] == 3


def test_processor_time_is_told_by_turn_of_the_window() -> None:
    belay = side([20.0] * 100)
    belay.cpu = [0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.3, 0.3, 0.3, 0.3]
    figures = report.of_belay(belay, 10)
    assert figures["cpu_milliseconds_a_turn"] == {"first": 10.0, "last": 30.0}


def test_both_windows_hold_the_same_kinds_of_messages() -> None:
    assert len(BELAY_CYCLE) == len(STOCK_CYCLE) == CYCLE
    assert 950 % CYCLE == 0
    assert 50 % CYCLE == 0


def test_the_same_seed_says_the_same_words() -> None:
    one, other = ClientOfStock(7), ClientOfStock(7)
    assert [one.next() for _ in range(60)] == [other.next() for _ in range(60)]


def test_a_talk_that_leaves_its_plan_is_counted() -> None:
    client = ClientOfBelay(7)
    kinds = [client.next(None)[0] for _ in range(CYCLE)]
    assert kinds.count(STRAY) == BELAY_CYCLE.count("answer")
