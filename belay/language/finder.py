"""Finds what a draft has: token patterns, less what explains them away."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan

from belay.language.anchors import Anchors
from belay.language.features import Rule
from belay.language.notation import TokenPattern
from belay.language.sentences import Sentences

_REPORTED = "reported"
_STARTERS = frozenset({"i", "you", "he", "she", "they", "we", "it"})
_JOINERS = frozenset({"and", "but", "so", "because", "then", "while", "when"})
Span = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """What was found in a text. All spans are in characters of the text as typed.

    Attributes:
        spans: By the id of the rule, in the order of the text; overlapping hits are one.
        explained: By the id of the rule, what its `unless` explains away.
        sentences: Where each sentence begins and ends.
        told: Quotations and what someone else is said to have said.
    """

    text: str
    spans: Mapping[str, Sequence[Span]]
    explained: Mapping[str, Sequence[Span]]
    sentences: Sequence[Span]
    told: Sequence[Span]


class SpanFinder:
    """Finds every rule's spans in one pass over a text.

    Args:
        rules: What to look for.
        reported: Patterns after which someone else's words are told.
        spelling: Spelling to the word that patterns use.
        lemmas: Lemmas that the lookup table has wrong for talk.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        reported: Sequence[TokenPattern],
        spelling: Mapping[str, str],
        lemmas: Mapping[str, str],
    ) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._sentences = Sentences(spelling, lemmas)
        self._anchors: Anchors[_Use] = Anchors()
        for rule in self._rules.values():
            self._add(rule.id, rule.patterns)
            self._add(rule.id, rule.unless, unless=True)
        self._add(_REPORTED, reported)

    def read(self, text: str) -> Found:
        """Find all rules in a text."""
        doc = self._sentences.read(text)
        sentences = list(_sentences(doc))
        hits: dict[str, list[Span]] = {}
        explained: dict[str, list[Span]] = {}
        for start, end in sentences:
            self._match(doc, start, end, hits, explained)
        told = [*self._sentences.quoted(text), *_reported(doc, hits.pop(_REPORTED, []))]
        spans: dict[str, list[Span]] = {}
        for rule in self._rules.values():
            found = hits.get(rule.id, [])
            found += [m.span() for regex in rule.regex for m in regex.finditer(text)]
            if not found:
                continue
            away = explained.get(rule.id, [])
            silent = [] if rule.quotable else told
            kept = [span for span in _joined(found) if not _explained(span, away, silent)]
            if kept:
                spans[rule.id] = kept
        return Found(text, spans, explained, [_characters(doc, *at) for at in sentences], told)

    def _add(self, rule: str, patterns: Sequence[TokenPattern], *, unless: bool = False) -> None:
        for pattern in patterns:
            matcher = Matcher(self._sentences.nlp.vocab)
            matcher.add(pattern.source, pattern.variants, greedy="LONGEST")
            self._anchors.add(_Use(rule, pattern, matcher, unless), pattern.variants)

    def _match(
        self,
        doc: Doc,
        start: int,
        end: int,
        hits: dict[str, list[Span]],
        explained: dict[str, list[Span]],
    ) -> None:
        sentence = doc[start:end]
        for use in self._anchors.possible(_places(sentence)):
            for _, first, last in use.matcher(sentence):
                if use.pattern.closes and not _closes(doc, start + last):
                    continue
                found = _characters(doc, start + first, start + last)
                (explained if use.unless else hits).setdefault(use.rule, []).append(found)


@dataclass(frozen=True, eq=False)
class _Use:
    """One pattern and what a match of it is for."""

    rule: str
    pattern: TokenPattern
    matcher: Matcher
    unless: bool


def _sentences(doc: Doc) -> Iterator[Span]:
    """Sentences as spans of tokens."""
    start = 0
    for token in doc:
        if token.is_sent_start and token.i > start:
            yield start, token.i
            start = token.i
    if len(doc) > start:
        yield start, len(doc)


def _places(sentence: SpacySpan) -> dict[str, dict[str, list[int]]]:
    places: dict[str, dict[str, list[int]]] = {"NORM": {}, "LEMMA": {}}
    for at, token in enumerate(sentence):
        places["NORM"].setdefault(token.norm_, []).append(at)
        places["LEMMA"].setdefault(token.lemma_, []).append(at)
    return places


def _characters(doc: Doc, start: int, end: int) -> Span:
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _closes(doc: Doc, end: int) -> bool:
    return end == len(doc) or doc[end].is_punct or doc[end].is_space


def _reported(doc: Doc, spans: Sequence[Span]) -> Iterator[Span]:
    """What someone else is said to have said: from the telling to the end of that clause."""
    begins = [token.idx for token in doc] if spans else []
    for _, end in spans:
        at = bisect_left(begins, end)
        for token in doc[at:]:
            following = doc[token.i + 1].norm_ if token.i + 1 < len(doc) else ""
            if (token.is_punct and not token.is_quote) or (
                token.norm_ in _JOINERS and following in _STARTERS
            ):
                yield end, token.idx
                break
        else:
            yield end, len(doc.text)


def _explained(span: Span, away: Sequence[Span], told: Sequence[Span]) -> bool:
    if any(start <= span[0] < end for start, end in told):
        return True
    return any(start < span[1] and span[0] < end for start, end in away)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Overlapping spans become one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
