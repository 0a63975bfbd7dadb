"""On whole messages: the reply around a reflection keeps to the tone, and its bounds hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from belay.content import load_content
from belay.content.readability import words
from belay.language.reflection import REFLECTED, Reflector

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "content"
MOST_WORDS = 45
LEAST_SHARE = 0.7
FIRST_PERSON = re.compile(r"\b(?:i'm|i've|i'd|me|my|mine|myself|we|us|our|ours)\b", re.IGNORECASE)


def told(name: str) -> list[str]:
    listed = yaml.safe_load((HERE / name).read_text("utf-8"))["disclosures"]
    return [one["text"] for one in listed]


@pytest.fixture(scope="module")
def reflector() -> Reflector:
    return Reflector(CONTENT)


@pytest.fixture(scope="module")
def replies(reflector: Reflector) -> list[str]:
    lines = load_content(CONTENT).words.lines[REFLECTED].variants
    found = [
        reflector.reflect(text, str(seed))
        for name in ("disclosures.yml", "practice.yml", "practice_second.yml")
        for text in told(name)
        for seed in range(3)
    ]
    return [
        line.replace("{reflection}", one.text) for one in found if one is not None for line in lines
    ]


def test_a_reply_has_at_most_45_words_and_one_question(replies: list[str]) -> None:
    assert [reply for reply in replies if len(words(reply)) > MOST_WORDS] == []
    assert [reply for reply in replies if reply.count("?") != 1] == []


def test_nobody_speaks_of_the_client_as_i(replies: list[str]) -> None:
    heard = [
        reply.removeprefix("I hear that").removeprefix("You tell me that") for reply in replies
    ]
    heard = [reply.removeprefix("From what you tell me,") for reply in heard]
    assert [reply for reply in heard if FIRST_PERSON.search(reply)] == []


def test_verbs_agree_with_you(replies: list[str]) -> None:
    wrong = re.compile(r"\b[Yy]ou (?:am|is|was|has|does)\b|\byou you're\b|\byour your\b")
    assert [reply for reply in replies if wrong.search(reply)] == []


def test_most_disclosures_get_a_reflection(reflector: Reflector) -> None:
    texts = told("disclosures.yml")
    assert len(texts) == 200
    found = [text for text in texts if reflector.reflect(text, text) is not None]
    assert len(found) / len(texts) >= LEAST_SHARE
