"""Five-fold cross-validation of the safety head: ``python -m rasa_ext.safety_cross_validation``.

Prints what each threshold would catch and whom it would disturb; the thresholds of SafetyLayer in
config.yml are read off this table (docs/decisions/0007). Each line is read in pieces, as in use.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from rasa_ext.cross_validation import FOLDS, fold_of
from rasa_ext.settings import project_root

import numpy as np  # isort: skip
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT

from rasa_ext.embedding_cache import EmbeddingCache
from rasa_ext.safety_head import SAFETY_PREFIX, SafetyHead, labels_of
from rasa_ext.safety_head_windows import windows_of
from rasa_ext.safety_layer import SafetyLayer
from rasa_ext.sentence_model import SentenceModel, open_encoder

THRESHOLDS = (0.3, 0.35, 0.4, 0.5, 0.55, 0.6, 0.7)
Array = np.ndarray[Any, Any]


def main() -> int:
    """Run it and print the table."""
    encoder = open_encoder()
    if encoder is None:
        print("The sentence encoder is missing: run `make setup`.", file=sys.stderr)
        return 1
    texts, labels, settings = _lines()
    danger = _cross_validated(texts, labels, settings, encoder)
    true = np.array([label.startswith(SAFETY_PREFIX) for label in labels])
    kinds = sorted({label for label in labels if label.startswith(SAFETY_PREFIX)})
    print(f"{true.sum()} lines of danger, {(~true).sum()} calm lines\n")
    print(f"{'from':6}{'caught':>8}{'calm':>8}" + "".join(f"{k[7:18]:>13}" for k in kinds))
    for threshold in THRESHOLDS:
        fires = danger >= threshold
        shares = [fires[np.array(labels) == kind].mean() for kind in kinds]
        print(
            f"{threshold:<6}{fires[true].mean():8.3f}{fires[~true].mean():8.3f}"
            + "".join(f"{share:13.2f}" for share in shares)
        )
    return 0


def _lines() -> tuple[list[str], list[str], dict[str, Any]]:
    root = project_root()
    config = TrainingDataImporter.load_from_config(
        str(root / "config.yml"), str(root / "domain.yml"), [str(root / "data")]
    )
    step = next(one for one in config.get_config()["pipeline"] if "SafetyLayer" in one["name"])
    settings = {**SafetyLayer.get_default_config(), **step}
    examples = [
        message
        for message in config.get_nlu_data().intent_examples
        if message.get(TEXT) and message.get(INTENT) not in settings["untrained"]
    ]
    labels = labels_of([message.get(INTENT) for message in examples], settings["enough"])
    return [message.get(TEXT) for message in examples], labels, settings


def _cross_validated(
    texts: Sequence[str], labels: Sequence[str], settings: dict[str, Any], encoder: SentenceModel
) -> Array:
    """How dangerous each line seems to a head that has not seen it."""
    cache = EmbeddingCache(project_root() / "var" / "safety", encoder)
    pieces = [[window.text for window in windows_of(text)] for text in texts]
    known = dict.fromkeys([*texts, *(piece for some in pieces for piece in some)])
    vectors = dict(zip(known, cache.vectors(list(known), _tell), strict=True))
    folds = np.array([fold_of(text) for text in texts])
    danger = np.zeros(len(texts))
    for fold in range(FOLDS):
        seen = np.flatnonzero(folds != fold)
        head = SafetyHead.learn(
            [texts[row] for row in seen],
            [labels[row] for row in seen],
            np.stack([vectors[texts[row]] for row in seen]),
            strength=settings["strength"],
            steps=settings["steps"],
            scale=settings["ngram_scale"],
        )
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr, flush=True)
        asked = [(row, piece) for row in np.flatnonzero(folds == fold) for piece in pieces[row]]
        unseen = [piece for _, piece in asked]
        told = head.dangers(unseen, np.stack([vectors[piece] for piece in unseen]))
        for (row, _), kinds in zip(asked, told, strict=True):
            danger[row] = max(danger[row], sum(kinds.values()))
    return danger


def _tell(done: int, total: int) -> None:
    if done == total:
        print(f"reading sentences: {total}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
