"""Lines that say nearly the same, found by the sentence encoder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from evaluation.data_rules import Complaint, words_of
from evaluation.examples import EntityLine, Example

Vectors = np.ndarray[Any, Any]

PARAPHRASE = 0.92
LEAK = 0.85
# "yes please" and "no thanks" have no second wording: lines this short may meet in both sets.
SHORT_WORDS = 3


def paraphrases(examples: Sequence[Example], vectors: Vectors) -> Iterator[Complaint]:
    """Pairs of one intent that are nearly the same line.

    Args:
        examples: Training examples.
        vectors: Their sentence vectors, of unit length, in the same order.
    """
    rows: dict[str, list[int]] = defaultdict(list)
    for row, example in enumerate(examples):
        rows[example.intent].append(row)
    for intent, group in sorted(rows.items()):
        alike = vectors[group] @ vectors[group].T
        for left, right in np.argwhere(np.triu(alike, 1) > PARAPHRASE).tolist():
            one, other = examples[group[left]], examples[group[right]]
            yield Complaint(
                other.place,
                f"{alike[left, right]:.3f} like {one.place}, both {intent}, above {PARAPHRASE}.",
                "Replace one of them by a new situation in fresh words.",
            )


def leaks(
    examples: Sequence[Example],
    vectors: Vectors,
    tests: Sequence[Example | EntityLine],
    test_vectors: Vectors,
) -> Iterator[Complaint]:
    """Training lines that are nearly a test line, of whatever intent.

    Pairs in which one side has three words or fewer are let pass.

    Args:
        examples: Training examples.
        vectors: Their sentence vectors, of unit length, in the same order.
        tests: Test lines.
        test_vectors: Their sentence vectors.
    """
    long = np.array([len(words_of(example.text)) > SHORT_WORDS for example in examples])
    long_tests = np.array([len(words_of(test.text)) > SHORT_WORDS for test in tests])
    alike = vectors @ test_vectors.T
    alike[~long] = 0
    alike[:, ~long_tests] = 0
    for row in np.nonzero((alike > LEAK).any(axis=1))[0].tolist():
        column = int(alike[row].argmax())
        yield Complaint(
            examples[row].place,
            f"{alike[row, column]:.3f} like the test line {tests[column].file}:"
            f"{tests[column].line}, above {LEAK}.",
            "Replace the training line by a new situation in fresh words; "
            "leave the test line alone.",
        )
