"""The safety head: how likely each kind of danger is, by encoder features and n-grams.

Two opinions, of which the mean counts: a softmax regression, and the nearest training lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rasa_ext.neighbours import Neighbours
from rasa_ext.sentence_model import sentence_part
from rasa_ext.softmax_regression import SoftmaxRegression, fit
from rasa_ext.word_reader import Ngrams, WordReader, plain

Array = np.ndarray[Any, Any]

SAFETY_PREFIX = "safety_"
# What is no danger is no single thing: each larger intent is told apart from danger by itself.
CALM_PREFIX = "calm_"
OTHERS = f"{CALM_PREFIX}others"
_NEIGHBOURS = "neighbours.npz"
NGRAMS = (Ngrams("word", 1, 2, seen_in=2), Ngrams("char_wb", 3, 5, seen_in=6))


@dataclass(frozen=True)
class SafetyHead:
    """A classifier of its own: the kinds of danger against everything else that is said.

    Attributes:
        words: Reads n-grams.
        model: The weights.
        neighbours: The training lines, None where there is no encoder or no danger to know.
    """

    words: WordReader
    model: SoftmaxRegression
    neighbours: Neighbours | None = None

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
        count: int = 80,
        sharpness: float = 30.0,
    ) -> SafetyHead:
        """Train.

        Args:
            texts: The lines.
            labels: What ``labels_of`` makes of their intents.
            vectors: Their encoder features, None where there is no encoder.
            strength: How closely the examples are followed.
            steps: Most steps of the optimiser.
            scale: How much n-grams count beside the encoder.
            count: How many neighbours give the second opinion.
            sharpness: How much more a nearer one counts.
        """
        words = WordReader.learn(texts, scale, NGRAMS, plain)
        dense = _dense(vectors, len(texts))
        model = fit(dense, words.read(texts), labels, strength=strength, steps=steps)
        near = None
        if vectors is not None and any(label.startswith(SAFETY_PREFIX) for label in labels):
            near = Neighbours.learn(sentence_part(dense), labels, count=count, sharpness=sharpness)
        return cls(words, model, near)

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
        first = [_dangers_in(self.model.labels, row) for row in told]
        if self.neighbours is None or vectors is None:
            return first
        near = self.neighbours.shares(sentence_part(dense))
        second = [_dangers_in(self.neighbours.labels, row) for row in near]
        return [mean_of([one, other]) for one, other in zip(first, second, strict=True)]

    def save(self, folder: Path) -> None:
        """Write as plain arrays."""
        self.words.save(folder / "words.npz")
        self.model.save(folder / "head.npz")
        if self.neighbours is not None:
            self.neighbours.save(folder / _NEIGHBOURS)

    @classmethod
    def load(cls, folder: Path) -> SafetyHead:
        """Read what ``save`` wrote."""
        model = SoftmaxRegression.load(folder / "head.npz")
        near = folder / _NEIGHBOURS
        neighbours = Neighbours.load(near) if near.is_file() else None
        return cls(WordReader.load(folder / "words.npz", NGRAMS, plain), model, neighbours)


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


def _dangers_in(labels: Sequence[str], row: Array) -> dict[str, float]:
    return {
        label: value
        for label, value in zip(labels, row.tolist(), strict=True)
        if label.startswith(SAFETY_PREFIX)
    }


def mean_of(opinions: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean probability of each kind of danger over several opinions."""
    kinds = {kind for opinion in opinions for kind in opinion}
    return {kind: sum(one.get(kind, 0.0) for one in opinions) / len(opinions) for kind in kinds}


def _dense(vectors: Array | None, rows: int) -> Array:
    return np.zeros((rows, 0), np.float32) if vectors is None else np.asarray(vectors, np.float32)
