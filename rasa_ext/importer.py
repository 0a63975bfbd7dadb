"""Reads the training lines without Rasa's schema check, which takes two thirds of the reading.

Rasa checks each file with pykwalify on a round-trip parse: half a minute for the lines of this
project, in every training. Here the parse that is read is checked by itself, for what that schema
demands of NLU data and for what Rasa would skip in silence. ``make train`` and ``make rasa-data``
both read through this importer, so both check all of it; whether the lines are any good is what
``make data-check`` asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rasa.shared.constants import LATEST_TRAINING_DATA_FORMAT_VERSION as VERSION
from rasa.shared.data import get_data_files, is_likely_yaml_file
from rasa.shared.exceptions import YamlException
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method
from rasa.shared.utils.io import read_yaml
from ruamel.yaml.error import YAMLError

from rasa_ext.training_line import TrainingLine

INTENT = "intent"
KINDS = (INTENT, "synonym", "regex", "lookup")
ITEM = f"one of {', '.join(KINDS)}"
HOW_EXAMPLES = "list them under `examples:`, each as `- {text: ...}`"


class TrainingLinesWrong(YamlException):  # type: ignore[misc]  # Rasa carries no types
    """A file of training lines cannot be read as meant; the message names place and remedy."""

    def __init__(self, filename: str, sentence: str) -> None:
        """Keep the sentence; Rasa prints it."""
        super().__init__(filename)
        self._sentence = sentence

    def __str__(self) -> str:
        """The file, and what to do."""
        return f"{self.filename}: {self._sentence}"


class QuickImporter(RasaFileImporter):  # type: ignore[misc]
    """Rasa's own importer of files, with a quicker reader of NLU files."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        """Find the files, also those that Rasa would pass over."""
        super().__init__(config_file, domain_path, training_data_paths)
        told = {*self._nlu_files, *self._story_files, *self._conversation_test_files}
        every = get_data_files(training_data_paths, is_likely_yaml_file)
        self._passed_over = [file for file in every if file not in told]

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """All NLU training data.

        Raises:
            TrainingLinesWrong: A file is no YAML, or not of the shape of training data.
        """
        if self._passed_over:
            raise TrainingLinesWrong(
                self._passed_over[0],
                "there is no `nlu:`, `rules:` or `stories:` in it, so nothing would be learned "
                "from it. Begin it with `version:` and one of these, or remove it.",
            )
        sets = [QuickReader().read(file) for file in self._nlu_files]
        return TrainingData().merge(*sets)


class QuickReader(RasaYAMLReader):  # type: ignore[misc]
    """Rasa's own reader of one NLU file, with checks of its own."""

    def reads(self, string: str, **kwargs: Any) -> TrainingData:
        """The training data in a text.

        Raises:
            TrainingLinesWrong: It is no YAML, or not of the shape of training data.
        """
        try:
            told = read_yaml(string)
        except YAMLError as error:
            raise TrainingLinesWrong(self.filename, f"this is no YAML. {error}") from error
        if isinstance(told, Mapping) and "responses" in told:
            # None of this project: its replies are in content/. Rasa's schema knows their shape.
            return super().reads(string, **kwargs)
        wrong = next(complaints_about(told), None)
        if wrong:
            raise TrainingLinesWrong(self.filename, wrong)
        self._parse_nlu(told["nlu"])
        return TrainingData(
            [TrainingLine.of(example) for example in self.training_examples],
            self.entity_synonyms,
            self.regex_features,
            self.lookup_tables,
        )


def complaints_about(told: Any) -> Iterator[str]:
    """What is wrong with the content of a file, in sentences that name intent and remedy."""
    if not isinstance(told, Mapping) or not told:
        yield f'the file must be a mapping that begins with `version: "{VERSION}"` and `nlu:`.'
        return
    if told.get("version") != VERSION:
        yield f'begin it with `version: "{VERSION}"`, in quotes: Rasa skips what is of later ones.'
    entries = told.get("nlu")
    if not isinstance(entries, list) or not entries:
        yield f"`nlu` must be a list of items, each {ITEM}: add one, or remove the file."
        return
    for number, entry in enumerate(entries, start=1):
        yield from _about_entry(f"item {number} of `nlu`", entry)


def _about_entry(place: str, entry: Any) -> Iterator[str]:
    kinds = [kind for kind in KINDS if kind in entry] if isinstance(entry, Mapping) else []
    if len(kinds) != 1:
        yield f"{place} must be {ITEM}, with its `examples`."
        return
    (kind,) = kinds
    name = entry[kind]
    if not _is_words(name):
        yield f"{place}: write a name behind `{kind}:`, in quotes where it is a number."
        return
    place = f"{kind} `{name}`"
    known = {kind, "examples", "metadata"} if kind == INTENT else {kind, "examples"}
    yield from _about_keys(place, entry, known)
    examples = entry.get("examples")
    if isinstance(examples, str) and examples.strip():
        yield from _about_block(place, examples)
    elif kind == INTENT and isinstance(examples, list) and examples:
        for number, example in enumerate(examples, start=1):
            yield from _about_example(f"{place}, example {number}", example)
    elif kind == INTENT:
        yield f"{place} has no examples: {HOW_EXAMPLES}."
    else:
        yield f"{place}: write its examples as one text under `examples: |`, a `- ` before each."


def _about_block(place: str, examples: str) -> Iterator[str]:
    """Examples in one text, a line for each; Rasa skips a line that begins otherwise."""
    for number, line in enumerate(examples.splitlines(), start=1):
        if line.strip() and not (line.startswith("-") and line[1:].strip()):
            yield f"{place}, line {number} of its examples: write `- ` and then the words."


def _about_example(place: str, example: Any) -> Iterator[str]:
    if not isinstance(example, Mapping):
        yield f"{place} must be a mapping: write `- {{text: ...}}`."
        return
    yield from _about_keys(place, example, {"text", "metadata"})
    if not _is_words(example.get("text")):
        yield f"{place} has no words: write them as `text`, in quotes where they are a number."


def _about_keys(place: str, told: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    unknown = [f"`{key}`" for key in told if key not in known]
    if unknown:
        expected = ", ".join(f"`{key}`" for key in sorted(known))
        yield f"{place}: {', '.join(unknown)} means nothing here; what does: {expected}."
    if "metadata" in told and not isinstance(told["metadata"], Mapping):
        yield f"{place}: `metadata` must be a mapping, as in `metadata: {{voice: plain}}`."


def _is_words(told: Any) -> bool:
    return isinstance(told, str) and bool(told.strip())


__all__ = ["QuickImporter", "QuickReader", "TrainingLinesWrong", "complaints_about"]
