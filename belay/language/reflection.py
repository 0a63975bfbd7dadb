"""Says back what somebody told, in their own words: the right person, nothing that was not said.

A wrong mirror hurts more than none, so `Reflector.reflect` gives None whenever a message was not
read whole; an authored open line is said then. Reading order: `reflection_words` (the lists),
`reflection_lexicon` (which words there are), `reflection_slips` and `reflection_tokens` (sentences,
mended), `reflection_verbs`,
`reflection_nouns` and `reflection_clauses` (subject and verb), `reflection_completion` and
`reflection_segments` (what can stand alone), `reflection_soundness` and `reflection_grammar`
(what may be said back), `reflection_turning` (I to you), `reflection_feelings`,
`reflection_weight`, `reflection_joining`, `reflection_point`, `reflection_people`,
`reflection_hanging` and `reflection_choice` (what matters most and misses nothing),
`reflection_leads` (what leads in).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from belay.language.reflection_choice import Choice
from belay.language.reflection_clauses import ClauseReader
from belay.language.reflection_completion import Completion
from belay.language.reflection_feelings import FeelingReader
from belay.language.reflection_hanging import Hanging
from belay.language.reflection_leads import Leads
from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_segments import SegmentReader
from belay.language.reflection_soundness import Soundness
from belay.language.reflection_tokens import Sentence, SentenceReader, plain
from belay.language.reflection_turning import Turner
from belay.language.reflection_verbs import VerbFinder
from belay.language.reflection_weight import Scales
from belay.language.reflection_words import load_words

Kind = Literal["event", "feeling", "pattern"]

REFLECTED = "feeling.reflected"
"""The line in content/replies that carries a reflection as {reflection}."""

_KINDS: dict[str | None, Kind] = {"feeling": "feeling", "pattern": "pattern"}
_SO = re.compile(r"(?:so|you(?:'re| are| feel| felt| were)(?: just)? so)\b")


@dataclass(frozen=True)
class Reflection:
    """One sentence that says back what was told, and what it holds."""

    text: str
    kind: Kind


class Reflector:
    """Builds reflections from the word lists of a content folder.

    Args:
        content: The content folder.

    Raises:
        ReflectionContentError: A word list is wrong; the message names file and remedy.
    """

    def __init__(self, content: Path) -> None:
        self._words = words = load_words(content)
        feelings = {word for phrase in words.feelings for word in phrase}
        lexicon = Lexicon(words.sets, words.roles | feelings)
        verbs = VerbFinder(words, lexicon)
        clauses = ClauseReader(words, lexicon, verbs)
        self._reader = SentenceReader(words, lexicon)
        self._feelings = FeelingReader(words)
        self._leads = Leads(words, clauses, self._feelings)
        segments = SegmentReader(words, clauses, Completion(words, clauses, self._feelings))
        scales = Scales(words, self._feelings)
        self._choice = Choice(
            words,
            segments,
            Soundness(words, lexicon, verbs, clauses),
            Turner(words, lexicon, clauses),
            scales,
            self._feelings,
            Hanging(words, lexicon, segments, scales, self._feelings),
        )

    def reflect(self, text: str, seed: str) -> Reflection | None:
        """Say a message back.

        Args:
            text: As typed. The safety screen has to have passed it already.
            seed: Chooses among stems; the same seed chooses the same.

        Returns:
            One sentence without a question, or None where no safe one can be built. With any
            variant of the line `REFLECTED` around it a reply stays within 45 words.
        """
        sentences = self._read(text)
        if not sentences:
            return None
        chosen = self._choice.best(sentences)
        if chosen is not None:
            kind = _KINDS.get(chosen.load.kind, "event")
            return Reflection(_stemmed(self._leads.of(chosen), chosen.said, seed), kind)
        bare = self._feelings.bare(sentences)
        if bare is None:
            return None
        clause = self._words.bare_feeling.replace("{feeling}", bare)
        return Reflection(_stemmed(self._words.stems["feeling"], clause, seed), "feeling")

    def clause(self, text: str) -> str | None:
        """The turned clause of a message alone, as a summary uses it, or None."""
        sentences = self._read(text)
        chosen = self._choice.best(sentences) if sentences else None
        return None if chosen is None else chosen.said

    def _read(self, text: str) -> Sequence[Sentence]:
        told = self._reader.split(text)
        whole = " ".join(plain(part.tokens) + (part.end[:1] or ".") for part in told)
        return () if self._words.never_message.search(whole) else self._reader.read(text)


def _stemmed(stems: Sequence[str], clause: str, seed: str) -> str:
    if _SO.match(clause) or re.search(r", so\b", clause):
        stems = [stem for stem in stems if not stem.startswith("So ")]
    stem = stems[int.from_bytes(blake2b(seed.encode(), digest_size=8).digest()) % len(stems)]
    capital = clause[:1].upper() + clause[1:]
    return stem.replace("{clause}", clause).replace("{Clause}", capital)
