"""How hard a text is to read: words, sentences, syllables, Flesch-Kincaid grade."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*")
_END = re.compile(r"[.!?]+(?=\s|$|['\"’”)])")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouy]les?|[^aeioutd]ed|[^aeiouycsxzgh]es)$")


def words(text: str) -> list[str]:
    """The words of a text; numbers count as words."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """A close guess of how many syllables a word has; numbers count as one."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    if not plain:
        return 1
    found = len(_VOWELS.findall(plain))
    if found > 1 and _SILENT.search(plain) and not re.search(r"[^aeiouy]les?$", plain):
        found -= 1
    if re.search(r"ia|io(?!n)|iu|uie|eing", plain):
        found += 1
    return max(1, found)


def grade(text: str) -> float:
    """The Flesch-Kincaid school grade of a text. Very short texts give low or negative grades."""
    said = words(text)
    if not said:
        return 0.0
    sentences = max(1, len(_END.findall(text)))
    beats = sum(syllables(word) for word in said)
    return 0.39 * len(said) / sentences + 11.8 * beats / len(said) - 15.59
