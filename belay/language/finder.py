"""Finds the features of a draft: token patterns, less what explains them away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.matcher import Matcher
from spacy.tokens import Doc

from belay.domain.feedback import Finding
from belay.language.features import Feature, FeedbackContent
from belay.language.notation import TokenPattern
from belay.language.sentences import Sentences, count_words

_REPORTED = "reported"
_STARTERS = frozenset({"i", "you", "he", "she", "they", "we", "it"})
_JOINERS = frozenset({"and", "but", "so", "because", "then", "while", "when"})
Span = tuple[int, int]


@dataclass(frozen=True)
class _Use:
    """What a match of one pattern is for. Spans are in characters."""

    feature: str
    pattern: TokenPattern
    unless: bool = False


class FeatureFinder:
    """Finds every feature of a draft, with exact offsets into the text as typed."""

    def __init__(self, content: FeedbackContent) -> None:
        self._features = content.features
        self._sentences = Sentences(content.spelling, content.lemmas)
        self._matcher = Matcher(self._sentences.nlp.vocab)
        self._uses: dict[str, _Use] = {}
        for feature in content.features.values():
            self._add(feature.id, feature.patterns)
            self._add(feature.id, feature.unless, unless=True)
        self._add(_REPORTED, content.reported)

    def find(self, text: str) -> tuple[Finding, ...]:
        """Give the findings in the order of the text; overlapping hits of a feature are one."""
        doc = self._sentences.read(text)
        hits, explained = self._matches(doc)
        told = [*self._sentences.quoted(text), *_reported(doc, hits.pop(_REPORTED, []))]
        found: list[Finding] = []
        for feature in self._features.values():
            spans = hits.get(feature.id, [])
            spans += [m.span() for regex in feature.regex for m in regex.finditer(text)]
            away = list(explained.get(feature.id, []))
            if not feature.quotable:
                away += told
            kept = [span for span in _joined(spans) if not _explained(span, away, told)]
            kept += _by_length(feature, text)
            if len(kept) >= feature.count:
                found += [_finding(feature, text, span) for span in kept]
        return tuple(sorted(found, key=lambda finding: (finding.start, finding.feature)))

    def _add(self, feature: str, patterns: Sequence[TokenPattern], *, unless: bool = False) -> None:
        for pattern in patterns:
            key = f"{feature} {len(self._uses)}"
            self._uses[key] = _Use(feature, pattern, unless)
            self._matcher.add(key, pattern.variants, greedy="LONGEST")

    def _matches(self, doc: Doc) -> tuple[dict[str, list[Span]], dict[str, list[Span]]]:
        hits: dict[str, list[Span]] = {}
        explained: dict[str, list[Span]] = {}
        for key, start, end in self._matcher(doc):
            use = self._uses[doc.vocab.strings[key]]
            if use.pattern.closes and not _closes(doc, end):
                continue
            span = (doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
            (explained if use.unless else hits).setdefault(use.feature, []).append(span)
        return hits, explained


def _closes(doc: Doc, end: int) -> bool:
    return end == len(doc) or doc[end].is_punct or doc[end].is_space


def _reported(doc: Doc, spans: Sequence[Span]) -> Iterator[Span]:
    """What someone else is said to have said: from the telling to the end of that clause."""
    for _, end in spans:
        at = next((token.i for token in doc if token.idx >= end), len(doc))
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
    for start, end in away:
        if (start, end) in told:
            if start <= span[0] < end:
                return True
        elif start < span[1] and span[0] < end:
            return True
    return False


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Overlapping spans become one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _by_length(feature: Feature, text: str) -> list[Span]:
    words = count_words(text)
    short = feature.most_words is not None and words <= feature.most_words
    long = feature.least_words is not None and words >= feature.least_words
    return [(0, len(text))] if short or long else []


def _finding(feature: Feature, text: str, span: Span) -> Finding:
    start, end = span
    return Finding(
        feature.id, feature.name, feature.level, start, end, text[start:end], feature.opens
    )
