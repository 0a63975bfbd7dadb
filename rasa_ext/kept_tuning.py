"""The encoder's upper half as tuned long on this project's lines, kept in git.

Such a tuning takes minutes (rasa_ext.long_tuning), too long for every training, so what it changed
lies in models/tuned-encoder.npz: one megabyte beside the 21 of the weights it changes. It belongs
to the published encoder and to this project's intents; where either is another, it is left out.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from rasa_ext.lower_states import KEPT
from rasa_ext.sentence_model import PACKAGE_SHA256, SentenceModel, Vectors, open_graph, shape_in
from rasa_ext.settings import project_root

logger = logging.getLogger(__name__)

Array = np.ndarray[Any, Any]
FILE = project_root() / "models" / "tuned-encoder.npz"
# Beside the weights: the SHA-256 of the encoder that they change, and for which intents.
BELONGS_TO, INTENTS = "belongs_to", "intents"


class TunedHalf:
    """Goes on from what the lower half of the published encoder made of each word."""

    def __init__(self, encoder: SentenceModel, graph: bytes) -> None:
        """Open the graph of the upper half.

        Args:
            encoder: Reads the lower half.
            graph: What ``kept_graph`` made.
        """
        self.identity = f"{encoder.identity}-{hashlib.sha256(graph).hexdigest()[:12]}"
        self._encoder = encoder
        self._session = open_graph(graph)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """A vector of unit length for each text."""
        return self.upper(*(KEPT.take(texts) or self._encoder.lower(texts)))

    def upper(self, lower: Array, mask: Array) -> Vectors:
        """The same, going on from the lower half."""
        found: Vectors = self._session.run(["features"], {"lower": lower, "mask": mask})[0]
        return found


@lru_cache(maxsize=1)
def open_half(encoder: SentenceModel, graph: bytes) -> TunedHalf:
    """One tuned half for the components of a process that use the same one."""
    return TunedHalf(encoder, graph)


def kept_graph(encoder: SentenceModel, intents: Iterable[str], file: Path = FILE) -> bytes | None:
    """The upper half with what the tuning changed; None where it was made for something else.

    Args:
        encoder: The encoder in use.
        intents: What is trained for. More intents than the tuning knew do no harm, others do.
        file: Where the tuning lies.
    """
    # Only training builds graphs; what runs needs neither onnx nor the weights.
    from safetensors.numpy import load_file

    from rasa_ext.low_rank import applied
    from rasa_ext.onnx_graph import upper_graph

    if not file.is_file():
        logger.warning("%s is missing: fetch it from git, or run `make tune`", file.name)
        return None
    with np.load(file, allow_pickle=False) as stored:
        parts = {name: stored[name] for name in stored.files}
    belongs_to = str(parts.pop(BELONGS_TO))
    known = {str(name) for name in parts.pop(INTENTS)}
    if belongs_to != PACKAGE_SHA256 or not encoder.identity.startswith(belongs_to[:12]):
        logger.warning("%s belongs to another encoder and is left out", file.name)
        return None
    if not known <= set(intents):
        logger.info("%s was made for other intents and is left out", file.name)
        return None
    weights = load_file(encoder.folder / "model.safetensors")
    changed = applied(weights, parts)
    graph: bytes = upper_graph(changed, shape_in(encoder.folder)).SerializeToString()
    return graph
