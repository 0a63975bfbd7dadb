"""A turn as rows of the transcript."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert

from belay.domain.turn import Turn
from belay.storage.tables import message


def write_transcript(connection: Connection, turn: Turn) -> None:
    """One row for what the client said and one for each reply; blank when it is not kept."""
    shared: dict[str, Any] = {
        "client_id": turn.client.id,
        "conversation_id": turn.conversation.id,
        "turn_id": turn.id,
        "run_id": _run_id(turn),
        "at": turn.now,
    }
    kept = shared["run_id"] not in turn.forget_runs
    blanked = None if kept else turn.now
    understood = turn.understood
    said = turn.press.title if turn.press else turn.text
    confidence = round(understood.confidence * 1000) if understood else None
    connection.execute(
        insert(message).values(
            **shared,
            author="client",
            text=said if kept else None,
            intent=understood.intent if understood else None,
            confidence=confidence,
            tier=turn.verdict.tier,
            step=_step(turn),
            blanked_at=blanked,
        )
    )
    for reply in turn.replies:
        connection.execute(
            insert(message).values(
                **shared,
                author="bot",
                line=reply.line,
                text=reply.text if kept else None,
                extra=_extra(reply.as_dict()) if kept else {},
                tier=reply.tier,
                blanked_at=blanked,
            )
        )


def _run_id(turn: Turn) -> str | None:
    if turn.safety_events:
        # Not part of the exercise that it paused: its words are not held with the answers.
        return None
    touched = [one for one in turn.runs if one.changed_at == turn.now]
    active = turn.run
    return active.id if active else (touched[0].id if touched else None)


def _step(turn: Turn) -> str | None:
    run_ = turn.run
    return f"{run_.exercise_id}/{run_.position}" if run_ else None


def _extra(payload: dict[str, Any]) -> dict[str, Any]:
    return {name: payload[name] for name in ("buttons", "card", "marks") if payload.get(name)}
