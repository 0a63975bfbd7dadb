"""What the encoder's lower half made of the training lines, handed from one component to the next.

SentenceEncoder reads each new line once, TunedEncoder and SafetyLayer go on from the middle:
without this every line of a first training would be read again by each. Only in memory (about
300 MB for eighteen thousand lines, in half precision), only during a training; SafetyLayer, the
last to need them, lets go of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from rasa_ext.sentence_model import SentenceModel, Vectors

Array = np.ndarray[Any, Any]


class LowerStates:
    """States by text."""

    def __init__(self) -> None:
        """Begin with none."""
        self._states: dict[str, Array] = {}
        self._held = False

    def keep(self, texts: Sequence[str], lower: Array, mask: Array) -> None:
        """Keep the states of some texts.

        Args:
            texts: The lines.
            lower: For each text the states of its words, padded to one width.
            mask: 1 for each word, 0 for padding.
        """
        for text, states, words in zip(texts, lower, mask, strict=True):
            self._states[text] = states[: int(words.sum())].astype(np.float16)

    def take(self, texts: Sequence[str]) -> tuple[Array, Array] | None:
        """The states and the mask of some texts, padded; None where one is not kept."""
        found = [self._states[text] for text in texts if text in self._states]
        if not found or len(found) != len(texts):
            return None
        return padded(found)

    def hold(self) -> None:
        """Keep everything from now on, for whoever trains on the same lines again and again."""
        self._held = True

    def forget(self) -> None:
        """Let go of all, unless they are held."""
        if not self._held:
            self._states.clear()


def padded(rows: Sequence[Array]) -> tuple[Array, Array]:
    """The states of some texts, one row for each word, filled up with zeros to one width.

    Args:
        rows: For each text the states of its words.

    Returns:
        The states together in single precision, and the mask: 1 for each word, 0 for padding.
    """
    width = max(len(states) for states in rows)
    lower = np.zeros((len(rows), width, rows[0].shape[1]), dtype=np.float32)
    mask = np.zeros((len(rows), width), dtype=np.int64)
    for row, states in enumerate(rows):
        lower[row, : len(states)] = states
        mask[row, : len(states)] = 1
    return lower, mask


KEPT = LowerStates()


class KeepingEncoder:
    """An encoder that leaves what its lower half made of each text in ``KEPT``."""

    def __init__(self, encoder: SentenceModel) -> None:
        """Wrap an encoder."""
        self._encoder = encoder
        self.identity = encoder.identity

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row of features for each text."""
        read = self._encoder.read(texts)
        KEPT.keep(texts, read.lower, read.mask)
        return read.features
