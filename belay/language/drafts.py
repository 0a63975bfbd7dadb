"""What to say about a draft: praise first, then at most one tip, safety before all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from belay.domain.exercise import Step
from belay.domain.feedback import DraftReading, Feedback, Finding, Named
from belay.language.features import Feature, load_feedback
from belay.language.finder import SpanFinder
from belay.language.findings import choose_tip, fill, findings_of, pick, strength_of
from belay.language.names import load_names
from belay.language.naming import Naming
from belay.language.sentences import count_words

_TOO_LONG = "F39"


class DraftReader:
    """Reads drafts by the features of content/language/feedback.

    Args:
        content: The content folder.

    Raises:
        FeedbackContentError: A feedback file is wrong; the message names it.
    """

    def __init__(self, content: Path) -> None:
        folder = content / "language" / "feedback"
        loaded = load_feedback(folder)
        named = load_names(folder / "named", loaded)
        self.features = loaded.features
        self.names = named.names
        self.kinds = named.kinds
        rules = [feature.rule for feature in loaded.features.values()] + named.rules()
        self._finder = SpanFinder(rules, loaded.reported, loaded.spelling, loaded.lemmas)
        self._naming = Naming(named, loaded.features)

    def find(self, text: str, strict: Iterable[tuple[str, int]] = ()) -> tuple[Finding, ...]:
        """Give every feature of a text, whatever a step asks for, in the order of the text.

        `strict` gives features other counts of hits than their own.
        """
        return findings_of(self._finder.read(text), self.features.values(), strict)

    def name(self, text: str, kind: str) -> tuple[Named, ...]:
        """Give the issues and strengths of a whole draft of this kind."""
        return self._naming.name(self._finder.read(text), kind)

    def read_kind(self, text: str, kind: str, seed: str) -> DraftReading:
        """Read a whole draft by its kind.

        Raises:
            KeyError: There is no such kind; `kinds` has them all.
        """
        checks = self.kinds[kind]
        found = self._finder.read(text)
        findings = findings_of(found, self.features.values())
        feedback = self._feedback(
            text, findings, checks.need, checks.need_any, checks.ban, None, seed
        )
        return DraftReading(self._naming.name(found, kind), feedback, findings)

    def read_as_step(self, text: str, step: Step, seed: str) -> DraftReading:
        """Read a draft by the checks of a step, as a whole."""
        findings = self.find(text, step.strict)
        feedback = self._of_step(text, findings, step, seed)
        if feedback.fear is not None:
            return DraftReading(self._naming.in_step([feedback.fear], (), text), feedback, findings)
        asked = {*step.ban, *step.need, *step.need_any}
        counted = [one for one in findings if one.level == "S" or one.feature in asked]
        banned = sorted({one.feature for one in findings if one.feature in step.ban})
        lacking = set(step.need).intersection(feedback.missing)
        named = self._naming.in_step(counted, lacking, text)
        return DraftReading(named, feedback, findings, (*banned, *feedback.missing))

    def read_step(self, text: str, step: Step, seed: str) -> Feedback:
        """Read a draft by the checks of its step. `seed` chooses among wordings."""
        return self._of_step(text, self.find(text, step.strict), step, seed)

    def _of_step(self, text: str, findings: Sequence[Finding], step: Step, seed: str) -> Feedback:
        if step.kind != "text":
            return Feedback(_serious(findings))
        return self._feedback(
            text, findings, step.need, step.need_any, step.ban, step.max_words, seed
        )

    def read(
        self,
        text: str,
        kind: str,
        need: Sequence[str],
        need_any: Sequence[str],
        ban: Sequence[str],
        max_words: int | None,
        seed: str = "",
    ) -> Feedback:
        """Read a draft.

        Args:
            text: As typed.
            kind: The kind of step; only "text" gets more than a look at safety.
            need: Features that all have to be there.
            need_any: Features of which one has to be there.
            ban: Features that earn a tip.
            max_words: More words than this earn the tip for long drafts.
            seed: Chooses among wordings; the same seed chooses the same.
        """
        findings = self.find(text)
        if kind != "text":
            return Feedback(_serious(findings))
        return self._feedback(text, findings, need, need_any, ban, max_words, seed)

    def _feedback(
        self,
        text: str,
        found: Sequence[Finding],
        need: Sequence[str],
        need_any: Sequence[str],
        ban: Sequence[str],
        max_words: int | None,
        seed: str,
    ) -> Feedback:
        serious = _serious(found)
        if serious:
            return Feedback(serious)
        banned = [finding for finding in found if finding.feature in ban]
        works = [finding for finding in found if finding.level == "P"]
        have = {finding.feature for finding in works}
        missing = tuple(feature for feature in need if feature not in have)
        if need_any and not have.intersection(need_any):
            missing += tuple(need_any)
        strength = strength_of(works, [*need, *need_any], banned)
        tip, tip_id = choose_tip(banned, missing)
        if tip_id is None and max_words is not None and count_words(text) > max_words:
            tip_id = _TOO_LONG
        wanted = set(ban) | {finding.feature for finding in works}
        return Feedback(
            findings=tuple(finding for finding in found if finding.feature in wanted),
            missing=missing,
            strength=strength,
            praise_text=self._praise(strength, seed),
            tip=tip,
            tip_id=tip_id,
            tip_text=self._tip(tip_id, tip, seed),
        )

    def _praise(self, strength: Finding | None, seed: str) -> str | None:
        if strength is None:
            return None
        return fill(pick(self.features[strength.feature].praise, seed), strength.words)

    def _tip(self, tip_id: str | None, tip: Finding | None, seed: str) -> str | None:
        if tip_id is None:
            return None
        feature: Feature = self.features[tip_id]
        return fill(pick(feature.tips or feature.missing, seed), tip.words if tip else "")


def _serious(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.level == "S")
