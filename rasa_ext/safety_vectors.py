"""The vectors that the safety head compares: by the published encoder and by the tuned one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from rasa_ext.embedding_cache import EmbeddingCache
from rasa_ext.encoder import LOWER
from rasa_ext.kept_tuning import TunedHalf
from rasa_ext.lower_states import KeepingEncoder
from rasa_ext.message_features import published
from rasa_ext.sentence_model import SentenceModel
from rasa_ext.settings import project_root

Array = np.ndarray[Any, Any]
Tell = Callable[[int, int], None]


class Reader(Protocol):
    """What makes vectors for the head: ``SafetyVectors``."""

    def of(
        self, messages: Sequence[Message], texts: Sequence[str]
    ) -> tuple[Array | None, Array | None]:
        """Two rows for each text."""

    def written_out(self, texts: Sequence[str], tell: Tell) -> Array:
        """Rows for second spellings."""

    def tuned(self, texts: Sequence[str], tell: Tell) -> Array | None:
        """Rows of the tuned encoder."""


class SafetyVectors:
    """Both encoders together, so that the lower half of the layers runs once for each text."""

    def __init__(self, encoder: SentenceModel, tuned: TunedHalf | None) -> None:
        """Take the encoders.

        Args:
            encoder: The published one.
            tuned: Its upper half tuned long, None where there is none.
        """
        self._encoder = encoder
        self._tuned = tuned

    def of(
        self, messages: Sequence[Message], texts: Sequence[str]
    ) -> tuple[Array | None, Array | None]:
        """Two rows for each text, one of each encoder; None where there is no encoder.

        Args:
            messages: What came in, with what the featurizers left there.
            texts: The messages, or pieces and spellings of them.
        """
        rows: dict[str, Array] = {}
        tuned: dict[str, Array] = {}
        for message in messages:
            text, vector, read = message.get(TEXT), published(message), message.data.get(LOWER)
            if vector is None:
                return None, None
            rows[text] = vector
            if self._tuned is not None and read is not None:
                tuned[text] = self._tuned.upper(read.lower, read.mask)[0]
        if self._tuned is None:
            others = [text for text in texts if text not in rows]
            if others:
                rows.update(zip(others, self._encoder.vectors(others), strict=True))
            return np.stack([rows[text] for text in texts]), None
        others = [text for text in texts if text not in tuned]
        if others:
            read = self._encoder.read(others)
            rows = {**dict(zip(others, read.features, strict=True)), **rows}
            found = self._tuned.upper(read.lower, read.mask)
            tuned.update(zip(others, found, strict=True))
        return np.stack([rows[one] for one in texts]), np.stack([tuned[one] for one in texts])

    def written_out(self, texts: Sequence[str], tell: Tell) -> Array:
        """While training: rows of the published encoder for second spellings, kept on disk."""
        cache = EmbeddingCache(_models(), KeepingEncoder(self._encoder), of="written-out")
        return cache.vectors(texts, tell)

    def tuned(self, texts: Sequence[str], tell: Tell) -> Array | None:
        """While training: rows of the tuned encoder, kept on disk."""
        if self._tuned is None:
            return None
        return EmbeddingCache(_models(), self._tuned, of="tuned").vectors(texts, tell)


def _models() -> Path:
    return project_root() / "models"
