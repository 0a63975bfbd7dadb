"""Reads the training lines without Rasa's schema check, which takes two thirds of the reading.

Rasa checks each file with pykwalify on a round-trip parse: half a minute for the lines of this
project, in every training. The shape is checked here in passing, and in full, with more than a
schema can tell, by ``make data-check`` and ``make rasa-data``.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from rasa.shared.exceptions import YamlSyntaxException
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

_KINDS = ("intent", "synonym", "regex", "lookup")


class QuickImporter(RasaFileImporter):  # type: ignore[misc]  # Rasa carries no types
    """Rasa's own importer of files, with a quicker reader of NLU files."""

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """All NLU training data.

        Raises:
            YamlSyntaxException: A file is no YAML, or not of the shape of NLU data; it is named.
        """
        sets = [_QuickReader().read(file) for file in self._nlu_files]
        return TrainingData().merge(*sets)


class _QuickReader(RasaYAMLReader):  # type: ignore[misc]
    def validate(self, string: str) -> None:
        """Check what the reader relies on, once, with a fast parser.

        Raises:
            YamlSyntaxException: Naming the file and what is wrong.
        """
        try:
            told = yaml.load(string, yaml.CSafeLoader)
        except yaml.YAMLError as error:
            raise YamlSyntaxException(self.filename, error) from error
        for place, entry in enumerate(told.get("nlu") or []):
            if not isinstance(entry, dict) or not any(entry.get(kind) for kind in _KINDS):
                raise self._wrong(f"entry {place + 1} of `nlu` needs one of {', '.join(_KINDS)}.")
            if not entry.get("examples"):
                raise self._wrong(f"entry {place + 1} of `nlu` has no `examples`.")

    def _wrong(self, sentence: str) -> YamlSyntaxException:
        name = Path(self.filename).name
        return YamlSyntaxException(self.filename, ValueError(f"{name}: {sentence}"))


__all__ = ["QuickImporter"]
