"""Says back what somebody told, in their own words: the right person, nothing that was not said.

A wrong mirror hurts more than none, so `Reflector.reflect` gives None whenever a message was not
read whole; an authored open line is said then. Reading order: `reflection_words` (the lists),
`reflection_lexicon` (which words there are), `reflection_tokens` (sentences), `reflection_clauses`
(subject and verb), `reflection_segments` (what can stand alone), `reflection_soundness` (what may
be said back), `reflection_weight` (what matters most), `reflection_turning` (I to you).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from belay.language.reflection_clauses import ClauseReader
from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_segments import Clause, SegmentReader
from belay.language.reflection_soundness import Soundness
from belay.language.reflection_tokens import Sentence, SentenceReader, Token, plain
from belay.language.reflection_turning import CannotTurn, Turner
from belay.language.reflection_weight import Load, names_a_feeling, sets_the_scene, weigh
from belay.language.reflection_words import load_words

Kind = Literal["event", "feeling", "pattern"]

REFLECTED = "feeling.reflected"
"""The line in content/replies that carries a reflection as {reflection}."""

SUMMARY = "talk.summary"
"""The line in content/replies that carries two clauses as {first} and {second}."""

_HEAVY = 3
_COVERS = 0.55
_HALF = 0.35
_SOME = 0.15
_LONG = 18
_PER_WORD = 0.15
_SHORT = 2
_POINTS = re.compile(r"\b(?:it|those|these|this|that one)\b")
_MINE = re.compile(r"\b(?:i|i'm|i've|i'd|me|we|we're|we've|us)\b|(?<!^) (?:my|our|mine)\b")
_OWN = re.compile(r"(?:i|we|it|me and|my (?:\w+ ){1,3}and i)\b")
_MOST_JOINED = 18
_AFTERTHOUGHT = 4
_MOST_FEELING_WORDS = 9
_SUMMARY_WORDS = 14
_MOST_SUMMARISED = 3
_KINDS: dict[str | None, Kind] = {"feeling": "feeling", "pattern": "pattern"}


@dataclass(frozen=True)
class Reflection:
    """One sentence that says back what was told, and what it holds."""

    text: str
    kind: Kind


@dataclass(frozen=True)
class _Chosen:
    clause: str
    load: Load
    plain: str
    named: bool
    own: bool


class Reflector:
    """Builds reflections from the word lists of a content folder.

    Args:
        content: The content folder.

    Raises:
        ReflectionContentError: A word list is wrong; the message names file and remedy.
    """

    def __init__(self, content: Path) -> None:
        self._words = load_words(content)
        feelings = {word for phrase in self._words.feelings for word in phrase}
        self._lexicon = Lexicon(self._words.sets, self._words.roles | feelings)
        self._reader = SentenceReader(self._words, self._lexicon)
        clauses = ClauseReader(self._words, self._lexicon)
        self._segments = SegmentReader(self._words, self._lexicon, clauses)
        self._soundness = Soundness(self._words, self._lexicon, clauses)
        self._turner = Turner(self._words, self._lexicon, clauses)

    def reflect(self, text: str, seed: str) -> Reflection | None:
        """Say a message back.

        Args:
            text: As typed. The safety screen has to have passed it already.
            seed: Chooses among stems; the same seed chooses the same.

        Returns:
            One sentence of at most 30 words, or None where no safe one can be built.
        """
        chosen = self._chosen(text)
        if chosen is None:
            return None
        stems = self._stems(chosen)
        said = stems[int.from_bytes(blake2b(seed.encode(), digest_size=8).digest()) % len(stems)]
        clause = chosen.clause
        said = said.replace("{clause}", clause)
        said = said.replace("{Clause}", clause[:1].upper() + clause[1:])
        return Reflection(said, _KINDS.get(chosen.load.kind, "event"))

    def _stems(self, chosen: _Chosen) -> Sequence[str]:
        kind = chosen.load.kind or "event"
        if chosen.own and kind == "contested":
            kind = "event"
        elif not chosen.own and self._words.contested.search(chosen.plain):
            kind = "contested"
        elif kind == "feeling" and (" like " in chosen.clause or not chosen.named):
            kind = "event"
        return self._words.stems.get(kind, self._words.stems["event"])

    def clause(self, text: str) -> str | None:
        """The turned clause of a message alone, as a summary uses it."""
        chosen = self._chosen(text)
        return None if chosen is None else chosen.clause

    def _chosen(self, text: str) -> _Chosen | None:
        told = self._reader.split(text)
        if self._words.never_message.search(_message(told)):
            return None
        sentences = self._reader.read(text)
        if not sentences:
            return None
        return self._best(sentences) or self._bare_feeling(sentences)

    def _best(self, sentences: Sequence[Sentence]) -> _Chosen | None:
        segments = self._segments.segments(sentences)
        heaviest = max((weigh(part, self._words).weight for part in segments), default=0)
        total = sum(_count(part) for part in segments) or 1
        best: tuple[float, Clause, str, Load] | None = None
        sound: list[tuple[Clause, str, Load]] = []
        for clause in self._segments.clauses(sentences):
            turned = self._turned(clause)
            if turned is None:
                continue
            load = weigh(clause.tokens, self._words)
            sound.append((clause, turned, load))
            share = _count(clause.tokens) / total
            if load.weight < heaviest:
                continue
            if sets_the_scene(clause.tokens, self._words) and load.weight < _HEAVY + 1:
                continue
            if not self._speaks(clause, load, share):
                continue
            long = max(0, _count(clause.tokens) - _LONG)
            score = load.weight + 3 * share - long * _PER_WORD
            if best is None or score > best[0]:
                best = (score, clause, turned, load)
        if best is None or best[1].opening is None:
            return None
        _, clause, turned, load = best
        turned = self._with_feeling(clause, turned, load, sound)
        named = names_a_feeling(clause.tokens, self._words)
        own = _OWN.match(plain(clause.tokens[clause.opening.start :])) is not None
        return _Chosen(turned, load, plain(clause.tokens), named, own)

    def _speaks(self, clause: Clause, load: Load, share: float) -> bool:
        """Whether a clause can stand for the whole message."""
        text = plain(clause.tokens)
        needed = _needed(share)
        if _POINTS.search(text) and share < _COVERS:
            needed += 1
        if _count(clause.tokens) <= _SHORT and share < _HALF:
            return False
        if load.weight == 0 and not _MINE.search(text):
            return False
        return load.weight >= needed

    def _turned(self, clause: Clause) -> str | None:
        if clause.opening is None or not self._soundness.sound(clause.tokens, clause.opening):
            return None
        subject = clause.opening.subject
        if subject == "there":
            return None
        if subject == "it" and not self._words.it_may.search(plain(clause.tokens)):
            return None
        try:
            return self._turner.turned(clause.tokens, clause.opening)
        except CannotTurn:
            return None

    def _with_feeling(
        self,
        clause: Clause,
        turned: str,
        load: Load,
        sound: Sequence[tuple[Clause, str, Load]],
    ) -> str:
        """What happened, and the feeling that the client names in the next sentence."""
        if load.kind in ("feeling", None) or _count(clause.tokens) > _MOST_JOINED:
            return turned
        for other, said, _ in sound:
            words = said.split()
            if other.sentence <= clause.sentence or len(words) > _MOST_FEELING_WORDS:
                continue
            if names_a_feeling(other.tokens, self._words, glad=False):
                return f"{turned}, and {said}"
        return turned

    def _bare_feeling(self, sentences: Sequence[Sentence]) -> _Chosen | None:
        """A message of feeling words only: "so lonely tonight"."""
        if any("?" in sentence.end for sentence in sentences):
            return None
        if len(sentences) > 1:
            first = self._bare_feeling(sentences[:1])
            rest = sum(_count(sentence.tokens) for sentence in sentences[1:])
            return first if rest <= _AFTERTHOUGHT else None
        lows = [token.low for token in sentences[0].tokens]
        named, place = False, 0
        while place < len(lows):
            length, feeling = self._feeling_at(lows[place:])
            if not length:
                return None
            named = named or feeling
            place += length
        if not named:
            return None
        words = " ".join(lows).replace(" ,", ",")
        clause = self._words.bare_feeling.replace("{feeling}", words)
        return _Chosen(clause, Load("feeling", _HEAVY), "", named=True, own=True)

    def _feeling_at(self, lows: Sequence[str]) -> tuple[int, bool]:
        for phrase in self._words.feelings:
            if tuple(lows[: len(phrase)]) == phrase and phrase[0] not in self._words.unsaid:
                return len(phrase), True
        for phrase in self._words.around:
            if tuple(lows[: len(phrase)]) == phrase:
                return len(phrase), False
        return 0, False


def summarise(texts: Sequence[str], reflector: Reflector) -> list[str]:
    """Up to three clauses, in the order told, for a summary after a few turns.

    Args:
        texts: What the client wrote, oldest first.
        reflector: Builds the clauses.

    Returns:
        Clauses to stand after "that": short, none twice; fewer than two are no summary.
    """
    clauses: list[str] = []
    for text in texts:
        clause = reflector.clause(text)
        if clause and clause not in clauses and len(clause.split()) <= _SUMMARY_WORDS:
            clauses.append(clause)
    return clauses[-_MOST_SUMMARISED:]


def _needed(share: float) -> int:
    """How heavy a clause has to be to speak for a message of which it is this share."""
    if share >= _COVERS:
        return 0
    if share >= _HALF:
        return _HEAVY
    return _HEAVY + 1 if share >= _SOME else _HEAVY + 2


def _message(sentences: Sequence[Sentence]) -> str:
    parts = [plain(sentence.tokens) + (sentence.end[:1] or ".") for sentence in sentences]
    return " ".join(parts)


def _count(tokens: Sequence[Token]) -> int:
    return sum(1 for token in tokens if token.low != ",")
