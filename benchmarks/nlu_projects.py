"""The two sides as small Rasa projects: Belay's pipeline as configured, and that of `rasa init`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from benchmarks.nlu_data import Lines, training_blocks

ROOT = Path(__file__).resolve().parents[1]

# The pipeline that the configuration of `rasa init` names as its default (Rasa Open Source 3.6.21,
# rasa/cli/initial_project/config.yml), without the parts that read no intent.
DIET: tuple[Mapping[str, Any], ...] = (
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
)


def belay_pipeline() -> list[Mapping[str, Any]]:
    """The pipeline of config.yml, component by component, with its settings."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))["pipeline"]
    return list(pipeline)


SIDES: Mapping[str, Callable[[], list[Mapping[str, Any]]]] = {
    "belay": belay_pipeline,
    "diet": lambda: list(DIET),
}


def make_project(side: str, folder: Path, train: Lines) -> None:
    """Write configuration and training data, and what Belay's components look for on disk."""
    config = {
        "recipe": "default.v1",
        "assistant_id": f"bench-{side}",
        "language": "en",
        "pipeline": SIDES[side](),
        "policies": [{"name": "RulePolicy"}],
    }
    (folder / "config.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    blocks = yaml.safe_dump(training_blocks(train), allow_unicode=True)
    (folder / "examples.yml").write_text(blocks, "utf-8")
    # The graph of the encoder is part of an installation; vectors of sentences are not, so the
    # cache starts empty and reading them counts as training.
    (folder / "models").mkdir()
    for graph in (ROOT / "models").glob("encoder-*"):
        (folder / "models" / graph.name).symlink_to(graph)
    (folder / "content").symlink_to(ROOT / "content")


def environment(side: str, folder: Path) -> dict[str, str]:
    """What the processes of a side find in their environment.

    Belay's are told where their project lies; both may use every core for training.
    """
    given = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    # Rasa keeps what it trained under .rasa: a second run would take a second and measure nothing.
    given["RASA_MAX_CACHE_SIZE"] = "0"
    return {
        **given,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        **({"BELAY_ROOT": str(folder), "OPENBLAS_NUM_THREADS": "1"} if side == "belay" else {}),
    }
