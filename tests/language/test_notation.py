"""The notation of patterns, token by token."""

import pytest
from spacy.matcher import Matcher

from belay.language.notation import compile_pattern
from belay.language.sentences import Sentences

SENTENCES = Sentences({"u": "you"}, {"felt": "feel"})
SETS = {"people": ["you", "he"], "gap_stops": ["i", "and"]}


def matches(pattern: str, text: str) -> bool:
    matcher = Matcher(SENTENCES.nlp.vocab)
    matcher.add("x", compile_pattern(pattern, SETS).variants)
    return bool(matcher(SENTENCES.read(text)))


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("never", "You NEVER call", True),
        ("you never", "u never call", True),
        ("do not", "I don\u2019t", True),
        ("do not", "I dont", True),
        ("always|never", "it never rains", True),
        ("~call", "she called", True),
        ("~feel", "I felt it", True),
        ("<people>|mum never", "mum never calls", True),
        ("<people> ...2 never", "you just simply never call", True),
        ("<people> ...2 never", "you say and never do", False),
        ("for # <people>|minutes", "for ten minutes", True),
        ("!me|us now", "call us now", False),
        ("!me|us now", "call her now", True),
        ("^stop", "Okay. Stop it", True),
        ("^stop", "please stop", False),
        ("^please? stop", "please stop", True),
        ("^please? stop", "they please, then stop", False),
        ("so? sad", "so sad", True),
        ("so+ sad", "so so sad", True),
    ],
)
def test_a_pattern_reads_as_the_notation_says(pattern: str, text: str, expected: bool) -> None:
    assert matches(pattern, text) is expected


def test_a_closing_pattern_is_marked() -> None:
    assert compile_pattern("be better$", SETS).closes
    assert not compile_pattern("be better", SETS).closes


@pytest.mark.parametrize("pattern", ["", "a|", "<nobody>", "a|#", "x|~y"])
def test_what_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"empty|cannot read|unknown list"):
        compile_pattern(pattern, SETS)
