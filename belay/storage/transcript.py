"""A turn as rows of the transcript."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from belay.domain.turn import Turn
from belay.storage.tables import message, run


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
            step=turn.stood_at,
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


def forget_run(connection: Connection, turn: Turn, run_id: str) -> None:
    """Blank what was said in a run, and the cards elsewhere that show its statement.

    To be called before the run itself is written: it reads the statement that goes.
    """
    connection.execute(
        update(message)
        .where(message.c.run_id == run_id)
        .values(text=None, extra={}, blanked_at=turn.now)
    )
    statement = connection.execute(select(run.c.artefact).where(run.c.id == run_id)).scalar()
    if not statement:
        return
    told = select(message.c.id, message.c.extra).where(
        message.c.client_id == turn.client.id, message.c.blanked_at.is_(None)
    )
    for message_id, extra in connection.execute(told).all():
        if statement in (extra.get("card") or {}).get("text", ""):
            left = {name: value for name, value in extra.items() if name != "card"}
            connection.execute(update(message).where(message.c.id == message_id).values(extra=left))


def _run_id(turn: Turn) -> str | None:
    if turn.safety_events:
        # Not part of the exercise that it paused: its words are not held with the answers.
        return None
    touched = [one for one in turn.runs if one.changed_at == turn.now]
    active = turn.run
    return active.id if active else (touched[0].id if touched else None)


def _extra(payload: dict[str, Any]) -> dict[str, Any]:
    extra = {name: payload[name] for name in ("buttons", "card", "marks") if payload.get(name)}
    card = extra.get("card")
    if card and card["kind"] == "download":
        # The link opens the client's data to whoever holds it: a transcript must not.
        extra["card"] = {**card, "url": None}
    return extra
