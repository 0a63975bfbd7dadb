"""Multinomial logistic regression over dense and sparse features side by side.

The same objective as scikit-learn's, several times faster here: the dense part stays a matrix
product instead of becoming part of one huge sparse matrix. Saved as plain arrays, never pickled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse

from rasa_ext.lbfgs import minimum

Array = np.ndarray[Any, Any]
Sparse = Any  # scipy's matrices carry no types


@dataclass(frozen=True)
class SoftmaxRegression:
    """A trained model.

    Attributes:
        labels: Names of the classes, in the order of the columns.
        dense: Weights of the dense features.
        sparse: Weights of the sparse features.
        bias: One number for each class.
    """

    labels: tuple[str, ...]
    dense: Array
    sparse: Array
    bias: Array

    def probabilities(self, dense: Array, sparse: Sparse) -> Array:
        """Probability of each class (columns) for each row."""
        return softmax(dense @ self.dense + sparse @ self.sparse + self.bias)

    def save(self, file: Path) -> None:
        """Write the model as plain arrays."""
        np.savez(
            file,
            labels=np.array(self.labels),
            dense=self.dense.astype(np.float32),
            sparse=self.sparse.astype(np.float16),
            bias=self.bias.astype(np.float32),
        )

    @classmethod
    def load(cls, file: Path) -> SoftmaxRegression:
        """Read what ``save`` wrote."""
        with np.load(file, allow_pickle=False) as stored:
            return cls(
                labels=tuple(str(label) for label in stored["labels"]),
                dense=stored["dense"],
                sparse=stored["sparse"].astype(np.float32),
                bias=stored["bias"],
            )


def fit(
    dense: Array,
    sparse: Sparse,
    labels: Sequence[str],
    *,
    strength: float,
    steps: int,
    weights: Array | None = None,
) -> SoftmaxRegression:
    """Train.

    Args:
        dense: One row of dense features for each example; may have no columns.
        sparse: One row of sparse features for each example; may have no columns.
        labels: The class of each example.
        strength: scikit-learn's ``C``: the larger, the closer to the examples.
        steps: Most steps of the optimiser.
        weights: How much each example counts; all alike if not given.
    """
    names = tuple(sorted(set(labels)))
    column = {name: index for index, name in enumerate(names)}
    target = np.zeros((len(labels), len(names)), dtype=np.float32)
    target[np.arange(len(labels)), [column[label] for label in labels]] = 1.0
    dense = np.ascontiguousarray(dense, dtype=np.float32)
    sparse = scipy.sparse.csr_matrix(sparse, dtype=np.float32)
    turned = sparse.T.tocsr()
    count = np.ones(len(labels), np.float32) if weights is None else weights.astype(np.float32)
    wide, narrow = dense.shape[1], sparse.shape[1]
    shape = (wide + narrow + 1, len(names))

    def loss(flat: Array) -> tuple[float, Array]:
        model = flat.reshape(shape)
        guess = softmax(dense @ model[:wide] + sparse @ model[wide:-1] + model[-1])
        chosen = np.maximum((guess * target).sum(axis=1), 1e-30)
        error = (guess - target) * count[:, None]
        slope = np.empty(shape, dtype=np.float32)
        slope[:wide] = dense.T @ error
        slope[wide:-1] = turned @ error
        slope[-1] = error.sum(axis=0)
        slope[:-1] += model[:-1] / strength
        weighed = model[:-1].ravel()
        penalty = float(weighed @ weighed) / (2 * strength)
        return float(-(count * np.log(chosen)).sum(dtype=np.float64)) + penalty, slope.ravel()

    start = np.zeros(shape[0] * shape[1], dtype=np.float32)
    model = minimum(loss, start, steps=steps, flat=1e-3).reshape(shape)
    return SoftmaxRegression(names, model[:wide], model[wide:-1], model[-1])


def softmax(logits: Array) -> Array:
    """Probabilities from logits, row by row."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Array = shifted / shifted.sum(axis=1, keepdims=True)
    return result
