"""Five-fold cross-validation of the safety layer: ``python -m rasa_ext.safety_cross_validation``.

Prints what each threshold would catch and whom it would disturb; the thresholds of SafetyLayer in
config.yml are read off this table (docs/decisions/0007). Measured is the layer itself, as in use:
in each fold it learns the other four fifths of the lines, those of odd spelling once more written
out, and reads each line of the fold in pieces, each of them in both spellings. The encoder tuned
long has seen all lines, so it is left out here: in use the layer hears more than the table
says (docs/decisions/0011). What the floor eases is left out, and so are the odds inside an
exercise, except in the last line.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rasa_ext.cross_validation import FOLDS, featurize, fold_of, made, read_lines, tell, together
from rasa_ext.settings import project_root

import numpy as np  # isort: skip
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from rasa_ext.embedding_cache import EmbeddingCache, Encoder
from rasa_ext.reading_tables import SAID_IN_EXERCISE
from rasa_ext.safety_head import SAFETY_PREFIX
from rasa_ext.safety_layer import Heard, SafetyLayer, readings_of, spellings_of
from rasa_ext.safety_vectors import Tell
from rasa_ext.safety_verdict import CHECK_TIER, judge
from rasa_ext.sentence_model import open_encoder

THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)
Array = np.ndarray[Any, Any]


class Known:
    """Vectors of everything, read beforehand."""

    def __init__(self, encoder: Encoder, texts: Sequence[str]) -> None:
        """Read the texts, those of the last run from a cache."""
        cache = EmbeddingCache(project_root() / "var" / "safety", encoder)
        unique = list(dict.fromkeys(texts))
        tell(f"{len(unique)} pieces and spellings")
        self._rows = dict(zip(unique, cache.vectors(unique, _tell_at_the_end), strict=True))

    def of(self, messages: Sequence[Message], texts: Sequence[str]) -> tuple[Array, None]:
        """One row for each text, and none of the tuned encoder: it has seen all lines."""
        return self.written_out(texts), None

    def written_out(self, texts: Sequence[str], tell: Tell | None = None) -> Array:
        """One row for each text."""
        return np.stack([self._rows[text] for text in texts])

    def tuned(self, texts: Sequence[str], tell: Tell | None = None) -> None:
        """None: the tuned encoder has seen all lines."""


def main() -> int:
    """Run it and print the table."""
    encoder = open_encoder()
    if encoder is None:
        print("The sentence encoder is missing: run `make setup`.", file=sys.stderr)
        return 1
    lines = read_lines()
    steps = {step["name"].rpartition(".")[2]: step for step in lines.pipeline}
    settings = {**SafetyLayer.get_default_config(), **steps["SafetyLayer"]}
    known = Known(encoder, [text for one in lines.examples for text in _texts_of(one.get(TEXT))])
    with tempfile.TemporaryDirectory(prefix="belay-folds-") as folder:
        featurize(lines.examples, made([steps["SentenceEncoder"]], Path(folder)))
        storage = LocalModelStorage.create(Path(folder))
        layer = SafetyLayer(settings, storage, Resource("safety"), vectors=known)
        heard = [pair for fold in range(FOLDS) for pair in _heard(lines.examples, layer, fold)]
    _print_table(heard, settings)
    return 0


def _texts_of(text: str) -> Iterator[str]:
    """All that the layer reads of a line, in training or in use."""
    yield from spellings_of(text)
    for _, readings in readings_of(text):
        yield from readings


def _heard(
    examples: Sequence[Message], layer: SafetyLayer, fold: int
) -> list[tuple[str, list[Heard]]]:
    """For each line of a fold its intent and what a layer hears in it that has not seen it."""
    unseen = [one for one in examples if fold_of(one.get(TEXT)) == fold]
    layer.train(together([one for one in examples if fold_of(one.get(TEXT)) != fold]))
    pieces = layer.read(unseen)
    tell(f"fold {fold + 1} of {FOLDS}: read {len(unseen)} lines")
    return [(one.get(INTENT), heard) for one, heard in zip(unseen, pieces, strict=True)]


def _print_table(heard: Sequence[tuple[str, list[Heard]]], settings: dict[str, Any]) -> None:
    intents = np.array([intent for intent, _ in heard])
    true = np.array([intent.startswith(SAFETY_PREFIX) for intent in intents])
    kinds = sorted(set(intents[true]))
    print(f"{true.sum()} lines of danger, {(~true).sum()} calm lines\n")
    print(f"{'from':6}{'caught':>8}{'calm':>8}" + "".join(f"{kind[7:18]:>13}" for kind in kinds))
    for threshold in THRESHOLDS:
        fires = _asked(heard, threshold, settings)
        shares = [fires[intents == kind].mean() for kind in kinds]
        print(
            f"{threshold:<6}{fires[true].mean():8.3f}{fires[~true].mean():8.3f}"
            + "".join(f"{share:13.2f}" for share in shares)
        )
    inside = [pair for pair in heard if pair[0] in SAID_IN_EXERCISE]
    outside, within = (
        _asked(inside, settings["check"], settings, child_from).mean()
        for child_from in (0.0, settings["child_in_exercise"])
    )
    print(f"\n{len(inside)} answers and controls, from {settings['check']}: ", end="")
    print(f"{outside:.3f} asked outside an exercise, {within:.3f} inside")


def _asked(
    heard: Sequence[tuple[str, list[Heard]]],
    threshold: float,
    settings: dict[str, Any],
    child_from: float = 0.0,
) -> Array:
    """Which lines would be asked about at a threshold."""
    return np.array(
        [
            judge(
                pieces,
                check=threshold,
                care=threshold,
                eased_from=settings["eased"],
                child_from=child_from,
            ).tier
            == CHECK_TIER
            for _, pieces in heard
        ]
    )


def _tell_at_the_end(done: int, total: int) -> None:
    if done == total:
        tell(f"{total} of them were new")


if __name__ == "__main__":
    sys.exit(main())
