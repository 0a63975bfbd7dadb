"""What the classifiers look at: encoder features beside weighted word and letter n-grams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message

Array = np.ndarray[Any, Any]
Sparse = Any  # scipy's matrices carry no types


class NothingToLearnFrom(Exception):
    """The pipeline before the classifier gives no features; the message names the remedy."""


@dataclass(frozen=True)
class FeatureReader:
    """Turns messages into matrices, always the same way as in training.

    Attributes:
        idf: Weight of each n-gram: rare ones tell more.
        blocks: Width of each featurizer's n-grams; each block is brought to unit length.
        scale: How much n-grams count beside the encoder's features.
        width: Number of encoder features, 0 where training had no encoder.
    """

    idf: Array
    blocks: tuple[int, ...]
    scale: float
    width: int

    @classmethod
    def learn(cls, messages: Sequence[Message], scale: float) -> FeatureReader:
        """Learn the weights of n-grams from the training sentences.

        Raises:
            NothingToLearnFrom: No featurizer comes before the classifier.
        """
        counts = [_ngrams(message) for message in messages]
        blocks = tuple(int(block.shape[1]) for block in counts[0])
        dense = _dense(messages[0])
        if not blocks and dense is None:
            raise NothingToLearnFrom("config.yml: put featurizers before the classifier.")
        if not blocks:
            return cls(np.zeros(0, np.float32), (), scale, 0 if dense is None else dense.size)
        seen = scipy.sparse.vstack([scipy.sparse.hstack(row) for row in counts]).tocsc()
        documents = np.diff(seen.indptr)
        idf = np.log((1 + len(messages)) / (1 + documents)) + 1
        return cls(idf.astype(np.float32), blocks, scale, 0 if dense is None else dense.size)

    def read(self, messages: Sequence[Message]) -> tuple[Array, Sparse]:
        """Dense and sparse features, one row for each message."""
        dense = np.zeros((len(messages), self.width), dtype=np.float32)
        rows = []
        for index, message in enumerate(messages):
            vector = _dense(message) if self.width else None
            if vector is not None:
                dense[index] = vector
            rows.append(self._weighted(_ngrams(message)))
        sparse = scipy.sparse.vstack(rows, format="csr") if self.blocks else _no_columns(messages)
        return dense, sparse

    def save(self, file: Path) -> None:
        """Write as plain arrays."""
        np.savez(file, idf=self.idf, blocks=self.blocks, scale=self.scale, width=self.width)

    @classmethod
    def load(cls, file: Path) -> FeatureReader:
        """Read what ``save`` wrote."""
        with np.load(file, allow_pickle=False) as stored:
            return cls(
                idf=stored["idf"],
                blocks=tuple(int(block) for block in stored["blocks"]),
                scale=float(stored["scale"]),
                width=int(stored["width"]),
            )

    def _weighted(self, blocks: list[Sparse]) -> Sparse:
        parts, start = [], 0
        given = {int(block.shape[1]): block for block in blocks}
        for width in self.blocks:
            block = given.get(width)
            part = scipy.sparse.csr_matrix((1, width), dtype=np.float32)
            if block is not None and block.nnz:
                part = scipy.sparse.csr_matrix(block, dtype=np.float32)
                part.data = (1 + np.log(part.data)) * self.idf[start + part.indices]
                part.data *= self.scale / np.sqrt((part.data**2).sum())
            parts.append(part)
            start += width
        return scipy.sparse.hstack(parts, format="csr") if parts else None


def _ngrams(message: Message) -> list[Sparse]:
    """The n-gram counts of a message, one row for each featurizer, in pipeline order."""
    return [
        feature.features.tocsr()
        for feature in message.features
        if feature.is_sparse()
        and feature.type == FEATURE_TYPE_SENTENCE
        and feature.attribute == TEXT
    ]


def published(message: Message) -> Array | None:
    """The vector of the encoder as published, which has seen no label; None without an encoder."""
    return next(iter(_dense_parts(message)), None)


def _dense(message: Message) -> Array | None:
    """All vectors of a message, one behind the other."""
    parts = _dense_parts(message)
    return np.concatenate(parts) if parts else None


def _dense_parts(message: Message) -> list[Array]:
    return [
        np.asarray(feature.features, dtype=np.float32).ravel()
        for feature in message.features
        if feature.is_dense() and feature.type == FEATURE_TYPE_SENTENCE
    ]


def _no_columns(messages: Sequence[Message]) -> Sparse:
    return scipy.sparse.csr_matrix((len(messages), 0), dtype=np.float32)
