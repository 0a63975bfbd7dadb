"""The search for the lowest point gets there, as far as scipy does, and gives up where it must."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.optimize

from rasa_ext.lbfgs import minimum

Array = np.ndarray[Any, Any]


def bowl(point: Array) -> tuple[float, Array]:
    steep = np.array([1.0, 100.0, 10_000.0])
    return float((steep * (point - 3) ** 2).sum()), 2 * steep * (point - 3)


def bent_valley(point: Array) -> tuple[float, Array]:
    """Rosenbrock's function; lowest at (1, 1, 1, 1)."""
    slope: Array = scipy.optimize.rosen_der(point)
    return float(scipy.optimize.rosen(point)), slope


@pytest.mark.parametrize(
    ("function", "start", "lowest"),
    [(bowl, np.zeros(3), 3.0), (bent_valley, np.array([-1.2, 1.0, -0.5, 2.0]), 1.0)],
)
def test_it_finds_the_lowest_point(function: Any, start: Array, lowest: float) -> None:
    found = minimum(function, start, steps=200, flat=1e-6)
    assert found == pytest.approx(np.full(len(start), lowest), abs=1e-4)


def test_it_gets_as_low_as_scipy_in_as_many_steps() -> None:
    dice = np.random.default_rng(0)
    rows, target = dice.normal(size=(400, 60)), dice.integers(0, 2, 400) * 2 - 1

    def regression(weights: Array) -> tuple[float, Array]:
        margin = target * (rows @ weights)
        slope = -rows.T @ (target / (1 + np.exp(margin))) + 0.01 * weights
        return float(np.log1p(np.exp(-margin)).sum() + 0.005 * weights @ weights), slope

    for steps in (5, 15, 60):
        ours = regression(minimum(regression, np.zeros(60), steps=steps, flat=1e-5))[0]
        theirs = scipy.optimize.minimize(
            regression, np.zeros(60), jac=True, method="L-BFGS-B", options={"maxiter": steps}
        ).fun
        assert ours <= theirs * 1.02


def test_it_keeps_single_precision() -> None:
    start = np.zeros(3, dtype=np.float32)
    found = minimum(
        lambda at: (bowl(at)[0], bowl(at)[1].astype(np.float32)), start, steps=50, flat=1e-3
    )
    assert found.dtype == np.float32
    assert found == pytest.approx(np.full(3, 3.0), abs=1e-2)


def test_where_nothing_is_lower_it_stays() -> None:
    start = np.full(3, 3.0)
    assert minimum(bowl, start, steps=50, flat=1e-6) == pytest.approx(start)
    # A slope that leads nowhere: no step is ever lower.
    stuck = minimum(lambda at: (0.0, np.ones(3)), start, steps=50, flat=1e-6)
    assert stuck == pytest.approx(start)
