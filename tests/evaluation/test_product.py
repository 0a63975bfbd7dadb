from __future__ import annotations

from collections.abc import Iterator

import pytest

from evaluation.examples import training_examples
from evaluation.floor_side import floor_tiers
from evaluation.folds import folds_of
from evaluation.product import Product, current_model

OPEN = {"exercise": False, "expects": None}
IN_EXERCISE = {"exercise": True, "expects": "text"}


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    product = Product(current_model())
    yield product
    product.close()


def test_the_trained_model_is_read_as_belay_reads_it(product: Product) -> None:
    (read,) = product.read(["please delete all my data"], [OPEN], "one line")

    assert read.intent == "data_delete"
    assert len(read.ranking) >= 3


def test_a_line_is_read_in_the_state_in_which_it_is_said(product: Product) -> None:
    text = "my sister borrows my clothes and never brings them back when she said she would"

    outside, inside = product.read([text, text], [OPEN, IN_EXERCISE], "one line twice")

    assert outside.intent != "answer_free"
    assert inside.intent == "answer_free"


def test_a_typed_intent_is_only_words(product: Product) -> None:
    (read,) = product.read(["/data_delete"], [OPEN], "one line")

    assert read.confidence < 1.0


def test_the_floor_judges_beside_the_model() -> None:
    assert floor_tiers(["I am going to kill myself tonight", "nice weather"]) == [3, 0]


def test_every_fold_holds_its_share_of_every_intent() -> None:
    examples = training_examples()
    folds = folds_of(examples)

    for intent in {example.intent for example in examples}:
        held = [fold for line, fold in zip(examples, folds, strict=True) if line.intent == intent]
        counts = [held.count(fold) for fold in range(5)]
        assert max(counts) - min(counts) <= 1, intent
