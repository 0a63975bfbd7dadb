"""What the floor eased travels with the state of a conversation."""

from __future__ import annotations

import pytest

from rasa_ext.wire import WrongShape, state_from


def test_eased_words_reach_the_state_and_its_metadata() -> None:
    state = state_from({"exercise": False, "expects": None, "eased": ["never hit me", ""]})
    assert state.eased == ("never hit me",)
    assert state.as_dict()["eased"] == ["never hit me"]


def test_nothing_is_eased_where_nobody_says_so() -> None:
    assert state_from(None).eased == ()
    assert state_from({"exercise": True, "expects": "text"}).eased == ()


@pytest.mark.parametrize("wrong", ["never", [3], {"a": 1}])
def test_another_shape_is_refused(wrong: object) -> None:
    with pytest.raises(WrongShape, match="eased"):
        state_from({"eased": wrong})
