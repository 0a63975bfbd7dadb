"""Cross-validation on data/nlu: ``python -m rasa_ext.cross_validation [--folds N]``.

Prints how well each group of intents is told apart, how often it is right at each confidence, and
what becomes of controls and answers inside an exercise. The thresholds of FallbackClassifier and
InExerciseReading in config.yml are read off these tables.

Measured is what is in use: for each fold the components of config.yml learn the other four fifths
of the lines, and read each other line where it is said. Only the safety layer is taken to find
nothing, and lines of danger are learned from but not read: rasa_ext.safety_cross_validation is for
those. FallbackClassifier is left out, so that its threshold can be seen.

What knows no intents (spaCy, the published encoder) reads all lines once. The rest takes about two
minutes of processor time for a fold, so two of the five are read unless more are asked for: 5,500
lines. Folds go by the hash of the text. `make eval` trains whole models instead, for all lines.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa_ext.settings import prepare_environment, project_root

prepare_environment()

from rasa.engine.graph import ExecutionContext, GraphSchema  # noqa: E402
from rasa.engine.recipes.default_recipe import DefaultV1Recipe  # noqa: E402
from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402
from rasa.engine.storage.resource import Resource  # noqa: E402
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier  # noqa: E402
from rasa.nlu.featurizers.featurizer import Featurizer  # noqa: E402
from rasa.shared.importers.importer import TrainingDataImporter  # noqa: E402
from rasa.shared.nlu.constants import (  # noqa: E402
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    INTENT_RESPONSE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message  # noqa: E402
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: E402

from rasa_ext.intent_classifier import SentenceIntentClassifier  # noqa: E402
from rasa_ext.lower_states import KEPT  # noqa: E402
from rasa_ext.nlp import BelayNLP, EntityRules  # noqa: E402
from rasa_ext.reading import MAYBE_CONTROL  # noqa: E402
from rasa_ext.reading_tables import (  # noqa: E402
    READ_IN_EXERCISE,
    SAID_IN_EXERCISE,
    Judged,
    print_tables,
)
from rasa_ext.safety_head import SAFETY_PREFIX  # noqa: E402
from rasa_ext.safety_layer import SafetyLayer, settle  # noqa: E402
from rasa_ext.safety_verdict import Finding  # noqa: E402
from rasa_ext.sentence_model import open_encoder  # noqa: E402
from rasa_ext.tuned_encoder import TunedEncoder  # noqa: E402

FOLDS, READ_FOLDS = 5, 2
READ_TOGETHER = 16
OUTSIDE: dict[str, Any] = {"exercise": None, "expects": None}
INSIDE: dict[str, Any] = {"exercise": "any", "expects": "text"}


def main() -> int:
    """Run it and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m rasa_ext.cross_validation")
    parser.add_argument("--folds", type=int, choices=range(1, FOLDS + 1), default=READ_FOLDS)
    folds = parser.parse_args().folds
    lines = read_lines()
    with tempfile.TemporaryDirectory(prefix="belay-folds-") as folder:
        parts = [
            Unalarmed() if isinstance(part, SafetyLayer) else part
            for part in made(lines.pipeline, Path(folder))
            if not isinstance(part, FallbackClassifier)
        ]
        learned_from = next(at for at, one in enumerate(parts) if isinstance(one, TunedEncoder))
        featurize(lines.examples, parts[:learned_from])
        hold_lower_states([one.get(TEXT) for one in lines.examples])
        print_tables(
            [
                one
                for fold in range(folds)
                for one in judged(lines.examples, parts, learned_from, fold)
            ]
        )
    return 0


@dataclass(frozen=True)
class Lines:
    """What there is to learn from.

    Attributes:
        examples: The training lines, without those of buttons.
        pipeline: The components of config.yml.
    """

    examples: list[Message]
    pipeline: list[dict[str, Any]]


class Unalarmed:
    """The safety layer on a message in which it finds nothing."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Settle that there is no danger."""
        for message in messages:
            settle(message, Finding())
        return messages


def read_lines() -> Lines:
    """Read config.yml and data/."""
    root = project_root()
    config = TrainingDataImporter.load_from_config(
        str(root / "config.yml"), str(root / "domain.yml"), [str(root / "data")]
    )
    untrained = SentenceIntentClassifier.get_default_config()["untrained"]
    examples = [
        one
        for one in config.get_nlu_data().intent_examples
        if one.get(TEXT) and one.get(INTENT) not in untrained
    ]
    return Lines(examples, config.get_config()["pipeline"])


def made(pipeline: Sequence[dict[str, Any]], folder: Path) -> list[Any]:
    """The components of a pipeline, untrained; what they learn is stored in a folder."""
    storage = LocalModelStorage.create(folder)
    parts = []
    for index, step in enumerate(pipeline):
        settings = dict(step)
        name = settings.pop("name")
        kind: Any = DefaultV1Recipe._from_registry(name).clazz
        settings = {**kind.get_default_config(), **settings}
        context = ExecutionContext(GraphSchema({}), node_name=f"{name}{index}")
        parts.append(kind.create(settings, storage, Resource(f"{name}{index}"), context))
    return parts


def fold_of(text: str) -> int:
    """The fold of a text, the same in every run."""
    return hashlib.sha256(text.encode("utf-8")).digest()[0] % FOLDS


def together(messages: Sequence[Message]) -> TrainingData:
    """Training data of messages as they are: Rasa's own check for twins hashes every vector."""
    data = TrainingData()
    data.training_examples = list(messages)
    return data


def featurize(examples: Sequence[Message], parts: Sequence[Any]) -> None:
    """Put on the lines what the components before the first one that knows intents make of them."""
    data = together(examples)
    for part in parts:
        if isinstance(part, BelayNLP):
            part.process_training_data(data, part.provide())
        else:
            part.process_training_data(data)


def hold_lower_states(texts: Sequence[str]) -> None:
    """Read the lower half of the encoder once for all folds."""
    encoder = open_encoder()
    if encoder is None:
        return
    order = sorted(texts, key=len)
    batches = [order[at : at + READ_TOGETHER] for at in range(0, len(order), READ_TOGETHER)]
    KEPT.hold()
    with ThreadPoolExecutor(max_workers=2) as pool:
        for batch, (lower, mask) in zip(batches, pool.map(encoder.lower, batches), strict=True):
            KEPT.keep(batch, lower, mask)
    tell(f"{len(texts)} lines are read")


def judged(
    examples: Sequence[Message], parts: Sequence[Any], learned_from: int, fold: int
) -> list[Judged]:
    """The lines of a fold as read by components that have not seen them.

    Args:
        examples: All lines with what the first components made of them.
        parts: All components.
        learned_from: The first component that learns from intents.
        fold: Which fold.
    """
    copies = [copied(one) for one in examples]
    unseen = [
        one
        for one in copies
        if fold_of(one.get(TEXT)) == fold and not one.get(INTENT).startswith(SAFETY_PREFIX)
    ]
    seen = together([one for one in copies if fold_of(one.get(TEXT)) != fold])
    for part in parts[learned_from:]:
        if hasattr(part, "train"):
            part.train(seen)
        if isinstance(part, Featurizer):
            part.process_training_data(together(copies))
    tell(f"fold {fold + 1}: trained on {len(seen.training_examples)} lines")
    readers = [part for part in parts[learned_from:] if not isinstance(part, Featurizer)]
    language = next(part.provide() for part in parts if isinstance(part, BelayNLP))

    def read(message: Message, state: Mapping[str, Any]) -> Message:
        said = copied(message, metadata={"state": state})
        for part in readers:
            part.process([said], *([language] if isinstance(part, EntityRules) else []))
        return said

    def judge(message: Message) -> Judged:
        label = message.get(INTENT_RESPONSE_KEY) or message.get(INTENT)
        intent = label.partition("/")[0]
        inside = read(message, INSIDE) if intent in READ_IN_EXERCISE else None
        as_said = inside if inside and intent in SAID_IN_EXERCISE else read(message, OUTSIDE)
        return Judged(
            label,
            as_said.get(INTENT),
            as_said.get(INTENT_RANKING_KEY),
            inside and inside.get(INTENT)[INTENT_NAME_KEY],
            any(one["entity"] == MAYBE_CONTROL for one in (inside and inside.get(ENTITIES)) or []),
        )

    with ThreadPoolExecutor(max_workers=2) as pool:
        found = list(pool.map(judge, unseen))
    tell(f"fold {fold + 1}: read {len(found)} lines")
    return found


def copied(message: Message, **data: Any) -> Message:
    """A message to which anything can be added."""
    return Message({**message.data, **data}, features=list(message.features))


def tell(sentence: str) -> None:
    """Say how far it is."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
