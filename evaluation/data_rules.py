"""What the training data must be like, rule by rule. Each complaint names a line and a remedy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.examples import Example

NEEDS = (
    "set_boundary",
    "say_no",
    "ask_support",
    "give_support",
    "raise_issue",
    "repair_rupture",
    "understand_each_other",
    "balance_give_take",
    "keep_identity",
    "build_trust",
    "agree_before_closeness",
    "notice_codependence",
    "calm_conflict",
    "share_good_news",
    "express_feeling",
)
SAFETY = (
    "safety_suicide",
    "safety_self_harm",
    "safety_abuse_now",
    "safety_coercive_control",
    "safety_harm_others",
    "safety_child",
    "safety_third_party_worry",
)
FEWEST = {
    "express_feeling": 400,
    **dict.fromkeys(NEEDS[:-1], 150),
    **dict.fromkeys(SAFETY, 150),
    "aside/unrelated": 150,
}
FEWEST_ELSEWHERE = 40
OPENING_WORDS = 3
OPENING_SHARE = 0.08
FEWEST_RELATIONS = 6
FEWEST_VOICES = 5
STATEMENTS_SHARE = 0.25


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong.

    Attributes:
        place: File and line, or the intent where it is about a whole intent.
        what: What is wrong.
        remedy: What to do.
    """

    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.remedy}"


def by_intent(examples: Sequence[Example]) -> dict[str, list[Example]]:
    """The examples of each intent, all files together."""
    found: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        found[example.intent].append(example)
    return dict(sorted(found.items()))


def words_of(text: str) -> list[str]:
    """Words in lower case, without the punctuation around them."""
    words = (word.strip(".,;:!?…\"'()[]-") for word in text.lower().split())
    return [word for word in words if word]


def too_few(examples: Sequence[Example]) -> Iterator[Complaint]:
    """Intents with fewer lines than they need."""
    counts = Counter(example.intent for example in examples)
    for intent in sorted({*counts, *FEWEST}):
        fewest = FEWEST.get(intent, FEWEST_ELSEWHERE)
        if counts[intent] < fewest:
            yield Complaint(
                intent,
                f"{counts[intent]} lines, fewer than {fewest}.",
                f"Write {fewest - counts[intent]} new ones.",
            )


def same_twice(examples: Sequence[Example]) -> Iterator[Complaint]:
    """The same words on two lines, of one intent or of two."""
    first: dict[str, Example] = {}
    for example in examples:
        key = " ".join(words_of(example.text)) or example.text.strip()
        earlier = first.setdefault(key, example)
        if earlier is example:
            continue
        if earlier.intent == example.intent:
            remedy = "Replace one of them by a new situation."
        else:
            remedy = "Decide by the tie-breaks which intent it is, and replace the other."
        yield Complaint(
            example.place,
            f"the same words as {earlier.place} ({example.intent}, {earlier.intent}).",
            remedy,
        )


def worn_openings(examples: Sequence[Example]) -> Iterator[Complaint]:
    """Openings of three words that begin too many lines of an intent."""
    for intent, group in by_intent(examples).items():
        opened: dict[str, list[Example]] = defaultdict(list)
        for example in group:
            words = words_of(example.text)
            if len(words) >= OPENING_WORDS:
                opened[" ".join(words[:OPENING_WORDS])].append(example)
        for opening, lines in opened.items():
            if len(lines) > OPENING_SHARE * len(group):
                yield Complaint(
                    lines[0].place,
                    f"{len(lines)} of {len(group)} lines of {intent} open with “{opening}”, "
                    f"more than {OPENING_SHARE:.0%}.",
                    "Open some of them differently.",
                )


def one_sided(examples: Sequence[Example]) -> Iterator[Complaint]:
    """Coaching needs that too few relations, voices or plain statements stand for."""
    groups = by_intent(examples)
    for intent in NEEDS:
        group = groups.get(intent, [])
        relations = {example.relation for example in group} - {"", "none"}
        voices = {example.voice for example in group} - {""}
        statements = sum(example.asks is False for example in group)
        if len(relations) < FEWEST_RELATIONS:
            yield Complaint(
                intent,
                f"only {len(relations)} relations: {', '.join(sorted(relations)) or 'none'}.",
                f"Write lines about at least {FEWEST_RELATIONS} kinds of people and tag them.",
            )
        if len(voices) < FEWEST_VOICES:
            yield Complaint(
                intent,
                f"only {len(voices)} voices: {', '.join(sorted(voices)) or 'none'}.",
                f"Write in at least {FEWEST_VOICES} voices and tag them.",
            )
        if group and statements < STATEMENTS_SHARE * len(group):
            yield Complaint(
                intent,
                f"{statements / len(group):.0%} of the lines ask for nothing, "
                f"fewer than {STATEMENTS_SHARE:.0%}.",
                "Replace requests by people who just tell what happened (asks: false).",
            )
