"""Brings typed text to one plain form, so that the safety floor reads what was meant.

People in distress misspell, stretch words, use curly quotes, and sometimes hide words
from filters. The plain form undoes that and still knows where each character came from.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

_APOSTROPHES = "'\u2018\u2019\u201b\u02bc\u02b9\u2032\u0060\u00b4\uff07"
_DOUBLE_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb\u2033\uff02'
_DASHES = {"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": ", "}
_LEET = (
    str.maketrans("013457@$!|", "oieastasil"),
    str.maketrans("013457@$!|", "oleastaslI".lower()),
)
_WORD = re.compile(r"[@$]?[a-z0-9]+(?:[@$*!|]+[a-z0-9]+)*")
_SPELLED_OUT = re.compile(r"(?<![a-z0-9])(?:[a-z][ .*_-]){2,}[a-z](?![a-z0-9])")
_RUN = re.compile(r"(.)\1{2,}")
_RUNS_TRIED = 4


@dataclass(frozen=True, slots=True)
class Plain:
    """Text in plain form, aligned with the text it came from.

    Attributes:
        text: Lower case, single spaces, no apostrophes.
        starts: For each character of `text`, where its source begins.
        ends: For each character of `text`, where its source ends.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the original text behind `text[start:end]`."""
        return self.starts[start], self.ends[end - 1]


class Spelling:
    """What the plain form may turn words into.

    Args:
        table: Misspelling to word; a key of two words joins or replaces both.
        known: Words worth recovering from leet, stretching or spaced letters.
        close: Long words that are recovered when one letter is wrong.
    """

    def __init__(
        self,
        table: Mapping[str, str] | None = None,
        known: Iterable[str] = (),
        close: Iterable[str] = (),
    ) -> None:
        self.table = dict(table or {})
        replacements = {word for text in self.table.values() for word in text.split()}
        self.known = frozenset(known) | replacements | frozenset(self.table)
        self.close = tuple(close)
        self._seen: dict[str, str] = {}

    def word(self, word: str) -> str:
        """Give the word that was probably meant."""
        found = self._seen.get(word)
        if found is None:
            found = self._meant(word)
            # Words are a client's text: keep the memory small and forget it whole.
            if len(self._seen) > 5000:
                self._seen.clear()
            self._seen[word] = found
        return found

    def _meant(self, word: str) -> str:
        if word in self.table:
            return self.table[word]
        if word in self.known or (word.isalpha() and len(word) < 3):
            return word
        forms = [word] if word.isalpha() else [word.translate(leet) for leet in _LEET]
        if word.isdigit():
            return word
        for form in forms:
            for candidate in _squeezed(form):
                if candidate in self.table:
                    return self.table[candidate]
                if candidate in self.known:
                    return candidate
        for target in self.close:
            if word[0] == target[0] and _one_letter_off(word, target):
                return target
        return _RUN.sub(r"\1\1", word)


def plain(text: str, spelling: Spelling | None = None) -> Plain:
    """Bring text to plain form.

    Compatibility characters and accents are folded, case is lowered, apostrophes,
    control and zero-width characters are dropped, three or more repeats are squeezed,
    leet and spaced-out letters are read where they give a known word, and runs of
    white space, dots and dashes become one separator.
    """
    folded = _Builder()
    for at, character in enumerate(text):
        for piece in _FOLD[character]:
            folded.add(piece, at, at + 1)
    return _respelled(folded.plain(), spelling or Spelling())


class _Fold(dict[str, str]):
    """Character to its plain form, worked out once for each character."""

    def __missing__(self, character: str) -> str:
        self[character] = found = _fold(character)
        return found


def _fold(character: str) -> str:
    if character in _APOSTROPHES:
        return ""
    if character in _DOUBLE_QUOTES:
        return '"'
    if character in _DASHES:
        return _DASHES[character]
    if character.isspace():
        return " "
    kept = []
    for piece in unicodedata.normalize("NFKD", character).lower():
        if unicodedata.category(piece) not in ("Mn", "Me", "Cc", "Cf", "Co", "Cs", "Cn"):
            kept.append(" " if piece.isspace() else piece)
    return "".join(kept)


_FOLD = _Fold()


class _Builder:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, piece: str, start: int, end: int) -> None:
        if piece == " " and (not self._pieces or self._pieces[-1] == " "):
            return
        self._pieces.append(piece)
        self._starts.append(start)
        self._ends.append(end)

    def plain(self) -> Plain:
        return Plain("".join(self._pieces), tuple(self._starts), tuple(self._ends))


def _respelled(view: Plain, spelling: Spelling) -> Plain:
    joined = _joined(view, spelling)
    text, built, at = joined.text, _Builder(), 0
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    number = 0
    while number < len(words):
        start, end = words[number]
        word = text[start:end]
        pair = None
        if number + 1 < len(words) and text[end : words[number + 1][0]] == " ":
            pair = spelling.table.get(f"{word} {text[slice(*words[number + 1])]}")
        if pair is not None:
            end = words[number + 1][1]
            number += 1
        meant = pair if pair is not None else spelling.word(word)
        _copy_between(built, joined, at, start)
        if meant == text[start:end]:
            for i in range(start, end):
                built.add(text[i], joined.starts[i], joined.ends[i])
        else:
            for piece in meant:
                built.add(piece, *joined.source(start, end))
        at = end
        number += 1
    _copy_between(built, joined, at, len(text))
    return built.plain()


def _copy_between(built: _Builder, view: Plain, start: int, end: int) -> None:
    """Copy what stands between words; two dots or more are a pause, so one space."""
    for i in range(start, end):
        piece = view.text[i]
        dots = piece == "." and (view.text[i - 1 : i] == "." or view.text[i + 1 : i + 2] == ".")
        built.add(" " if dots else piece, view.starts[i], view.ends[i])


def _joined(view: Plain, spelling: Spelling) -> Plain:
    """Join letters that were typed apart ("d i e"), where they give a known word."""
    drop: set[int] = set()
    for found in _SPELLED_OUT.finditer(view.text):
        letters = found.group()[::2]
        for skipped in (0, 1):
            if letters[skipped:] in spelling.known:
                drop.update(range(found.start() + 2 * skipped + 1, found.end(), 2))
                break
    if not drop:
        return view
    built = _Builder()
    for i, piece in enumerate(view.text):
        if i not in drop:
            built.add(piece, view.starts[i], view.ends[i])
    return built.plain()


def _squeezed(word: str) -> Iterable[str]:
    """Give the word with each stretched letter once and twice, shortest first."""
    parts = re.split(r"((.)\2{2,})", word)
    runs = parts[1::3]
    if not runs:
        return (word,)
    if len(runs) > _RUNS_TRIED:
        return (re.sub(r"(.)\1+", r"\1", word),)
    texts = parts[0::3]
    forms = []
    for lengths in product((1, 2), repeat=len(runs)):
        squeezed = [run[:length] for run, length in zip(runs, lengths, strict=True)]
        forms.append(texts[0] + "".join(s + t for s, t in zip(squeezed, texts[1:], strict=True)))
    return forms


def _one_letter_off(word: str, target: str) -> bool:
    """Tell whether one letter is missing, added, changed or swapped with the next."""
    if abs(len(word) - len(target)) > 1 or word == target:
        return False
    i = 0
    while i < min(len(word), len(target)) and word[i] == target[i]:
        i += 1
    rest, wanted = word[i:], target[i:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:])
    )
