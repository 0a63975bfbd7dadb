"""The safety head: how likely each kind of danger is, by encoder features and n-grams.

Three opinions: a softmax regression, and the nearest training lines by the published encoder and by
the one that was tuned long (rasa_ext.kept_tuning). The last counts as much as the mean of the
first two.
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
_NEIGHBOURS, _NEAR_TUNED = "neighbours.npz", "near_tuned.npz"
NGRAMS = (Ngrams("word", 1, 2, seen_in=2), Ngrams("char_wb", 3, 5, seen_in=6))


@dataclass(frozen=True)
class SafetyHead:
    """A classifier of its own: the kinds of danger against everything else that is said.

    Attributes:
        words: Reads n-grams.
        model: The weights.
        neighbours: The training lines, None where there is no encoder or no danger to know.
        near_tuned: The same by the tuned encoder, None where there is none.
    """

    words: WordReader
    model: SoftmaxRegression
    neighbours: Neighbours | None = None
    near_tuned: Neighbours | None = None

    @classmethod
    def learn(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        vectors: Array | None,
        tuned: Array | None = None,
        *,
        strength: float,
        steps: int,
        scale: float,
        count: int,
        sharpness: float,
    ) -> SafetyHead:
        """Train.

        Args:
            texts: The lines.
            labels: What ``labels_of`` makes of their intents.
            vectors: Their encoder features, None where there is no encoder.
            tuned: Their vectors by the tuned encoder, if there is one.
            strength: How closely the examples are followed.
            steps: Most steps of the optimiser.
            scale: How much n-grams count beside the encoder.
            count: How many neighbours give the second opinion.
            sharpness: How much more a nearer one counts.
        """
        words = WordReader.learn(texts, scale, NGRAMS, plain)
        dense = _dense(vectors, len(texts))
        model = fit(dense, words.read(texts), labels, strength=strength, steps=steps)
        if vectors is None or not any(label.startswith(SAFETY_PREFIX) for label in labels):
            return cls(words, model)
        near = [
            Neighbours.learn(rows, labels, count=count, sharpness=sharpness)
            for rows in (sentence_part(dense), tuned)
            if rows is not None
        ]
        return cls(words, model, *near)

    @property
    def width(self) -> int:
        """Number of encoder features, 0 where training had no encoder."""
        return int(self.model.dense.shape[0])

    @property
    def knows_danger(self) -> bool:
        """Whether any training line was of a safety intent; those of other projects are not."""
        return any(label.startswith(SAFETY_PREFIX) for label in self.model.labels)

    def dangers(
        self, texts: Sequence[str], vectors: Array | None, tuned: Array | None = None
    ) -> list[dict[str, float]]:
        """For each text the probability of each kind of danger, by its intent's name."""
        dense = _dense(vectors if self.width else None, len(texts))
        told = self.model.probabilities(dense, self.words.read(texts))
        first = [_dangers_in(self.model.labels, row) for row in told]
        if self.neighbours is None or vectors is None:
            return first
        both = _means(first, _dangers_among(self.neighbours, sentence_part(dense)))
        if self.near_tuned is None or tuned is None:
            return both
        return _means(both, _dangers_among(self.near_tuned, tuned))

    def save(self, folder: Path) -> None:
        """Write as plain arrays."""
        self.words.save(folder / "words.npz")
        self.model.save(folder / "head.npz")
        if self.neighbours is not None:
            self.neighbours.save(folder / _NEIGHBOURS)
        if self.near_tuned is not None:
            self.near_tuned.save(folder / _NEAR_TUNED)

    @classmethod
    def load(cls, folder: Path) -> SafetyHead:
        """Read what ``save`` wrote."""
        model = SoftmaxRegression.load(folder / "head.npz")
        near = [
            Neighbours.load(folder / name) if (folder / name).is_file() else None
            for name in (_NEIGHBOURS, _NEAR_TUNED)
        ]
        return cls(WordReader.load(folder / "words.npz", NGRAMS, plain), model, *near)


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


def _dangers_among(neighbours: Neighbours, vectors: Array) -> list[dict[str, float]]:
    return [_dangers_in(neighbours.labels, row) for row in neighbours.shares(vectors)]


def _means(
    some: Sequence[Mapping[str, float]], others: Sequence[Mapping[str, float]]
) -> list[dict[str, float]]:
    return [mean_of([one, other]) for one, other in zip(some, others, strict=True)]


def mean_of(opinions: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean probability of each kind of danger over several opinions."""
    kinds = {kind for opinion in opinions for kind in opinion}
    return {kind: sum(one.get(kind, 0.0) for one in opinions) / len(opinions) for kind in kinds}


def _dense(vectors: Array | None, rows: int) -> Array:
    return np.zeros((rows, 0), np.float32) if vectors is None else np.asarray(vectors, np.float32)
