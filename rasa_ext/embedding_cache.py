"""Vectors of training sentences kept on disk, so that training again takes seconds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from rasa_ext.sentence_model import Vectors

BATCH = 16


class Encoder(Protocol):
    """What makes vectors."""

    identity: str

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""


class EmbeddingCache:
    """Vectors by the hash of their text; the file holds no text."""

    def __init__(self, folder: Path | None, encoder: Encoder, of: str = "embeddings") -> None:
        """Open the cache of one encoder.

        Args:
            folder: Where the file lies (``models/``); None keeps nothing.
            encoder: Makes the vectors that are missing.
            of: What is kept, as the file is called: each use drops what it does not need.
        """
        self._file = folder / f"{of}-{encoder.identity}.npz" if folder else None
        self._encoder = encoder

    def vectors(self, texts: Sequence[str], tell: Callable[[int, int], None]) -> Vectors:
        """Vectors of all texts; what is new is computed and kept, what is gone is dropped.

        Args:
            texts: Sentences, duplicates allowed.
            tell: Called with how many new sentences are done, and of how many.
        """
        known = self._read()
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        # Of one length together: less padding, half the time.
        order = sorted(new, key=lambda key: len(new[key]))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        texts = [[new[key] for key in batch] for batch in batches]
        # Two batches at a time: two threads within one batch gain next to nothing.
        with ThreadPoolExecutor(max_workers=2) as pool:
            found = pool.map(self._encoder.vectors, texts)
            for number, (batch, vectors) in enumerate(zip(batches, found, strict=True)):
                tell(number * BATCH, len(order))
                known.update(zip(batch, vectors, strict=True))
        if new:
            tell(len(order), len(order))
            self._write({key: known[key] for key in dict.fromkeys(keys)})
        return np.stack([known[key] for key in keys])

    def _read(self) -> dict[bytes, np.ndarray[Any, Any]]:
        if self._file is None or not self._file.is_file():
            return {}
        try:
            with np.load(self._file, allow_pickle=False) as stored:
                keys, rows = stored["keys"], stored["rows"]
        except (OSError, ValueError, KeyError):
            return {}  # a cache that cannot be read is made anew
        return {bytes(key): row for key, row in zip(keys, rows, strict=True)}

    def _write(self, known: dict[bytes, np.ndarray[Any, Any]]) -> None:
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        draft = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        keys = np.frombuffer(b"".join(known), dtype=np.uint8).reshape(len(known), -1)
        with draft.open("wb") as file:
            np.savez(file, keys=keys, rows=np.stack(list(known.values())))
        draft.replace(self._file)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()[:16]
