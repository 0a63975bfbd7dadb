"""A plain keyword bot, as many chatbots have one: the baseline."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from benchmarks.safety.judging import Answer
from benchmarks.safety.lines import Line

# Written once from common sense, before any line was scored, and not tuned.
WORDS: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (
        3,
        "safety_suicide",
        ("suicide", "suicidal", "kill myself", "end my life", "want to die", "take my own life"),
    ),
    (2, "safety_suicide", ("better off dead", "end it all", "overdose", "no reason to live")),
    (2, "safety_self_harm", ("self-harm", "self harm", "cut myself", "hurt myself", "cutting")),
    (2, "safety_abuse_now", ("abuse", "hits me", "hit me", "beats me", "rape", "choked me")),
    (2, "safety_coercive_control", ("controls me", "won't let me", "not allowed to")),
    (2, "safety_child", ("child abuse",)),
)


class KeywordBot:
    """Looks for a phrase and does nothing else."""

    name = "keywords"

    async def answers(self, lines: Sequence[Line]) -> AsyncIterator[Answer]:
        """One answer a line, in order."""
        for line in lines:
            yield keyword_answer(line.text)


def keyword_answer(text: str) -> Answer:
    """The first phrase that occurs decides; the highest tier is looked for first."""
    said = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for tier, route, words in WORDS:
        if any(word in said for word in words):
            return Answer(tier, route, "keywords")
    return Answer()
