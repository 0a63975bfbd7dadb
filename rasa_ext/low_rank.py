"""The difference between two sets of weights, as small as it can be kept.

What training adds to a large matrix has few directions that matter (Hu et al. 2021, LoRA,
arXiv:2106.09685), so its first singular vectors say nearly all of it in a twentieth of the room.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Weights = Mapping[str, Array]

_LEFT, _RIGHT, _WHOLE = ".left", ".right", ".whole"


def difference(before: Weights, after: Weights, rank: int, share: float = 1.0) -> dict[str, Array]:
    """What changed, in half precision.

    Args:
        before: Weights by name.
        after: The same names and shapes.
        rank: How many directions of a matrix are kept; vectors are kept whole.
        share: How far to go from before to after: part of the way often does better on what is new
            than all of it (Wortsman et al. 2022, WiSE-FT, arXiv:2109.01903).
    """
    parts: dict[str, Array] = {}
    for name, weight in after.items():
        old = np.asarray(before[name], np.float32)
        change = share * (np.asarray(weight, np.float32) - old)
        if change.ndim == 1:
            parts[name + _WHOLE] = change.astype(np.float16)
            continue
        left, sizes, right = np.linalg.svd(change, full_matrices=False)
        root = np.sqrt(sizes[:rank])
        parts[name + _LEFT] = (left[:, :rank] * root).astype(np.float16)
        parts[name + _RIGHT] = (root[:, None] * right[:rank]).astype(np.float16)
    return parts


def applied(before: Weights, parts: Weights) -> dict[str, Array]:
    """The weights after the change.

    Args:
        before: Weights by name; those of which nothing is told stay as they are.
        parts: What ``difference`` gave.
    """
    after = {name: np.asarray(weight, np.float32) for name, weight in before.items()}
    for key, part in parts.items():
        name, _, kind = key.rpartition(".")
        if f".{kind}" == _WHOLE:
            after[name] = after[name] + part.astype(np.float32)
        elif f".{kind}" == _LEFT:
            right = parts[name + _RIGHT]
            after[name] = after[name] + part.astype(np.float32) @ right.astype(np.float32)
    return after
