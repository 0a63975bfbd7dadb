"""Text to tokens: what each word means for a pattern, and where it stood in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.pipeline import Lemmatizer

_DOUBLE = re.compile(r"[\"\u201c\u201d\u00ab]([^\"\u201c\u201d\u00bb]+)[\"\u201c\u201d\u00bb]")
_SINGLE = re.compile(r"(?<!\w)['\u2018](.+?)['\u2019](?!\w)")
_STRETCHED = re.compile(r"(.)\1{2,}")
_ENDS = frozenset(".!?;:\n")
_LOOKUP = {"mode": "lookup"}
_LETTERS = re.compile(r"[^\W\d_]")


class Sentences:
    """Tokenizes drafts: a blank English pipeline, lookup lemmas, folded spellings.

    Args:
        spelling: Spelling to the word that patterns use ("u" to "you").
        lemmas: Lemmas that the lookup table has wrong for talk ("does" to "do").
    """

    def __init__(self, spelling: Mapping[str, str], lemmas: Mapping[str, str]) -> None:
        self.nlp: Language = spacy.blank("en")
        lemmatizer = cast("Lemmatizer", self.nlp.add_pipe("lemmatizer", config=_LOOKUP))
        lemmatizer.initialize()
        self._looked_up = lemmatizer.lookups.get_table("lemma_lookup")
        self._lemmas = dict(lemmas)
        self._spelling = dict(spelling)

    def read(self, text: str) -> Doc:
        """Tokenize. Norms are folded words, lemmas are of the folded word, starts are set."""
        doc = self.nlp.make_doc(text)
        begins = True
        for token in doc:
            norm = self._norm(token.norm_)
            token.norm_ = norm
            token.lemma_ = self._lemmas.get(norm) or self._looked_up.get(norm, norm)
            token.is_sent_start = begins
            if token.is_space:
                begins = begins or "\n" in token.text
            elif not (token.is_quote or token.is_bracket):
                begins = token.text[-1] in _ENDS and token.is_punct
        return doc

    def quoted(self, text: str) -> list[tuple[int, int]]:
        """The spans between quotation marks, unless the whole text is one quotation."""
        spans = [match.span() for found in (_DOUBLE, _SINGLE) for match in found.finditer(text)]
        return [
            (start, end)
            for start, end in spans
            if _LETTERS.search(text[:start]) or _LETTERS.search(text[end:])
        ]

    def _norm(self, norm: str) -> str:
        folded = norm.lower().replace("\u2019", "'")
        squeezed = _STRETCHED.sub(r"\1", folded)
        return self._spelling.get(folded) or self._spelling.get(squeezed) or folded


def count_words(text: str) -> int:
    """How many words a person would count."""
    return sum(1 for word in text.split() if any(letter.isalnum() for letter in word))
