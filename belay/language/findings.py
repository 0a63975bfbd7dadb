"""From spans to findings, and which words of a feature's content to say about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

from belay.domain.feedback import Finding
from belay.language.features import Feature
from belay.language.finder import Found, Span
from belay.language.sentences import count_words

SHOWN_WORDS = 8
_PRAISED_UNASKED = ("F13",)


def findings_of(
    found: Found, features: Iterable[Feature], strict: Iterable[tuple[str, int]] = ()
) -> tuple[Finding, ...]:
    """Every feature that has enough hits, in the order of the text.

    `strict` gives features other counts of hits than their own.
    """
    counts = dict(strict)
    findings: list[Finding] = []
    words = count_words(found.text)
    for feature in features:
        spans = [*found.spans.get(feature.id, ()), *_by_length(feature, words, found.text)]
        if len(spans) >= counts.get(feature.id, feature.count):
            findings += [_finding(feature, found.text, span) for span in spans]
    return tuple(sorted(findings, key=lambda finding: (finding.start, finding.feature)))


def strength_of(
    works: Sequence[Finding], wanted: Sequence[str], banned: Sequence[Finding]
) -> Finding | None:
    """What the step asked for and got; the words of a tip are not praised at the same time."""
    clear = [
        finding
        for finding in works
        if not any(bad.start < finding.end and finding.start < bad.end for bad in banned)
    ]
    for feature in wanted or _PRAISED_UNASKED:
        found = [finding for finding in clear if finding.feature == feature]
        if found:
            return max(found, key=lambda finding: min(len(finding.words.split()), SHOWN_WORDS))
    return None


def choose_tip(
    banned: Sequence[Finding], missing: Sequence[str]
) -> tuple[Finding | None, str | None]:
    """One tip: what is worth a change, then a nudge, then what is missing."""
    for level in ("R", "N"):
        for finding in banned:
            if finding.level == level:
                return finding, finding.feature
    return None, missing[0] if missing else None


def pick(variants: Sequence[str], seed: str) -> str:
    """One of the wordings; the same seed gives the same."""
    return variants[crc32(seed.encode()) % len(variants)]


def fill(wording: str, words: str) -> str:
    """The wording with the client's words in it, the first eight of them."""
    shown = " ".join(words.split()[:SHOWN_WORDS])
    if len(words.split()) > SHOWN_WORDS:
        shown += " \u2026"
    return wording.replace("{words}", shown)


def _by_length(feature: Feature, words: int, text: str) -> list[Span]:
    short = feature.most_words is not None and words <= feature.most_words
    long = feature.least_words is not None and words >= feature.least_words
    return [(0, len(text))] if short or long else []


def _finding(feature: Feature, text: str, span: Span) -> Finding:
    start, end = span
    return Finding(
        feature.id,
        feature.name,
        feature.level,
        start,
        end,
        text[start:end],
        feature.opens,
        feature.title,
    )
