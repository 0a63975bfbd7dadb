"""Who a text is about: a role without gender, and the words the client used for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import spacy
import yaml
from spacy.matcher import PhraseMatcher


@dataclass(frozen=True)
class Person:
    """A role ("parent") and the client's own words for it ("mum")."""

    role: str
    words: str


class PersonFinder:
    """Finds the first person named by a role word.

    The words are those that the message pipeline uses as well, so that a draft and a message
    name the same roles. A name is never a role.

    Args:
        content: The content folder.
    """

    def __init__(self, content: Path) -> None:
        file = content / "language" / "entities" / "person_role.yml"
        roles = yaml.safe_load(file.read_text(encoding="utf-8"))["values"]
        self._nlp = spacy.blank("en")
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        for role, phrases in roles.items():
            self._matcher.add(role, [self._nlp.make_doc(str(phrase)) for phrase in phrases])

    def find(self, text: str) -> Person | None:
        """Give the first person of a text; of words that start together, the longest."""
        doc = self._nlp.make_doc(text.replace("\u2019", "'"))
        matches = sorted(self._matcher(doc), key=lambda match: (match[1], -match[2]))
        if not matches:
            return None
        key, start, end = matches[0]
        first, last = doc[start], doc[end - 1]
        words = text[first.idx : last.idx + len(last)]
        return Person(self._nlp.vocab.strings[key], words)
