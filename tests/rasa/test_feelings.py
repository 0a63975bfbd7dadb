"""Words for feelings: found where they tell one, left where they mean something else."""

from __future__ import annotations

import time

import pytest
from rasa_process import ROOT

from rasa_ext.language_model import build_language, entities_of
from rasa_ext.second_meanings import is_meant

FOLDER = ROOT / "content" / "language" / "entities"
FELT = {
    "I'm petrified of being left": ["petrified"],
    "a bit low today tbh": ["low"],
    "feeling rather blue this evening": ["blue"],
    "my brother's been down since the redundancy": ["down"],
    "more deflated than angry": ["deflated", "angry"],
    "Part of me is relieved, part of me guilty": ["relieved", "guilty"],
    "I am so jelous and anxios": ["jelous", "anxios"],
    "scunnered with the lot of them": ["scunnered"],
    "the shame of asking keeps me quiet": ["shame"],
    "I resent doing all the washing up": ["resent"],
    "afraid he'll laugh at me": ["afraid"],
    "I felt sorry for him": ["sorry"],
    "I'm not angry, just hurt": ["angry", "hurt"],
    "I was touched that she remembered": ["touched"],
    "tired and low": ["tired", "low"],
    "I'm sick of always ringing first": ["sick"],
    "it hurts that nobody rang": ["hurts"],
}
MEANT_OTHERWISE = [
    "the battery was low so I couldn't ring",
    "the fridge was empty again",
    "put the box down by the door",
    "a torn coat on the chair",
    "we got stuck in traffic",
    "he's a jealous person, always was",
    "I'm a worried parent",
    "what a happy coincidence",
    "happy birthday to my wife",
    "happy to talk whenever",
    "I'm afraid the shop is shut on Mondays",
    "sorry I'm late, the bus broke down",
    "my foot went numb on the plane",
    "she spent forty quid on candles",
    "we lost the match by two goals",
    "he hurt his knee at football",
    "I hurt my back lifting boxes",
    "The coffee was bitter and cold",
    "cross the road at the lights",
    "the content of the letter was vague",
    "he touched my arm and smiled",
    "I'm mad about jazz",
    "don't panic, it's only a form",
    "no worries, see you then",
    "calm down, it's only a mug",
    "blue curtains in every room",
]


def feelings(text: str) -> list[str]:
    """The words that are found as feelings."""
    found = entities_of(build_language(FOLDER)(text))
    return [one["text"] for one in found if one["entity"] == "feeling" and is_meant(text, one)]


@pytest.mark.parametrize(("text", "words"), FELT.items())
def test_a_feeling_that_is_told_is_found(text: str, words: list[str]) -> None:
    assert feelings(text) == words


@pytest.mark.parametrize("text", MEANT_OTHERWISE)
def test_a_word_that_means_something_else_is_no_feeling(text: str) -> None:
    assert feelings(text) == []


def test_a_text_made_to_be_slow_is_read_quickly() -> None:
    text = "I am " + "a little bit so very " * 150 + "low and " * 100
    build_language(FOLDER)
    begun = time.perf_counter()
    feelings(text)
    assert time.perf_counter() - begun < 2.0
