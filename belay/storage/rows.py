"""Rows to domain values and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from belay.domain.client import Client, Consents, Counterpart, Risk, Secrecy
from belay.domain.conversation import Conversation
from belay.domain.pending import Pending
from belay.domain.reply import Button
from belay.domain.run import Answer, Run, RunState
from belay.domain.safety import Phase, SafetyState

Row = RowMapping


def to_client(row: Row) -> Client:
    """A client row."""
    return Client(
        id=row["id"],
        created_at=row["created_at"],
        adult=row["adult"],
        consents=Consents(row["may_use"], row["may_save"], row["may_review"]),
        country=row["country"],
        secrecy=to_secrecy(row["secrecy"]),
    )


def from_client(client: Client) -> dict[str, Any]:
    """What a client row holds, without the id."""
    return {
        "created_at": client.created_at,
        "adult": client.adult,
        "may_use": client.consents.use,
        "may_save": client.consents.save,
        "may_review": client.consents.review,
        "country": client.country,
        "secrecy": from_secrecy(client.secrecy),
    }


def to_secrecy(data: dict[str, Any] | None) -> Secrecy:
    """What is kept against onlookers."""
    if not data:
        return Secrecy()
    until = data.get("locked_until")
    return Secrecy(**{**data, "locked_until": datetime.fromisoformat(until) if until else None})


def from_secrecy(secrecy: Secrecy) -> dict[str, Any] | None:
    """The column's value; none where nothing was set."""
    if secrecy == Secrecy():
        return None
    until = secrecy.locked_until
    return {**vars(secrecy), "locked_until": until.isoformat() if until else None}


def to_conversation(row: Row) -> Conversation:
    """A conversation row."""
    return Conversation(
        id=row["id"],
        client_id=row["client_id"],
        channel=row["channel"],
        address=row["address"],
        started_at=row["started_at"],
        version=row["version"],
        serial=row["serial"],
        buttons=[Button(**button) for button in row["buttons"]],
        safety=_to_safety(row["safety"]),
        noticed_at=row["noticed_at"],
        last_at=row["last_at"],
        misses=row["misses"],
        topic_role=row["topic_role"],
        topic_words=row["topic_words"],
        topic_intent=row["topic_intent"],
        recent=list(row["recent"]),
        pending=Pending.from_dict(row["pending"]),
    )


def from_conversation(conversation: Conversation) -> dict[str, Any]:
    """What a turn may change in a conversation row."""
    safety = conversation.safety
    return {
        "serial": conversation.serial,
        "buttons": [vars(button) for button in conversation.buttons],
        "safety": {
            "phase": safety.phase.value,
            "route": safety.route,
            "tier": safety.tier,
            "since": safety.since.isoformat() if safety.since else None,
            "asked": safety.asked,
            "event_id": safety.event_id,
            "recent": safety.recent,
            "away": safety.away,
            "awaits": safety.awaits,
        },
        "noticed_at": conversation.noticed_at,
        "last_at": conversation.last_at,
        "misses": conversation.misses,
        "topic_role": conversation.topic_role,
        "topic_words": conversation.topic_words,
        "topic_intent": conversation.topic_intent,
        "recent": conversation.recent,
        "pending": conversation.pending.as_dict() if conversation.pending else None,
    }


def to_counterpart(row: Row) -> Counterpart:
    """A counterpart row."""
    return Counterpart(row["id"], row["role"], row["words"], Risk(row["risk"]), row["asked_at"])


def from_counterpart(one: Counterpart, client_id: str) -> dict[str, Any]:
    """A whole counterpart row."""
    return {
        "id": one.id,
        "client_id": client_id,
        "role": one.role,
        "words": one.words,
        "risk": one.risk.value,
        "asked_at": one.asked_at,
    }


def to_run(row: Row, answers: list[Answer]) -> Run:
    """A run row with its answers."""
    return Run(
        id=row["id"],
        client_id=row["client_id"],
        exercise_id=row["exercise_id"],
        version=row["version"],
        started_at=row["started_at"],
        position=row["position"],
        state=RunState(row["state"]),
        counterpart_id=row["counterpart_id"],
        gate_answers=dict(row["gate_answers"]),
        before=row["rating_before"],
        after=row["rating_after"],
        ruler=row["ruler"],
        plan=row["plan"],
        opening=row["opening"],
        artefact=row["artefact"],
        artefact_id=row["artefact_id"],
        answers=answers,
        retried=list(row["retried"]),
        editing=row["editing"],
        unclear=row["unclear"],
        after_gate=row["after_gate"],
        changed_at=row["changed_at"],
        ended_at=row["ended_at"],
    )


def from_run(run: Run) -> dict[str, Any]:
    """A whole run row, answers apart."""
    return {
        "id": run.id,
        "client_id": run.client_id,
        "exercise_id": run.exercise_id,
        "version": run.version,
        "counterpart_id": run.counterpart_id,
        "started_at": run.started_at,
        "changed_at": run.changed_at,
        "ended_at": run.ended_at,
        "position": run.position,
        "state": run.state.value,
        "gate_answers": run.gate_answers,
        "rating_before": run.before,
        "rating_after": run.after,
        "ruler": run.ruler,
        "plan": run.plan,
        "opening": run.opening,
        "artefact": run.artefact,
        "artefact_id": run.artefact_id,
        "retried": run.retried,
        "editing": run.editing,
        "unclear": run.unclear,
        "after_gate": run.after_gate,
    }


def to_answer(row: Row) -> Answer:
    """An answer row."""
    return Answer(
        step=row["step"],
        first=row["first"],
        text=row["text"],
        features=list(row["features"]),
        tip=row["tip"],
        choice=row["choice"],
        at=row["at"],
    )


def from_answer(run_id: str, place: int, one: Answer) -> dict[str, Any]:
    """A whole answer row."""
    return {
        "run_id": run_id,
        "step": one.step,
        "place": place,
        "first": one.first,
        "text": one.text,
        "features": one.features,
        "tip": one.tip,
        "choice": one.choice,
        "at": one.at,
    }


def _to_safety(data: dict[str, Any]) -> SafetyState:
    if not data:
        return SafetyState()
    since = data.get("since")
    return SafetyState(
        phase=Phase(data["phase"]),
        route=data["route"],
        tier=data["tier"],
        since=datetime.fromisoformat(since) if since else None,
        asked=data["asked"],
        event_id=data["event_id"],
        recent=data.get("recent") or [],
        away=bool(data.get("away")),
        awaits=data.get("awaits"),
    )
