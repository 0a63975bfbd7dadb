"""Checks the training data: ``python -m evaluation.data_check``.

Prints one line for each thing that is wrong, with file, line and remedy, and ends with code 1 when
there is any. Needs the sentence encoder, not Rasa.
"""

from __future__ import annotations

import sys
import time

from evaluation.data_likeness import leaks, paraphrases
from evaluation.data_rules import Complaint, one_sided, same_twice, too_few, worn_openings
from evaluation.examples import (
    ENTITY_FILES,
    EntityLine,
    Example,
    entity_lines,
    held_out,
    training_examples,
)
from evaluation.marked_yaml import DataFileWrong
from evaluation.places import HELD_OUT
from evaluation.vectors import NoEncoder, encoder, test_vectors, training_vectors

WRONG, UNUSABLE = 1, 2


def main() -> int:
    """Check everything.

    Returns:
        The exit code.
    """
    begun = time.monotonic()
    try:
        examples, tests = training_examples(), test_lines()
        complaints = list(complaints_about(examples, tests))
    except (DataFileWrong, NoEncoder) as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    for complaint in complaints:
        print(complaint)
    kinds = len({example.intent for example in examples})
    print(
        f"{len(examples):,} training lines of {kinds} intents against {len(tests):,} test lines: "
        f"{len(complaints) or 'no'} complaints ({time.monotonic() - begun:.0f} s)."
    )
    return WRONG if complaints else 0


def test_lines() -> list[Example | EntityLine]:
    """Every line of ``tests/nlu``."""
    names = sorted(file.stem for file in HELD_OUT.glob("*.yml") if file.stem not in ENTITY_FILES)
    marked = [line for name in ENTITY_FILES for line in entity_lines(name)]
    return [line for name in names for line in held_out(name)] + marked


def complaints_about(examples: list[Example], tests: list[Example | EntityLine]) -> list[Complaint]:
    """All complaints, rule by rule."""
    found = [
        *too_few(examples),
        *same_twice(examples),
        *worn_openings(examples),
        *one_sided(examples),
    ]
    model = encoder()
    rows = training_vectors(model, [example.text for example in examples])
    test_rows = test_vectors(model, [test.text for test in tests])
    return [*found, *paraphrases(examples, rows), *leaks(examples, rows, tests, test_rows)]


if __name__ == "__main__":
    sys.exit(main())
