"""What the classifier of intents looks at: encoder features beside word and letter n-grams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message

from rasa_ext.sentence_model import sentence_part
from rasa_ext.word_reader import Ngrams, WordReader, lowered

Array = np.ndarray[Any, Any]
Sparse = Any  # scipy's matrices carry no types

NGRAMS = (Ngrams("word", 1, 2, seen_in=2), Ngrams("char_wb", 2, 4, seen_in=3))


@dataclass(frozen=True)
class FeatureReader:
    """Turns messages into matrices, always the same way as in training.

    Attributes:
        words: Reads n-grams.
        width: Number of encoder features, 0 where training had no encoder.
    """

    words: WordReader
    width: int

    @classmethod
    def learn(cls, messages: Sequence[Message], scale: float) -> FeatureReader:
        """Learn the weights of n-grams from the training sentences.

        Args:
            messages: Training sentences, all with encoder features or none.
            scale: How much n-grams count beside the encoder's features.
        """
        dense = _dense(messages[0])
        words = WordReader.learn([one.get(TEXT) for one in messages], scale, NGRAMS, lowered)
        return cls(words, 0 if dense is None else dense.size)

    def read(self, messages: Sequence[Message]) -> tuple[Array, Sparse]:
        """Dense and sparse features, one row for each message."""
        dense = np.zeros((len(messages), self.width), dtype=np.float32)
        for index, message in enumerate(messages):
            vector = _dense(message) if self.width else None
            if vector is not None:
                dense[index] = vector
        return dense, self.words.read([str(message.get(TEXT) or "") for message in messages])

    def save(self, folder: Path) -> None:
        """Write as plain arrays."""
        self.words.save(folder / "words.npz")
        np.save(folder / "width.npy", self.width)

    @classmethod
    def load(cls, folder: Path) -> FeatureReader:
        """Read what ``save`` wrote."""
        words = WordReader.load(folder / "words.npz", NGRAMS, lowered)
        return cls(words, int(np.load(folder / "width.npy")))


def published(message: Message) -> Array | None:
    """The vector of the encoder as published, which has seen no label; None without an encoder."""
    return next(iter(_dense_parts(message)), None)


def tuned(message: Message) -> Array | None:
    """The vector of the encoder tuned on the intents; None where there is none."""
    return next(iter(_dense_parts(message)[1:]), None)


def sentence_vectors(message: Message) -> list[Array]:
    """The sentence vector of each encoder, the published one first, without middle layers."""
    parts = _dense_parts(message)
    return [part if at else sentence_part(part[np.newaxis])[0] for at, part in enumerate(parts)]


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
