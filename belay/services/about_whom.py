"""Whom a danger is about: risk is kept for each counterpart, never for the client."""

from __future__ import annotations

from typing import Protocol
from uuid import uuid4

from belay.domain.client import Counterpart, Risk
from belay.domain.floor import Verdict
from belay.domain.turn import Turn

# So much of the message before a hit may name the person that it is about.
REACH = 60
ONESELF = "self"
LIFE_PARTNER = frozenset({"partner", "spouse", "date"})
# What the context layer finds in a message; its other verdicts answer a question of ours.
SAID_BY_THEMSELVES = frozenset({"flagged_person", "practice_turned"})


class Named(Protocol):
    """A person found in a text."""

    @property
    def role(self) -> str:
        """The role, without gender ("partner")."""
        ...

    @property
    def words(self) -> str:
        """The client's own words ("my husband")."""
        ...


class FindsPerson(Protocol):
    """Finds whom a text is about by role words; needs no model."""

    def find(self, text: str) -> Named | None:
        """The first person of a text, or None."""
        ...


class NobodyFound:
    """Finds nobody: only what the pipeline found counts."""

    def find(self, text: str) -> Named | None:
        """None."""
        return None


class AboutWhom:
    """Flags the counterpart that a danger is about, who is the topic from here on."""

    def __init__(self, people: FindsPerson | None = None) -> None:
        self._people = people or NobodyFound()

    def flag(self, turn: Turn, verdict: Verdict, about: Counterpart | None) -> None:
        """Remember the danger for its person.

        A message that a layer read is about the person it names. An answer to a question of
        ours is about the person asked for, whoever else it names.

        Args:
            turn: The open turn.
            verdict: What fired; at tier 3 the person becomes red, below that the three private
                questions are asked again before anything is planned with them.
            about: The person of the exercise that was open.
        """
        talk = turn.conversation
        asked = verdict.layer == "context" and verdict.rule not in SAID_BY_THEMSELVES
        person = None if asked else self.named(turn, verdict)
        if person is not None:
            talk.topic_role, talk.topic_words = person
        elif about is not None:
            talk.topic_role, talk.topic_words = about.role, about.words or None
        if talk.topic_role is None:
            return
        for known in the_same(turn, talk.topic_role, talk.topic_words):
            if known.risk is Risk.RED:
                continue
            if verdict.tier == 3:
                known.risk, known.asked_at = Risk.RED, turn.now
            else:
                known.risk, known.asked_at = Risk.WATCH, None

    def named(self, turn: Turn, verdict: Verdict | None = None) -> tuple[str, str] | None:
        """Role and words of the person a message names: at the hit first, then anywhere."""
        found = turn.understood.first("person_role") if turn.understood else None
        if verdict is not None and verdict.span is not None:
            start, end = verdict.span
            near = self._find(turn.text[start:end]) or self._find(
                turn.text[max(0, start - REACH) : end]
            )
            if near is not None:
                return near
        if found is not None and found.value != ONESELF:
            return found.value, found.text
        return self._find(turn.text)

    def _find(self, text: str) -> tuple[str, str] | None:
        found = self._people.find(text)
        return (found.role, found.words) if found is not None and found.role != ONESELF else None


def the_same(turn: Turn, role: str, words: str | None) -> list[Counterpart]:
    """The counterparts that a role may stand for, made where they are not known yet.

    Somebody who says "my husband" today says "my partner" tomorrow: what is locked under one of
    these names is locked under all of them.
    """
    roles = sorted(LIFE_PARTNER) if role in LIFE_PARTNER else [role]
    found = []
    for one in roles:
        known = next((other for other in turn.counterparts if other.role == one), None)
        if known is None:
            known = Counterpart(
                id=uuid4().hex, role=one, words=(words or one) if one == role else ""
            )
            turn.counterparts.append(known)
        found.append(known)
    return found
