"""The notation in which content/language/feedback writes patterns for spaCy's Matcher.

A pattern is a line of tokens between spaces, each matched against one token of the draft:

    never            this word (case, curly apostrophes and common misspellings do not matter;
                     "don't" is the two tokens do n't, and n't is written not)
    always|never     one of these words
    ~call|text       any form of these verbs or nouns: calls, called, texting
    <feeling>        one of a named list of words; lists may be joined: <you>|mum
    !me|us           any word but these
    *                any word
    #                a number
    ...3             up to three words that start no new thought
    ...3!            up to three tokens of any sort within the sentence
    *ed|gone *ing    any word with this ending, or one of these
    ^word            the word begins a sentence
    word$            the word ends a sentence or a phrase before a comma
    token? token+    the token may be missing; the token may repeat
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_GAP = re.compile(r"\.\.\.(\d+)(!?)")
_ENDINGS = {
    "*ed": r"\w{3,}ed",
    "*ing": r"(?!(?:no|some|every|any)thing$|(?:morn|even)ing$)\w{2,}ing",
}
_SET = re.compile(r"<([a-z_]+)>")
GAP_STOPS = "gap_stops"


@dataclass(frozen=True)
class TokenPattern:
    """Patterns for spaCy's Matcher. `closes`: the match has to end a phrase."""

    source: str
    variants: list[list[dict[str, Any]]]
    closes: bool = False


def compile_pattern(source: str, sets: Mapping[str, Sequence[str]]) -> TokenPattern:
    """Turn one line of notation into a Matcher pattern.

    Raises:
        ValueError: An unknown list, or a token that cannot be read.
    """
    parts = source.split()
    if not parts:
        raise ValueError("an empty pattern; write at least one token")
    closes = parts[-1].endswith("$")
    parts[-1] = parts[-1].removesuffix("$")
    variants = [[_token(part, source, sets) for part in variant] for variant in _starts(parts)]
    return TokenPattern(source, variants, closes)


def _starts(parts: list[str]) -> list[list[str]]:
    """Where the first token is optional, the start of the sentence is the next one's as well."""
    first = parts[0]
    if first.startswith("^") and first.endswith("?") and len(parts) > 1:
        return [[first[:-1], *parts[1:]], *_starts([f"^{parts[1]}", *parts[2:]])]
    return [parts]


def _token(part: str, source: str, sets: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    gap = _GAP.fullmatch(part)
    if gap and gap[2]:
        return {"OP": "{0," + gap[1] + "}"}
    if gap:
        stops = sorted(sets.get(GAP_STOPS, ()))
        free: dict[str, Any] = {"IS_PUNCT": False, "NORM": {"NOT_IN": stops}}
        return {**free, "OP": "{0," + gap[1] + "}"}
    spec: dict[str, Any] = {}
    if part.startswith("^"):
        spec["IS_SENT_START"] = True
        part = part[1:]
    if part[-1:] in ("?", "+") and len(part) > 1:
        spec["OP"] = part[-1]
        part = part[:-1]
    if part == "#":
        spec["LIKE_NUM"] = True
    elif _ENDINGS.keys() & part.split("|"):
        spec["NORM"] = {"REGEX": _with_endings(part, source, sets)}
    elif part == "*":
        spec["IS_PUNCT"] = False
    elif part.startswith("~"):
        spec["LEMMA"] = _one_of(part[1:], source, sets)
    elif part.startswith("!"):
        spec["NORM"] = {"NOT_IN": _words(part[1:], source, sets)}
        spec["IS_PUNCT"] = False
    else:
        spec["NORM"] = _one_of(part, source, sets)
    return spec


def _one_of(part: str, source: str, sets: Mapping[str, Sequence[str]]) -> Any:
    words = _words(part, source, sets)
    return words[0] if len(words) == 1 else {"IN": words}


def _with_endings(part: str, source: str, sets: Mapping[str, Sequence[str]]) -> str:
    """One expression for endings and words together."""
    choices = part.split("|")
    endings = [_ENDINGS[choice] for choice in choices if choice in _ENDINGS]
    others = "|".join(choice for choice in choices if choice not in _ENDINGS)
    words = [re.escape(word) for word in _words(others, source, sets)] if others else []
    return f"^(?:{'|'.join([*endings, *words])})$"


def _words(part: str, source: str, sets: Mapping[str, Sequence[str]]) -> list[str]:
    words: list[str] = []
    for choice in part.split("|"):
        named = _SET.fullmatch(choice)
        if named and named[1] not in sets:
            raise ValueError(f"unknown list <{named[1]}> in {source!r}; add it to sets")
        if not choice or (not named and re.search(r"[<>^$#*?+~!]", choice)):
            raise ValueError(f"cannot read the token {part!r} in {source!r}")
        words.extend(sets[named[1]] if named else [choice])
    return words
