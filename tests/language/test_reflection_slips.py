"""Slips are mended where one word only can be meant, and dictated signs are signs."""

from __future__ import annotations

from pathlib import Path

import pytest

from belay.language.reflection import Reflector
from belay.language.reflection_slips import Slips, dictated

CONTENT = Path(__file__).parents[2] / "content"
COMMON = frozenset({"husband", "daughter", "kids", "argument"})
KNOWN = COMMON | {"kind", "huge", "hugged"}


@pytest.fixture(scope="module")
def slips() -> Slips:
    return Slips(COMMON, KNOWN.__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hsuband", "husband"),
        ("dauhgter", "daughter"),
        ("arguement", "argument"),
        ("kidn", "kind"),
    ],
)
def test_one_slip_of_the_keyboard_is_mended(slips: Slips, typed: str, meant: str) -> None:
    assert slips.mended(typed) == (meant,)


@pytest.mark.parametrize("typed", ["husband", "kids", "teh", "hugge", "frobnitz", "hxsbxnd"])
def test_a_word_or_a_riddle_is_left_alone(slips: Slips, typed: str) -> None:
    found = slips.mended(typed)
    assert found is None or found == ("huge",)


@pytest.mark.parametrize(
    ("heard", "read"),
    [
        ("we had a fight comma and he left full stop", "we had a fight, and he left."),
        ("is that normal question mark", "is that normal?"),
        ("um my daughter she rang me", "um my daughter rang me"),
        ("I told my friend she was wrong", "I told my friend she was wrong"),
        ("a fight about mums house", "a fight about mum's house"),
        ("he owes me £200", "he owes me 200 pounds"),
        ("I drove 3hrs", "I drove 3 hours"),
    ],
)
def test_dictated_signs_and_doubled_people_are_mended(heard: str, read: str) -> None:
    assert dictated(heard) == read


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            "my gilrfriend broke up wiht me yesturday by text and i cant eat",
            "your girlfriend broke up with you yesterday by text and you can't eat",
        ),
        (
            "my neigbour shoutd at my kids and my husband jsut stood there",
            "your neighbour shouted at your kids and your husband just stood there",
        ),
        ("my bf 4got our anniversary", "your boyfriend forgot your anniversary"),
    ],
)
def test_a_message_full_of_slips_is_said_back_mended(told: str, said: str) -> None:
    assert Reflector(CONTENT).clause(told) == said
