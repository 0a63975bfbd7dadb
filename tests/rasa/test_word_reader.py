"""N-grams of a text as scikit-learn counts and weighs them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from rasa_ext.word_reader import Ngrams, WordReader, lowered

KINDS = (Ngrams("word", 1, 2, seen_in=1), Ngrams("char_wb", 2, 4, seen_in=1))
LINES = ["My mum calls and calls.", "my sister, my brother", "é  tab\tand a"]
ASKED = [*LINES, "my my my mum", "", "zzz", "a\n b"]


@pytest.fixture(scope="module")
def reader() -> WordReader:
    return WordReader.learn(LINES, 0.7, KINDS, lowered)


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_each_kind_is_weighed_as_scikit_learn_weighs_it(reader: WordReader, number: int) -> None:
    kind = KINDS[number]
    words = {"token_pattern": r"(?u)\b\w+\b"} if kind.of == "word" else {}
    theirs = TfidfVectorizer(
        lowercase=False,
        analyzer=kind.of,
        ngram_range=(kind.shortest, kind.longest),
        sublinear_tf=True,
        **words,
    ).fit([lowered(line) for line in LINES])
    begun = len(reader.words[0]) * number
    ours = reader.read(ASKED)[:, begun : begun + len(reader.words[number])]
    expected = 0.7 * theirs.transform([lowered(line) for line in ASKED])
    np.testing.assert_allclose(ours.toarray(), expected.toarray(), atol=1e-6)


def test_several_texts_are_read_as_each_alone(reader: WordReader) -> None:
    together = reader.read(ASKED).toarray()
    alone = np.concatenate([reader.read([text]).toarray() for text in ASKED])
    np.testing.assert_array_equal(together, alone)


def test_what_was_saved_reads_the_same(reader: WordReader, tmp_path: Path) -> None:
    reader.save(tmp_path / "words.npz")
    again = WordReader.load(tmp_path / "words.npz", KINDS, lowered)
    np.testing.assert_allclose(again.read(ASKED).toarray(), reader.read(ASKED).toarray())
