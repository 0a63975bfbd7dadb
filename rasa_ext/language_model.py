"""The spaCy pipeline, built in memory: no model is downloaded, and the words come from content/.

Works in spaCy 3.4 and 3.8 alike: tokenizer, lookup lemmatizer, and one ruler for all entities.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

SPANS = "entities"
# Whoever pastes a book does not get a slow reply: entities are looked for in what fits here.
LONGEST = 4000


class EntityFileWrong(Exception):
    """A file of entity words cannot be used; the message names file and remedy."""


@lru_cache(maxsize=2)
def build_language(folder: Path) -> Language:
    """Build the pipeline from the entity files of a folder (``content/language/entities``).

    Raises:
        EntityFileWrong: A file is missing something or is not YAML.
    """
    nlp = spacy.blank("en")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.initialize()
    ruler = nlp.add_pipe(
        "span_ruler",
        config={"spans_key": SPANS, "phrase_matcher_attr": "LOWER", "spans_filter": None},
    )
    ruler.add_patterns(list(patterns_in(folder)))  # type: ignore[attr-defined]
    return nlp


def patterns_in(folder: Path) -> Iterator[dict[str, Any]]:
    """The patterns of all entity files, in the form that spaCy's rulers take."""
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise EntityFileWrong(f"There are no entity files in {folder}: restore them from git.")
    for file in files:
        yield from _patterns_of(file)


def _patterns_of(file: Path) -> Iterator[dict[str, Any]]:
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise EntityFileWrong(f"{file.name} is not YAML: {error}") from error
    if not isinstance(data, Mapping) or not isinstance(data.get("label"), str):
        raise EntityFileWrong(f"{file.name} needs a `label:` that names the entity.")
    for value, phrases in (data.get("values") or {}).items():
        for phrase in phrases:
            if not isinstance(phrase, str):
                raise EntityFileWrong(f"{file.name}, value {value}: put {phrase!r} in quotes.")
            yield {"label": data["label"], "id": str(value), "pattern": phrase}
    for entry in data.get("patterns") or []:
        if not isinstance(entry, Mapping) or not isinstance(entry.get("pattern"), list):
            raise EntityFileWrong(f"{file.name}: each of `patterns:` needs a list `pattern:`.")
        # Ends with the words themselves as the value where no id is given.
        yield {
            "label": data["label"],
            "id": str(entry.get("id") or ""),
            "pattern": list(entry["pattern"]),
        }


def entities_of(doc: Doc) -> list[dict[str, Any]]:
    """The entities of a text in the order in which they stand; of one kind none overlap."""
    by_label: dict[str, list[Span]] = {}
    for span in doc.spans.get(SPANS, []):
        by_label.setdefault(span.label_, []).append(span)
    kept = [span for spans in by_label.values() for span in filter_spans(spans)]
    kept.sort(key=lambda span: (span.start_char, span.end_char, span.label_))
    return [
        {
            "entity": span.label_,
            "value": span.id_ or span.text.lower(),
            "start": span.start_char,
            "end": span.end_char,
            "text": span.text,
        }
        for span in kept
    ]
