"""Word and letter n-grams of texts, weighted.

Rasa's CountVectorsFeaturizer counts the same, message by message; for eighteen thousand lines that
took most of a minute of each training, where one pass over all takes three seconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from sklearn.feature_extraction.text import CountVectorizer

Array = np.ndarray[Any, Any]
Sparse = Any  # scipy's matrices carry no types

_HIDDEN = ("Cf", "Cc", "Mn", "Me", "Co")
_APOSTROPHES = str.maketrans("", "", "'\u2018\u2019\u201b\u02bc\u0060\u00b4")
_STRETCHED = re.compile(r"(.)\1{2,}")
_SPACE = re.compile(r"\s+")
# Numbers tell by their size here, not by their digits: "im 15" and "im 45" are far apart.
_AGE = re.compile(r"\b(?:[5-9]|1[0-7])\b")
_NUMBER = re.compile(r"\b\d+\b")

Plain = Callable[[str], str]


@dataclass(frozen=True)
class Ngrams:
    """A kind of n-grams.

    Attributes:
        of: "word" or "char_wb" (letters within words), scikit-learn's names.
        shortest: Fewest words or letters.
        longest: Most words or letters.
        seen_in: In how many training texts it must stand to count.
    """

    of: str
    shortest: int
    longest: int
    seen_in: int

    def counter(self, **settings: Any) -> CountVectorizer:
        """A counter of these n-grams."""
        words = {"token_pattern": r"(?u)\b\w+\b"} if self.of == "word" else {}
        span = (self.shortest, self.longest)
        return CountVectorizer(
            lowercase=False, analyzer=self.of, ngram_range=span, **words, **settings
        )


def plain(text: str) -> str:
    """Lower case without apostrophes, hidden signs or stretched letters; numbers by their kind."""
    shown = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).lower()
    kept = "".join(
        " " if sign.isspace() else sign
        for sign in shown
        if sign.isspace() or unicodedata.category(sign) not in _HIDDEN
    )
    kept = _STRETCHED.sub(r"\1\1", kept)
    kept = _NUMBER.sub(" longnumber ", _AGE.sub(" youngnumber ", kept))
    return _SPACE.sub(" ", kept).strip()


def lowered(text: str) -> str:
    """Lower case; any number counts as the same."""
    return _NUMBER.sub(" longnumber ", text.lower())


@dataclass(frozen=True)
class WordReader:
    """Turns texts into weighted n-grams, always the same way as in training.

    Attributes:
        kinds: The kinds of n-grams.
        words: The n-grams of each kind, in the order of their columns.
        weights: How much each n-gram tells: rare ones more.
        scale: How much n-grams count beside the encoder's features.
        form: Brings a text to the form that is counted.
    """

    kinds: tuple[Ngrams, ...]
    words: tuple[tuple[str, ...], ...]
    weights: tuple[Array, ...]
    scale: float
    form: Plain

    def __post_init__(self) -> None:
        """Prepare what finds the n-grams of each kind, and their columns."""
        found = tuple(kind.counter().build_analyzer() for kind in self.kinds)
        columns = tuple({word: at for at, word in enumerate(words)} for words in self.words)
        object.__setattr__(self, "_ngrams_of", found)
        object.__setattr__(self, "_columns", columns)

    @classmethod
    def learn(
        cls, texts: Sequence[str], scale: float, kinds: Sequence[Ngrams], form: Plain
    ) -> WordReader:
        """Learn n-grams and their weights from the training sentences."""
        plains = [form(text) for text in texts]
        words, weights = [], []
        for kind in kinds:
            counter = kind.counter(min_df=min(kind.seen_in, len(plains)))
            seen = np.diff(counter.fit_transform(plains).tocsc().indptr)
            words.append(tuple(str(one) for one in counter.get_feature_names_out()))
            idf = np.log((1 + len(plains)) / (1 + seen)) + 1
            weights.append(idf.astype(np.float32))
        return cls(tuple(kinds), tuple(words), tuple(weights), scale, form)

    def read(self, texts: Sequence[str]) -> Sparse:
        """One row for each text; each kind of n-grams is brought to the same length."""
        columns: list[Array] = [np.zeros(0, np.int32)]
        values: list[Array] = [np.zeros(0, np.float32)]
        ends = [0]
        for text in texts:
            told, begun = self.form(text), 0
            for number in range(len(self.kinds)):
                at, value = self._row(told, number)
                columns.append(at + begun)
                values.append(value)
                begun += len(self.words[number])
            ends.append(ends[-1] + sum(map(len, columns[-len(self.kinds) :])))
        shape = (len(texts), sum(map(len, self.words)))
        row = np.array(ends, dtype=np.int32)
        return scipy.sparse.csr_matrix(
            (np.concatenate(values), np.concatenate(columns), row), shape=shape
        )

    def _row(self, plain_text: str, number: int) -> tuple[Array, Array]:
        """The columns of one kind of n-grams in a text, and what stands in them."""
        ngrams = self._ngrams_of[number](plain_text)  # type: ignore[attr-defined]
        column = self._columns[number].get  # type: ignore[attr-defined]
        counts = Counter(map(column, ngrams))
        counts.pop(None, None)
        at = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
        count = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        value = (1 + np.log(count)) * self.weights[number][at]
        length = float(np.sqrt(value @ value)) or 1.0
        return at, value * np.float32(self.scale / length)

    def save(self, file: Path) -> None:
        """Write as plain arrays."""
        arrays: dict[str, Any] = {"scale": self.scale}
        for number, (words, weights) in enumerate(zip(self.words, self.weights, strict=True)):
            arrays[f"words{number}"], arrays[f"weights{number}"] = np.array(words), weights
        np.savez_compressed(file, **arrays)

    @classmethod
    def load(cls, file: Path, kinds: Sequence[Ngrams], form: Plain) -> WordReader:
        """Read what ``save`` wrote; kinds and form are those of training."""
        with np.load(file, allow_pickle=False) as stored:
            numbers = range(len(kinds))
            return cls(
                tuple(kinds),
                tuple(tuple(str(one) for one in stored[f"words{at}"]) for at in numbers),
                tuple(stored[f"weights{at}"] for at in numbers),
                float(stored["scale"]),
                form,
            )
