"""L-BFGS, for functions of millions of numbers.

The method of scipy's ``minimize(method="L-BFGS-B")`` without bounds: scipy makes a list entry and a
tuple for the bound of each number and keeps everything in double precision, which took longer than
the function itself. Source: Nocedal and Wright, Numerical Optimization (2006), algorithms 7.4 and
7.5, with a line search by bisection for the weak Wolfe conditions (Burke, Lewis and Overton).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from scipy.linalg import get_blas_funcs

Array = np.ndarray[Any, Any]
# The value at a point, and the slope there.
Function = Callable[[Array], tuple[float, Array]]

REMEMBERED = 10
_ENOUGH_LOWER, _ENOUGH_FLATTER = 1e-4, 0.9
_MOST_TRIES = 20
_NO_LOWER = 2.2e-9  # of the value; scipy's own default


def minimum(function: Function, start: Array, *, steps: int, flat: float) -> Array:
    """The point at which a smooth function is lowest.

    Args:
        function: What is minimised.
        start: Where to begin; the search keeps its precision.
        steps: Most steps.
        flat: The search is over where no part of the slope is steeper.
    """
    point = start
    value, slope = function(point)
    moves: deque[tuple[Array, Array, float]] = deque(maxlen=REMEMBERED)
    for _ in range(steps):
        if np.abs(slope).max() <= flat:
            break
        way = downhill(slope, moves)
        first = 1.0 if moves else min(1.0, 1.0 / float(np.linalg.norm(slope)))
        found = _step(function, point, value, slope, way, first)
        if found is None:
            break
        lower, there, slope_there = found
        moved, bent = there - point, slope_there - slope
        curved = float(moved @ bent)
        if curved > 0:
            moves.append((moved, bent, curved))
        done = value - lower <= _NO_LOWER * max(abs(value), abs(lower), 1.0)
        point, value, slope = there, lower, slope_there
        if done:
            break
    return point


def downhill(slope: Array, moves: Iterable[tuple[Array, Array, float]]) -> Array:
    """Where to go: against the slope, as bent by what the last moves showed."""
    way = -slope
    add = get_blas_funcs("axpy", (way,))  # in place: no copy of millions of numbers
    shares = []
    seen = list(moves)
    for moved, bent, curved in reversed(seen):
        share = float(moved @ way) / curved
        way = add(bent, way, a=-share)
        shares.append(share)
    if seen:
        _, bent, curved = seen[-1]
        way *= curved / float(bent @ bent)
    for (moved, bent, curved), share in zip(seen, reversed(shares), strict=True):
        way = add(moved, way, a=share - float(bent @ way) / curved)
    return way


def _step(
    function: Function, point: Array, value: float, slope: Array, way: Array, first: float
) -> tuple[float, Array, Array] | None:
    """A lower, flatter point on the way, with its value and slope; None where there is none."""
    falls = float(slope @ way)
    size, too_near, too_far = first, 0.0, np.inf
    best = None
    for _ in range(_MOST_TRIES):
        there = point + np.asarray(size, dtype=point.dtype) * way
        lower, slope_there = function(there)
        if not lower <= value + _ENOUGH_LOWER * size * falls:
            too_far = size
        else:
            best = lower, there, slope_there
            if float(slope_there @ way) >= _ENOUGH_FLATTER * falls:
                return best
            too_near = size
        size = 2 * size if too_far == np.inf else (too_near + too_far) / 2
    return best
