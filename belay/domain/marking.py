"""The marked sentence: a client's draft with its parts named, and the tip tied to its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from belay.domain.feedback import Feedback, Finding
from belay.domain.reply import Mark, Reply

DRAFT = "draft"
ISSUE = "issue"
STRENGTH = "strength"
# A draft longer than this is shown by the sentences that have a mark.
MOST_WORDS = 40
_MOST_LETTERS = 400
_GAP = " \u2026 "
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+(?=\s|$)|\n|$)")


def marks_of(feedback: Feedback, wanted: Iterable[str], part: str | None) -> tuple[Mark, ...]:
    """The named parts of a draft, without overlaps, as offsets into the draft.

    Args:
        feedback: The reading of the draft. Fear is never marked.
        wanted: The features that the step asks for; only these count as strengths, or the one
            that is praised.
        part: What the step is about in the statement ("feeling"), for the colour.
    """
    if feedback.fear is not None:
        return ()
    asked = set(wanted)
    if feedback.strength is not None:
        asked.add(feedback.strength.feature)
    tip = feedback.tip or feedback.rule_over_other
    issues = [one for one in feedback.findings if one.level != "P"]
    works = [one for one in feedback.findings if one.level == "P" and one.feature in asked]
    ordered = [*([tip] if tip is not None else []), *issues, *sorted(works, key=_longest)]
    kept: list[Finding] = []
    for finding in ordered:
        if not any(finding.start < one.end and one.start < finding.end for one in kept):
            kept.append(finding)
    marks = [
        Mark(
            finding.start,
            finding.end,
            STRENGTH if finding.level == "P" else ISSUE,
            finding.title or finding.name.replace("_", " "),
            part if finding.level == "P" else None,
            finding == tip,
        )
        for finding in kept
    ]
    return tuple(sorted(marks, key=lambda mark: mark.start))


def marked(reply: Reply, draft: str, marks: Sequence[Mark]) -> Reply:
    """The reply with the marked draft before its words. Without marks it stays as it is.

    One mark of kind "draft" says how far the client's own words go.
    """
    if not marks:
        return reply
    shown, moved = _shown(draft, marks)
    if shown is None:
        return reply
    whole = Mark(0, len(shown), DRAFT, "")
    text = f"{shown}\n\n{reply.text}" if reply.text else shown
    return replace(reply, text=text, marks=(whole, *moved))


def named_parts(reply: Reply) -> list[str]:
    """The marks as lines of plain text, for whoever sees no colours.

    "+" is before what works, "~" before what could change, and "\u2192" where the tip is about it.
    """
    return [
        f"{_sign(mark)}\u201c{reply.text[mark.start : mark.end]}\u201d: {mark.name}"
        for mark in sorted(reply.marks, key=lambda mark: mark.start)
        if mark.kind != DRAFT
    ]


def _sign(mark: Mark) -> str:
    if mark.tip:
        return "\u2192 "
    return {STRENGTH: "+ ", ISSUE: "~ "}.get(mark.kind, "")


def _longest(finding: Finding) -> int:
    return finding.start - finding.end


def _shown(draft: str, marks: Sequence[Mark]) -> tuple[str | None, list[Mark]]:
    """The draft, or of a long one the sentences with marks, and the marks in it."""
    if len(draft.split()) <= MOST_WORDS and len(draft) <= _MOST_LETTERS:
        return draft, list(marks)
    shown, moved = "", []
    for sentence in _SENTENCE.finditer(draft):
        start, end = sentence.span()
        here = [mark for mark in marks if start <= mark.start and mark.end <= end]
        if not here:
            continue
        words = sentence[0].strip()
        start += len(sentence[0]) - len(sentence[0].lstrip())
        shift = len(shown) + (len(_GAP) if shown else 0) - start
        if len(shown) + len(words) > _MOST_LETTERS:
            break
        shown += f"{_GAP if shown else ''}{words}"
        moved += [replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in here]
    return shown or None, moved
