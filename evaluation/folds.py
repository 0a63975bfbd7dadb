"""Five-fold cross-validation on data/nlu: each line read by a pipeline that never saw it.

Each fold trains Rasa's NLU from config.yml, so components and settings are those of the product.
"""

from __future__ import annotations

import hashlib
import io
import logging
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path

import yaml

from evaluation.data_rules import by_intent
from evaluation.examples import Example
from evaluation.places import ROOT
from evaluation.product import Product
from evaluation.reading import Reading, Tell, state_for

FOLDS = 5


def folds_of(examples: Sequence[Example], count: int = FOLDS) -> list[int]:
    """The fold of each example: every intent is spread evenly, and always in the same way."""
    fold_at: dict[str, int] = {}
    for group in by_intent(examples).values():
        shuffled = sorted(group, key=lambda one: hashlib.sha256(one.text.encode()).digest())
        fold_at.update({example.place: turn % count for turn, example in enumerate(shuffled)})
    return [fold_at[example.place] for example in examples]


def cross_validated(examples: Sequence[Example], tell: Tell) -> list[Reading]:
    """Each example as read by the model of the other folds."""
    folds = folds_of(examples)
    readings: dict[int, Reading] = {}
    for fold in range(FOLDS):
        unseen = [row for row, at in enumerate(folds) if at == fold]
        seen = [example for example, at in zip(examples, folds, strict=True) if at != fold]
        with tempfile.TemporaryDirectory() as folder:
            tell(f"fold {fold + 1} of {FOLDS}: training on lines", len(seen), len(examples))
            product = Product(_trained(seen, Path(folder)))
            lines = [examples[row] for row in unseen]
            told = product.read(
                [line.text for line in lines],
                [state_for(line.intent) for line in lines],
                f"fold {fold + 1} of {FOLDS}",
                tell,
            )
            product.close()
        readings.update(zip(unseen, told, strict=True))
    return [readings[row] for row in range(len(examples))]


def _trained(examples: Sequence[Example], folder: Path) -> Path:
    """A model of these examples."""
    from rasa.model_training import train_nlu

    file = folder / "examples.yml"
    blocks = [
        {"intent": intent, "examples": [{"text": example.text} for example in group]}
        for intent, group in by_intent(examples).items()
    ]
    file.write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True), "utf-8")
    logging.disable(logging.INFO)
    # Rasa says where it put each model; that is gone when anybody reads it.
    with redirect_stdout(io.StringIO()):
        model = train_nlu(
            str(ROOT / "config.yml"), str(file), str(folder), domain=str(ROOT / "domain.yml")
        )
    if model is None:
        raise RuntimeError("a fold did not train: `make train` shows why")
    return Path(model)
