"""Reads one conversation for a coach, after `review` has settled that it may be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from belay.domain.client import Consents, Risk
from belay.domain.goal import attainment
from belay.domain.masking import pseudonym
from belay.domain.run import RunState
from belay.storage.life import ratings_of
from belay.storage.practice_tables import goal
from belay.storage.reviewed import (
    AnswerSeen,
    CardSeen,
    GoalSeen,
    Line,
    Person,
    PracticeSeen,
    RunSeen,
    SafetyFlag,
    Transcript,
)
from belay.storage.tables import answer, counterpart, happening, message, run

PAGE = 200
RUNS_AT_MOST = 50
# Inside an exercise any words may be the answer, so a low figure there says nothing.
FREE_ANSWER = "answer_free"
FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Reading:
    """How texts are masked and when the understanding of a message counts as a guess."""

    mask: Callable[[str], str]
    unsure_below: float

    def masked(self, text: str | None) -> str | None:
        """The text without names and numbers; None stays None."""
        return None if text is None else self.mask(text)

    def is_unsure(self, intent: str | None, confidence: int | None) -> bool:
        """Whether the understanding was a guess."""
        if intent == FALLBACK:
            return True
        low = confidence is not None and confidence < self.unsure_below * 1000
        return low and intent != FREE_ANSWER


def is_guess(unsure_below: float) -> Any:
    """`Reading.is_unsure` as a condition on the table `message`."""
    low = and_(message.c.confidence < unsure_below * 1000, message.c.intent != FREE_ANSWER)
    return or_(message.c.intent == FALLBACK, low)


def read_transcript(
    connection: Connection,
    row: Any,
    flags: list[SafetyFlag],
    reading: Reading,
    before: int | None,
) -> Transcript:
    """The conversation in `row` (with its client's consents) and everything beside it."""
    rules = {flag.at: flag for flag in flags}
    lines, earlier = _lines(connection, row["id"], rules, reading, before)
    reports = _happenings(connection, row["client_id"], "practice_report")
    pushed = _happenings(connection, row["client_id"], "push_back", row["id"])
    goals = _goals(connection, row["client_id"], reading)
    return Transcript(
        id=row["id"],
        person=Person(
            client=pseudonym(row["client_id"]),
            invented=row["invented"],
            adult=row["adult"],
            consents=Consents(row["may_use"], row["may_save"], row["may_review"]),
            country=row["country"],
        ),
        channel=row["channel"],
        started_at=row["started_at"],
        lines=lines,
        earlier=earlier,
        flags=tuple(flags),
        runs=_runs(connection, row["client_id"], reading),
        practices=tuple(
            PracticeSeen(at, data.get("exercise"), data.get("said")) for at, data in reports
        ),
        goals=goals,
        attainment=attainment([one.levels[-1] for one in goals if one.levels]),
        unsure=_count_unsure(connection, row["id"], reading),
        pushed_back=len(pushed),
    )


def _lines(
    connection: Connection,
    conversation_id: str,
    rules: dict[datetime, SafetyFlag],
    reading: Reading,
    before: int | None,
) -> tuple[tuple[Line, ...], int | None]:
    query = (
        select(message)
        .where(message.c.conversation_id == conversation_id)
        .order_by(message.c.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        query = query.where(message.c.id < before)
    found = list(connection.execute(query).mappings())
    shown = found[:PAGE][::-1]
    earlier = shown[0]["id"] if len(found) > PAGE else None
    lines: list[Line] = []
    offered: tuple[str, ...] = ()
    for row in shown:
        lines.append(_line(row, rules.get(row["at"]), offered, reading))
        if row["author"] != "client":
            offered = lines[-1].buttons or offered
    return tuple(lines), earlier


def _line(row: Any, flag: SafetyFlag | None, offered: tuple[str, ...], reading: Reading) -> Line:
    by_client = row["author"] == "client"
    fired = flag if by_client and row["tier"] >= 2 else None
    exercise_id, _, position = (row["step"] or "").partition("/")
    confidence = row["confidence"]
    text = reading.masked(row["text"])
    return Line(
        id=row["id"],
        author=row["author"],
        at=row["at"],
        text=text,
        pressed=by_client and text in offered,
        line=row["line"],
        buttons=tuple(
            reading.mask(str(button["title"])) for button in row["extra"].get("buttons", ())
        ),
        card=_card(row["extra"].get("card"), reading),
        intent=row["intent"],
        confidence=None if confidence is None else confidence / 1000,
        unsure=by_client and reading.is_unsure(row["intent"], confidence),
        tier=row["tier"],
        layer=fired.layer if fired else None,
        rule=fired.rule if fired else None,
        exercise_id=exercise_id or None,
        position=position or None,
    )


def _card(card: dict[str, Any] | None, reading: Reading) -> CardSeen | None:
    if not card:
        return None
    # A card of help lines is authored, and its numbers are what a coach needs to read.
    text = card["text"] if card["kind"] == "lines" else reading.mask(card["text"])
    return CardSeen(title=reading.mask(card["title"]), text=text)


def _goals(connection: Connection, client_id: str, reading: Reading) -> tuple[GoalSeen, ...]:
    query = select(goal).where(goal.c.client_id == client_id).order_by(goal.c.made_at)
    return tuple(
        GoalSeen(
            text=reading.masked(row.text),
            levels=tuple(one.level for one in ratings_of(connection, row.id)),
            ending=row.ending,
        )
        for row in connection.execute(query).all()
    )


def _runs(connection: Connection, client_id: str, reading: Reading) -> tuple[RunSeen, ...]:
    query = (
        select(run, counterpart.c.role, counterpart.c.risk)
        .outerjoin(
            counterpart,
            and_(counterpart.c.id == run.c.counterpart_id, counterpart.c.client_id == client_id),
        )
        .where(run.c.client_id == client_id)
        .order_by(run.c.started_at.desc(), run.c.id)
        .limit(RUNS_AT_MOST)
    )
    found = list(connection.execute(query).mappings())
    said = select(answer).where(answer.c.run_id.in_([row["id"] for row in found]))
    answers: dict[str, list[AnswerSeen]] = {}
    for row in connection.execute(said.order_by(answer.c.run_id, answer.c.place)).mappings():
        answers.setdefault(row["run_id"], []).append(_answer(row, reading))
    return tuple(
        RunSeen(
            exercise_id=row["exercise_id"],
            state=RunState(row["state"]),
            started_at=row["started_at"],
            ended_at=row["ended_at"],
            position=row["position"],
            before=row["rating_before"],
            after=row["rating_after"],
            counterpart=row["role"],
            risk=Risk(row["risk"]) if row["risk"] else None,
            ruler=reading.masked(row["ruler"]),
            artefact=reading.masked(row["artefact"]),
            plan=reading.masked(row["plan"]),
            opening=reading.masked(row["opening"]),
            answers=tuple(answers.get(row["id"], ())),
        )
        for row in found
    )


def _answer(row: Any, reading: Reading) -> AnswerSeen:
    return AnswerSeen(
        step=row["step"],
        first=reading.masked(row["first"]),
        final=reading.masked(row["text"]),
        features=tuple(row["features"]),
        tip=row["tip"],
        choice=row["choice"],
    )


def _happenings(
    connection: Connection, client_id: str, kind: str, conversation_id: str | None = None
) -> list[tuple[datetime, dict[str, Any]]]:
    query = (
        select(happening.c.at, happening.c.data)
        .where(happening.c.client_id == client_id, happening.c.kind == kind)
        .order_by(happening.c.at)
    )
    if conversation_id is not None:
        query = query.where(happening.c.conversation_id == conversation_id)
    return [(row[0], row[1]) for row in connection.execute(query)]


def _count_unsure(connection: Connection, conversation_id: str, reading: Reading) -> int:
    query = (
        select(func.count())
        .select_from(message)
        .where(message.c.conversation_id == conversation_id, message.c.author == "client")
        .where(is_guess(reading.unsure_below))
    )
    return int(connection.execute(query).scalar_one())
