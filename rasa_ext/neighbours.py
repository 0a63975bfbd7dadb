"""What the training lines nearest to a text were about: a second opinion beside a classifier.

A softmax regression draws straight borders; a way of saying it that few lines share is lost in it,
and is found among the neighbours. The mean of both is better than either (docs/decisions/0010).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from rasa_ext.shortlist import Shortlist, is_worthwhile

Array = np.ndarray[Any, Any]
_READ_TOGETHER = 256
# So many times more lines than are asked are compared exactly, out of those that seem near.
LISTED = 2


@dataclass(frozen=True)
class Neighbours:
    """Training lines with their vectors.

    Attributes:
        vectors: One unit vector for each line.
        columns: For each line the position of its label in ``labels``.
        labels: The classes, sorted.
        count: How many neighbours are asked.
        sharpness: How much more a nearer one counts: weights grow with e to this times cosine.
    """

    vectors: Array
    columns: Array
    labels: tuple[str, ...]
    count: int
    sharpness: float

    @classmethod
    def learn(
        cls, vectors: Array, labels: Sequence[str], *, count: int, sharpness: float
    ) -> Neighbours:
        """Keep the lines.

        Args:
            vectors: The vector of each line, of any length but zero.
            labels: What each line is.
            count: How many neighbours are asked.
            sharpness: How much more a nearer one counts.
        """
        names = tuple(sorted(set(labels)))
        column = {name: index for index, name in enumerate(names)}
        columns = np.array([column[label] for label in labels], dtype=np.int32)
        return cls(_unit(np.asarray(vectors, np.float32)), columns, names, count, sharpness)

    @property
    def enough(self) -> float:
        """How far the lines of a label go for so many neighbours: 1 where they are enough.

        With ten lines to a label most of eighty neighbours are of other labels, whatever is asked.
        """
        return min(1.0, len(self.columns) / len(self.labels) / self.count)

    @cached_property
    def _shortlist(self) -> Shortlist | None:
        """Lists who may be near, where there are many lines."""
        length = LISTED * self.count
        return Shortlist(self.vectors, length) if is_worthwhile(self.vectors, length) else None

    def shares(self, vectors: Array) -> Array:
        """The weighted share of each label among the neighbours: a row for each vector, sum 1."""
        asked = _unit(np.asarray(vectors, np.float32))
        shares = np.zeros((len(asked), len(self.labels)), dtype=np.float64)
        for start in range(0, len(asked), _READ_TOGETHER):
            some = asked[start : start + _READ_TOGETHER]
            if self._shortlist is None:
                for row, cosines in enumerate(some @ self.vectors.T, start=start):
                    shares[row] = self._share(cosines, self.columns)
            else:
                for row, listed in enumerate(self._shortlist.near(some), start=start):
                    cosines = self.vectors[listed] @ asked[row]
                    shares[row] = self._share(cosines, self.columns[listed])
        return shares

    def _share(self, cosines: Array, columns: Array) -> Array:
        count = min(self.count, len(cosines))
        rows = np.argpartition(-cosines, count - 1)[:count]
        weights = np.exp(self.sharpness * (cosines[rows] - cosines[rows].max()))
        share: Array = np.bincount(
            columns[rows], weights=weights / weights.sum(), minlength=len(self.labels)
        )
        return share

    def save(self, file: Path) -> None:
        """Write as plain arrays, the vectors in half precision: the file is half as large."""
        np.savez(
            file,
            vectors=self.vectors.astype(np.float16),
            columns=self.columns,
            labels=np.array(self.labels),
            count=self.count,
            sharpness=self.sharpness,
        )

    @classmethod
    def load(cls, file: Path) -> Neighbours:
        """Read what ``save`` wrote."""
        with np.load(file, allow_pickle=False) as stored:
            return cls(
                stored["vectors"].astype(np.float32),
                stored["columns"],
                tuple(str(label) for label in stored["labels"]),
                int(stored["count"]),
                float(stored["sharpness"]),
            )


def _unit(vectors: Array) -> Array:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Array = vectors / np.maximum(lengths, 1e-9)
    return unit
