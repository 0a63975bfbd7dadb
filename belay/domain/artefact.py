"""The finished statement: the client's own words fitted into the exercise's lines."""

from __future__ import annotations

import re

from belay.domain.exercise import Layout

_SLOT = re.compile(r"\{(\w+)(?:\|(\w+))?\}")
_LEADS = {
    "after_i_will": re.compile(
        r"^(?:if (?:it|that|this) happens(?: again| anyway)?,?\s+)?(?:then\s+)?"
        r"i\s*(?:['’]?(?:ll|d)\b|(?:will|would|can|could|might)\b|(?:['’]m|am) (?:going to|gonna)"
        r"|plan to)\s+",
        re.IGNORECASE,
    ),
    "after_i_felt": re.compile(
        r"^(?:i\s+(?:just\s+|really\s+)?(?:felt|feel|was|am)|i(?:'m|’m)|feeling)\s+", re.IGNORECASE
    ),
    "after_i_need": re.compile(
        r"^(?:i\s+(?:just\s+|really\s+)?(?:need(?:ed)?|want(?:ed)?|care(?:d)? about))\s+",
        re.IGNORECASE,
    ),
    "after_when": re.compile(r"^when\s+", re.IGNORECASE),
    "phrase": re.compile(r"^$"),
}
_ASKS = re.compile(
    r"(?:would|could|can|will|are|is|do|did|shall|may|how|what|when|where|which|who)\b",
    re.IGNORECASE,
)
_DOUBLE_END = re.compile(r"([?!])\.")
_KEEPS_CAPITAL = re.compile(r"^(?:I\b|I['’]|[A-Z]{2,}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)")


def compose(lines: tuple[str, ...], texts: dict[str, str], layout: Layout = "text") -> str:
    """Fill the lines with the answers; a line that lacks one of its answers is left out.

    Where no line holds an answer, nothing is left of the lines without a place either.

    A placeholder is `{step}` or `{step|form}`. Forms: `sentence` (capital, closing mark),
    `phrase` (runs on inside a sentence), `after_i_will`, `after_i_felt`, `after_i_need`,
    `after_when` (as phrase, without the client's own opening of that kind).
    """
    done, answered = [], False
    for line in lines:
        slots = [match[1] for match in _SLOT.finditer(line)]
        if all(texts.get(slot, "").strip() for slot in slots):
            answered = answered or bool(slots)
            done.append(_SLOT.sub(lambda match: fit(texts[match[1]], match[2] or "phrase"), line))
    joined = ("\n" if layout == "lines" else " ").join(done)
    return _DOUBLE_END.sub(r"\1", joined) if answered else ""


def fit(text: str, form: str) -> str:
    """One answer in the form that its place needs. Raises KeyError for an unknown form."""
    text = " ".join(text.split())
    if form == "sentence":
        text = text[:1].upper() + text[1:]
        if text[-1:] in ".?!":
            return text
        return text + ("?" if _ASKS.match(text) else ".")
    text = _LEADS[form].sub("", text).rstrip(" .!,;")
    if _KEEPS_CAPITAL.match(text):
        return text
    return text[:1].lower() + text[1:]
