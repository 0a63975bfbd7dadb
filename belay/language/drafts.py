"""What to say about a draft: praise first, then at most one tip, safety before all of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

from belay.domain.exercise import Step
from belay.domain.feedback import Feedback, Finding
from belay.language.features import Feature, load_feedback
from belay.language.finder import FeatureFinder
from belay.language.sentences import count_words

_SHOWN_WORDS = 8
_TOO_LONG = "F39"
_PRAISED_UNASKED = ("F13",)


class DraftReader:
    """Reads drafts by the features of content/language/feedback.

    Args:
        content: The content folder.

    Raises:
        FeedbackContentError: A feedback file is wrong; the message names it.
    """

    def __init__(self, content: Path) -> None:
        loaded = load_feedback(content / "language" / "feedback")
        self.features = loaded.features
        self._finder = FeatureFinder(loaded)

    def find(self, text: str) -> tuple[Finding, ...]:
        """Give every feature of a text, whatever a step asks for."""
        return self._finder.find(text)

    def read_step(self, text: str, step: Step, seed: str) -> Feedback:
        """Read a draft by the checks of its step. `seed` chooses among wordings."""
        return self.read(text, step.kind, step.need, step.need_any, step.ban, step.max_words, seed)

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
        found = self._finder.find(text)
        serious = tuple(finding for finding in found if finding.level == "S")
        if kind != "text" or serious:
            return Feedback(serious)
        banned = [finding for finding in found if finding.feature in ban]
        works = [finding for finding in found if finding.level == "P"]
        have = {finding.feature for finding in works}
        missing = tuple(feature for feature in need if feature not in have)
        if need_any and not have.intersection(need_any):
            missing += tuple(need_any)
        strength = _strength(works, [*need, *need_any], banned)
        tip, tip_id = _choose(banned, missing)
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
        return _fill(_pick(self.features[strength.feature].praise, seed), strength.words)

    def _tip(self, tip_id: str | None, tip: Finding | None, seed: str) -> str | None:
        if tip_id is None:
            return None
        feature: Feature = self.features[tip_id]
        return _fill(_pick(feature.tips or feature.missing, seed), tip.words if tip else "")


def _strength(
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
            return max(found, key=lambda finding: min(len(finding.words.split()), _SHOWN_WORDS))
    return None


def _choose(banned: Sequence[Finding], missing: Sequence[str]) -> tuple[Finding | None, str | None]:
    """One tip: what is worth a change, then a nudge, then what is missing."""
    for level in ("R", "N"):
        for finding in banned:
            if finding.level == level:
                return finding, finding.feature
    return None, missing[0] if missing else None


def _pick(variants: Sequence[str], seed: str) -> str:
    return variants[crc32(seed.encode()) % len(variants)]


def _fill(wording: str, words: str) -> str:
    shown = " ".join(words.split()[:_SHOWN_WORDS])
    if len(words.split()) > _SHOWN_WORDS:
        shown += " \u2026"
    return wording.replace("{words}", shown)
