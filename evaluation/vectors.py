"""Sentence vectors of the project's own lines, cached on disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evaluation.places import ROOT, SCRATCH
from rasa_ext.embedding_cache import EmbeddingCache
from rasa_ext.sentence_model import SentenceModel, Vectors, open_encoder

# The encoder gives the sentence vector and as many values of two middle layers.
PARTS = 3


class NoEncoder(Exception):
    """There is no sentence encoder; the message names the remedy."""


def encoder() -> SentenceModel:
    """The sentence encoder of the product.

    Raises:
        NoEncoder: None is installed.
    """
    found = open_encoder(threads=min(2, os.cpu_count() or 1))
    if found is None:
        raise NoEncoder("The sentence encoder is missing: run `make setup`.")
    return found


def training_vectors(model: SentenceModel, texts: Sequence[str]) -> Vectors:
    """Vectors of training lines, out of the cache that training fills."""
    return _cached(model, ROOT / "models", texts)


def test_vectors(model: SentenceModel, texts: Sequence[str]) -> Vectors:
    """Vectors of test lines, in a cache of their own: training never sees it."""
    return _cached(model, SCRATCH, texts)


def _cached(model: SentenceModel, folder: Path, texts: Sequence[str]) -> Vectors:
    rows = EmbeddingCache(folder, model).vectors(texts, _tell)
    sentence = rows[:, : rows.shape[1] // PARTS]
    if not np.allclose(np.linalg.norm(sentence, axis=1), 1, atol=1e-3):
        raise NoEncoder("rasa_ext.sentence_model lays its features out anew: mend PARTS here.")
    return sentence


def _tell(done: int, total: int) -> None:
    if done and (done % 512 == 0 or done == total):
        print(f"  reading sentences: {done} of {total}", file=sys.stderr, flush=True)
