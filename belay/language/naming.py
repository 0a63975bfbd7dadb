"""Gives what a whole draft has its names: issues and strengths, by its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from belay.domain.feedback import Finding, Named
from belay.language.features import Feature
from belay.language.finder import Found, Span
from belay.language.names import SUPPORTED, Name, NamedContent

FEAR = "fear_of_person"


class Naming:
    """Names what was found in a draft.

    Args:
        content: The names.
        features: The features by id, for how many hits each of them takes.
    """

    def __init__(self, content: NamedContent, features: Mapping[str, Feature]) -> None:
        self._names = content.names
        self._features = features

    def name(self, found: Found, kind: str) -> tuple[Named, ...]:
        """Give issues and strengths in the order of the files.

        Fear of the person stands alone: such a draft is not graded.
        """
        spans = self._counted(found, kind)
        if spans.get(FEAR):
            return tuple(Named(FEAR, "issue", *span) for span in spans[FEAR])
        left = {
            name.name: self._left(name, found, spans)
            for name in self._names
            if kind in name.kinds and not name.without
        }
        for name in self._names:
            if name.without and kind in name.kinds and not self._any(name.without, found, left):
                left[name.name] = [(0, len(found.text))]
        return tuple(
            Named(name.counts_as, name.sort, start, end)
            for name in self._names
            if not name.helper
            for start, end in left.get(name.name, ())
        )

    def in_step(
        self, findings: Iterable[Finding], missing: Iterable[str], text: str
    ) -> tuple[Named, ...]:
        """Give names to what a step of an exercise asks about, feature by feature."""
        named = [
            Named(name.counts_as, name.sort, finding.start, finding.end)
            for finding in findings
            for name in self._names
            if finding.feature in (*name.features, *name.in_steps) and not name.helper
        ]
        lacking = set(missing)
        if not any(one.sort == "issue" for one in named):
            named += [
                Named(name.counts_as, name.sort, 0, len(text))
                for name in self._names
                if lacking.intersection(name.when_lacking)
            ]
        return tuple(named)

    def _counted(self, found: Found, kind: str) -> dict[str, list[Span]]:
        """The spans of each name of this kind, where there are enough of them."""
        counted: dict[str, list[Span]] = {}
        for name in self._names:
            if kind not in name.kinds:
                continue
            spans = list(found.spans.get(name.name, ()))
            for span in found.spans.get(name.name + SUPPORTED, ()):
                sentence = _sentence(found, span)
                if any(_touches(sentence, other) for other in _all(found, name.supported_by)):
                    spans.append(span)
            for feature in name.features:
                hits = found.spans.get(feature, ())
                least = name.counts.get(kind, self._features[feature].count)
                spans += hits if len(hits) >= least else ()
            away = found.explained.get(name.name, ())
            kept = [span for span in spans if not any(_touches(span, one) for one in away)]
            if kept:
                counted[name.name] = sorted(set(kept))
        return counted

    def _left(self, name: Name, found: Found, spans: Mapping[str, Sequence[Span]]) -> list[Span]:
        """What stays of a name beside the other names."""
        if any(spans.get(other) for other in name.not_with):
            return []
        covered = _all_named(spans, name.covered_by)
        beside = _all_named(spans, name.not_beside)
        before = _all_named(spans, name.not_after)
        return [
            span
            for span in spans.get(name.name, ())
            if not any(_touches(span, other) for other in covered)
            and not any(_touches(_sentence(found, span), other) for other in beside)
            and not any(_sentence(found, span)[0] <= other[0] < span[0] for other in before)
        ]

    def _any(self, wanted: Iterable[str], found: Found, left: Mapping[str, Sequence[Span]]) -> bool:
        return any(left.get(one) or found.spans.get(one) for one in wanted)


def _all(found: Found, rules: Iterable[str]) -> list[Span]:
    return [span for rule in rules for span in found.spans.get(rule, ())]


def _all_named(spans: Mapping[str, Sequence[Span]], names: Iterable[str]) -> list[Span]:
    return [span for name in names for span in spans.get(name, ())]


def _touches(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _sentence(found: Found, span: Span) -> Span:
    return next((one for one in found.sentences if one[0] <= span[0] < one[1]), span)
