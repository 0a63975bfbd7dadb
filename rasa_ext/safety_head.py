"""The safety head: how likely each kind of danger is, by encoder features and n-grams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rasa_ext.safety_head_words import WordReader
from rasa_ext.softmax_regression import SoftmaxRegression, fit

Array = np.ndarray[Any, Any]

SAFETY_PREFIX = "safety_"
# What is no danger is no single thing: each larger intent is told apart from danger by itself.
CALM_PREFIX = "calm_"
OTHERS = f"{CALM_PREFIX}others"


@dataclass(frozen=True)
class SafetyHead:
    """A classifier of its own: the kinds of danger against everything else that is said.

    Attributes:
        words: Reads n-grams.
        model: The weights.
    """

    words: WordReader
    model: SoftmaxRegression

    @classmethod
    def learn(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        vectors: Array | None,
        *,
        strength: float,
        steps: int,
        scale: float,
    ) -> SafetyHead:
        """Train.

        Args:
            texts: The lines.
            labels: What ``labels_of`` makes of their intents.
            vectors: Their encoder features, None where there is no encoder.
            strength: How closely the examples are followed.
            steps: Most steps of the optimiser.
            scale: How much n-grams count beside the encoder.
        """
        words = WordReader.learn(texts, scale)
        dense = _dense(vectors, len(texts))
        return cls(words, fit(dense, words.read(texts), labels, strength=strength, steps=steps))

    @property
    def width(self) -> int:
        """Number of encoder features, 0 where training had no encoder."""
        return int(self.model.dense.shape[0])

    @property
    def knows_danger(self) -> bool:
        """Whether any training line was of a safety intent; those of other projects are not."""
        return any(label.startswith(SAFETY_PREFIX) for label in self.model.labels)

    def dangers(self, texts: Sequence[str], vectors: Array | None) -> list[dict[str, float]]:
        """For each text the probability of each kind of danger, by its intent's name."""
        dense = _dense(vectors if self.width else None, len(texts))
        told = self.model.probabilities(dense, self.words.read(texts))
        return [
            {
                label: float(value)
                for label, value in zip(self.model.labels, row, strict=True)
                if label.startswith(SAFETY_PREFIX)
            }
            for row in told
        ]

    def save(self, folder: Path) -> None:
        """Write as plain arrays."""
        self.words.save(folder / "words.npz")
        self.model.save(folder / "head.npz")

    @classmethod
    def load(cls, folder: Path) -> SafetyHead:
        """Read what ``save`` wrote."""
        model = SoftmaxRegression.load(folder / "head.npz")
        return cls(WordReader.load(folder / "words.npz"), model)


def labels_of(intents: Sequence[str], enough: int) -> list[str]:
    """The labels that training lines have for the head.

    Args:
        intents: The intent of each line, with or without a sub-answer.
        enough: Calm intents with fewer lines than this count as one.
    """
    names = [intent.partition("/")[0] for intent in intents]
    rows = Counter(names)
    return [
        name
        if name.startswith(SAFETY_PREFIX)
        else (f"{CALM_PREFIX}{name}" if rows[name] >= enough else OTHERS)
        for name in names
    ]


def _dense(vectors: Array | None, rows: int) -> Array:
    return np.zeros((rows, 0), np.float32) if vectors is None else np.asarray(vectors, np.float32)
