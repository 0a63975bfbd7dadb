"""Writes out what was typed in a hurry, by ear or in dialect, so that it can be read as meant.

The words are in ``content/language/spelling.yml``. What is neither there nor a common word is
brought to the nearest common word by symspellpy (Symmetric Delete spelling correction, Wolf Garbe)
with the frequencies of English words that come with it.
"""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from symspellpy import SymSpell, Verbosity

from rasa_ext.settings import project_root

GROUPS = ("typed", "heard", "spoken")
# Occurrences in the dictionary's corpus: what is at least this common may be meant by a slip, and
# what is at least that common is a word and no slip.
COMMON, A_WORD = 1_000_000, 20_000
SHORTEST, LONGER = 4, 6
_DICTIONARY = "frequency_dictionary_en_82_765.txt"

_PIECES = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*['\u2019]?|(?:[\W_])")
_BETWEEN_WORDS = {"2": "to", "4": "for"}
# "2 cats" is a number, "2 his house" is not.
_PLURAL = re.compile(r"(?!(?:his|this|us|is|as|yes)$)\w+s$")
_SENTENCE_ENDS = ".!?\n"


class Spelling:
    """Writes out words.

    Args:
        written: How it is typed, in lower case, to what it stands for.
        known: Words that are left as they are.
        never: Words that no slip is taken for.
    """

    def __init__(
        self, written: Mapping[str, str], known: Iterable[str] = (), never: Iterable[str] = ()
    ) -> None:
        self._written = dict(written)
        banned = set(never)
        self._known = {word.casefold() for word in known} | banned
        self._guess = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word, count in _frequencies():
            if count >= A_WORD:
                self._known.add(word)
            if count >= COMMON and word not in banned:
                self._guess.create_dictionary_entry(word, count)

    def written_out(self, text: str) -> str:
        """The text with its words as a dictionary has them; signs and spaces as they were."""
        pieces = _PIECES.findall(text)
        out, opens = [], True
        for at, piece in enumerate(pieces):
            if not piece[0].isalnum():
                out.append(piece)
                opens = opens or piece in _SENTENCE_ENDS
                continue
            if piece in _BETWEEN_WORDS and _is_word(pieces, at):
                out.append(_BETWEEN_WORDS[piece])
            else:
                out.append(self._word(piece, opens))
            opens = False
        return "".join(out)

    def _word(self, word: str, opens: bool) -> str:
        lower = word.casefold().replace("\u2019", "'")
        bare = lower.replace("'", "")
        for form in (lower, lower.rstrip("'")):  # not without it: "he'd" is no "hed"
            if form in self._written:
                return self._written[form]
        if not bare.isalpha() or len(bare) < SHORTEST or bare in self._known:
            return word
        if word[0].isupper() and not opens and not word.isupper():
            return word  # a name
        if bare.endswith("in") and f"{bare}g" in self._known:
            return f"{bare}g"
        reach = 1 if len(bare) < LONGER else 2
        found = self._guess.lookup(bare, Verbosity.TOP, max_edit_distance=reach)
        return str(found[0].term) if found else word


@lru_cache(maxsize=1)
def open_spelling(root: Path | None = None) -> Spelling:
    """The spelling that ``content/language`` describes, read once for a process.

    Args:
        root: The project's folder; found if not given.
    """
    folder = (root or project_root()) / "content" / "language"
    told: dict[str, Any] = yaml.safe_load((folder / "spelling.yml").read_text("utf-8"))
    lines = (folder / "names.txt").read_text("utf-8").splitlines()
    names = [name for line in lines if not line.startswith("#") for name in line.split()]
    written = {typed: meant for group in GROUPS for typed, meant in told[group].items()}
    return Spelling(written, [*told["known"], *names], told["never"])


def _is_word(pieces: list[str], at: int) -> bool:
    """Whether a digit between two words stands for a word."""
    if at < 2 or at + 2 >= len(pieces) or not pieces[at - 2][0].isalpha():
        return False
    after = pieces[at + 2].casefold()
    return after[0].isalpha() and not _PLURAL.match(after)


def _frequencies() -> Iterable[tuple[str, int]]:
    text = (importlib.resources.files("symspellpy") / _DICTIONARY).read_text("utf-8-sig")
    for line in text.splitlines():
        word, count = line.split()
        yield word.replace("'", ""), int(count)
