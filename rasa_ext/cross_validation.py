"""Five-fold cross-validation on data/nlu: ``python -m rasa_ext.cross_validation``.

Prints how well each group of intents is told apart, what each threshold of the safety layer would
catch and disturb, and how the reading inside an exercise would treat controls and answers. The
thresholds in config.yml are read off these tables, and off nothing else. Folds go by the hash of
the text. Features are computed once for all examples (they know no intents); only the classifier
is trained anew for each fold. The tuned encoder, which does know them, is left out: `make eval`
trains the whole pipeline for each fold.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rasa_ext.settings import prepare_environment, project_root

prepare_environment()

import numpy as np  # noqa: E402
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema  # noqa: E402
from rasa.engine.recipes.default_recipe import DefaultV1Recipe  # noqa: E402
from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402
from rasa.engine.storage.resource import Resource  # noqa: E402
from rasa.nlu.utils.spacy_utils import SpacyNLP  # noqa: E402
from rasa.shared.importers.importer import TrainingDataImporter  # noqa: E402
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: E402

from rasa_ext.intent_classifier import SentenceIntentClassifier, cooled  # noqa: E402
from rasa_ext.message_features import FeatureReader  # noqa: E402
from rasa_ext.reading_tables import Judged, print_tables  # noqa: E402
from rasa_ext.softmax_regression import fit  # noqa: E402
from rasa_ext.tuned_encoder import TunedEncoder  # noqa: E402

FOLDS = 5


def main() -> int:
    """Run it and print the tables."""
    config = TrainingDataImporter.load_from_config(
        str(project_root() / "config.yml"),
        str(project_root() / "domain.yml"),
        [str(project_root() / "data")],
    )
    pipeline = config.get_config()["pipeline"]
    settings = {
        **SentenceIntentClassifier.get_default_config(),
        **next(step for step in pipeline if step["name"].endswith("SentenceIntentClassifier")),
    }
    data = featurized(config.get_nlu_data(), pipeline)
    examples = [
        message
        for message in data.intent_examples
        if message.get(TEXT) and message.get(INTENT) not in settings["untrained"]
    ]
    print_tables(list(judged(examples, settings)), pipeline)
    return 0


def judged(examples: Sequence[Message], settings: dict[str, Any]) -> Iterable[Judged]:
    """Each example with what a classifier said that has not seen it."""
    folds = np.array([fold_of(message.get(TEXT)) for message in examples])
    labels = [message.get(INTENT_RESPONSE_KEY) or message.get(INTENT) for message in examples]
    for fold in range(FOLDS):
        seen = [index for index in range(len(examples)) if folds[index] != fold]
        unseen = [index for index in range(len(examples)) if folds[index] == fold]
        reader = FeatureReader.learn([examples[i] for i in seen], settings["ngram_scale"])
        dense, sparse = reader.read([examples[i] for i in seen])
        model = fit(
            dense,
            sparse,
            [labels[i] for i in seen],
            strength=settings["strength"],
            steps=settings["steps"],
        )
        told = model.probabilities(*reader.read([examples[i] for i in unseen]))
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr, flush=True)
        for index, row in zip(unseen, told, strict=True):
            calm = cooled(row, settings["temperature"])
            yield Judged(examples[index].get(TEXT), labels[index], model.labels, calm)


def fold_of(text: str) -> int:
    """The fold of a text, the same in every run."""
    return hashlib.sha256(text.encode("utf-8")).digest()[0] % FOLDS


def featurized(data: TrainingData, pipeline: Sequence[dict[str, Any]]) -> TrainingData:
    """The training data after all components before the classifier."""
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage.create(Path(folder))
        language = None
        for index, step in enumerate(pipeline):
            settings = dict(step)
            name = settings.pop("name")
            kind: Any = DefaultV1Recipe._from_registry(name).clazz
            if kind is SentenceIntentClassifier:
                break
            if kind is TunedEncoder:
                continue  # it learns from labels, so it would have to be trained anew in each fold
            settings = {**kind.get_default_config(), **settings}
            context = ExecutionContext(GraphSchema({}), node_name=f"{name}{index}")
            component: Any = kind.create(settings, storage, Resource(f"{name}{index}"), context)
            assert isinstance(component, GraphComponent)
            if isinstance(component, SpacyNLP):
                language = component.provide()
                data = component.process_training_data(data, language)
                continue
            if hasattr(component, "train"):
                component.train(data)
            data = component.process_training_data(data)
    return data


if __name__ == "__main__":
    sys.exit(main())
