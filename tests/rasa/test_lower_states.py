"""What one component hands to the next, so that no training line is read twice."""

from __future__ import annotations

import numpy as np
import pytest

from rasa_ext.lower_states import KEPT, KeepingEncoder, LowerStates
from rasa_ext.sentence_model import open_encoder

TEXTS = ["my sister rings me every day", "no", "I said it and she laughed"]


def test_what_was_kept_is_what_the_encoder_would_say_again() -> None:
    encoder = open_encoder()
    if encoder is None:
        pytest.fail("The sentence encoder is not installed: run `make setup`.")
    KEPT.forget()
    vectors = KeepingEncoder(encoder).vectors(TEXTS)
    np.testing.assert_allclose(vectors, encoder.vectors(TEXTS), atol=1e-6)
    # Taken in another order, and so with other padding.
    kept = KEPT.take(TEXTS[1:])
    assert kept is not None
    lower, mask = encoder.lower(TEXTS[1:])
    np.testing.assert_array_equal(kept[1], mask)
    real = mask.astype(bool)
    np.testing.assert_allclose(kept[0][real], lower[real], atol=0.01)
    KEPT.forget()
    assert KEPT.take(TEXTS) is None


def test_where_one_line_is_missing_nothing_is_taken() -> None:
    states = LowerStates()
    states.keep(["a"], np.ones((1, 2, 3)), np.array([[1, 0]]))
    assert states.take(["a", "b"]) is None
    found = states.take(["a"])
    assert found is not None
    assert found[0].shape == (1, 1, 3)


def test_what_is_held_is_not_forgotten() -> None:
    states = LowerStates()
    states.keep(["a"], np.ones((1, 2, 3)), np.array([[1, 1]]))
    states.hold()
    states.forget()
    assert states.take(["a"]) is not None
