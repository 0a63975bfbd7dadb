"""Pieces of a message in which danger is looked for, so that one line in a long story counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

# As long as the lines that the head learned from; a longer text thins out what one line says.
WIDEST = 45
# Less than this says nothing by itself: "Not again." needs its neighbours.
NARROWEST = 5
# Of a text without full stops, a piece of this many words, each starting half a piece later.
STRIDE = 30
MOST = 48

_SENTENCE = re.compile(r"[^.!?\u2026\n]+(?:[.!?\u2026]+[\"')\u201d\u2019]*|\n+|$)")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Window:
    """One piece of a message.

    Attributes:
        text: Its words.
        start: Where it begins in the message.
        end: Where it ends.
    """

    text: str
    start: int
    end: int

    def covers(self, start: int, end: int) -> bool:
        """Whether the piece shares anything with a span of the message."""
        return self.start < end and start < self.end


def windows_of(text: str) -> list[Window]:
    """The whole text where it is short, its sentences, and neighbouring sentences together.

    There is always at least one; of a very long text the first and the last pieces are kept.
    """
    sentences = [piece for found in _SENTENCE.finditer(text) for piece in _cut(text, found)]
    if not sentences:
        return [Window(text, 0, len(text))]
    spans: dict[tuple[int, int], None] = {}
    for first, (start, end) in enumerate(sentences):
        if len(sentences) == 1 or _words(text, start, end) >= NARROWEST:
            spans[(start, end)] = None
        for _, further in sentences[first + 1 :]:
            if _words(text, start, further) > WIDEST:
                break
            end = further
        spans[(start, end)] = None
    kept = list(spans)
    if len(kept) > MOST:
        kept = kept[: MOST // 2] + kept[-(MOST // 2) :]
    return [Window(text[start:end], start, end) for start, end in kept]


def _cut(text: str, found: re.Match[str]) -> list[tuple[int, int]]:
    """A sentence as it is, or in overlapping pieces where nobody can have spoken so long."""
    words = [(found.start() + w.start(), found.start() + w.end()) for w in _WORD.finditer(found[0])]
    if not words:
        return []
    if len(words) <= WIDEST:
        return [(words[0][0], words[-1][1])]
    starts = range(0, max(1, len(words) - STRIDE // 2), STRIDE // 2)
    return [(words[at][0], words[min(at + STRIDE, len(words)) - 1][1]) for at in starts]


def _words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
