"""Replies as the JSON that web clients read, with buttons signed for their conversation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from belay.domain.reply import Button, Card, Reply
from belay.gateway.buttons import ButtonSigner
from belay.storage.outbox import Posted


def message_json(
    reply: Reply,
    signer: ButtonSigner,
    *,
    conversation_id: str,
    cursor: int,
    message_id: str,
    serial: int,
    at: datetime,
    author: str = "bot",
    name: str | None = None,
) -> dict[str, Any]:
    """One message from Belay or a coach."""

    def signed(title: str, press: str) -> str:
        return signer.sign(Button(title, press), conversation_id, serial)

    return {
        "cursor": cursor,
        "id": message_id,
        "from": author,
        "name": name,
        "text": reply.text,
        "buttons": [
            {
                "title": button.title,
                "value": signed(button.title, button.press),
                "style": button.style,
            }
            for button in reply.buttons
        ],
        "card": _card(reply.card, signed) if reply.card else None,
        "marks": [vars(mark) for mark in reply.marks],
        "tier": reply.tier,
        "at": at.isoformat(),
    }


def posted_json(posted: Posted, signer: ButtonSigner) -> dict[str, Any] | None:
    """An outbox row as a message, or None when its text is gone."""
    if posted.payload is None:
        return None
    payload = dict(posted.payload)
    author, serial = payload.pop("author", "bot"), payload.pop("serial", 0)
    return message_json(
        Reply.from_dict(payload),
        signer,
        conversation_id=posted.conversation_id,
        cursor=posted.cursor,
        message_id=f"m{posted.cursor}",
        serial=serial,
        at=posted.created_at,
        author=author,
        name=payload.get("name"),
    )


def earlier_json(row: dict[str, Any]) -> dict[str, Any]:
    """A transcript row as an earlier message: text and card, no live buttons."""
    card = row["extra"].get("card")
    return {
        "cursor": row["id"],
        "id": f"h{row['id']}",
        "from": "you" if row["author"] == "client" else row["author"],
        "name": None,
        "text": row["text"],
        "buttons": [],
        "card": {**card, "edit": None, "delete": None} if card else None,
        "marks": row["extra"].get("marks", []),
        "tier": row["tier"],
        "at": row["at"].isoformat(),
    }


def _card(card: Card, signed: Any) -> dict[str, Any]:
    return {
        "kind": card.kind,
        "title": card.title,
        "text": card.text,
        "id": card.id,
        "url": card.url,
        "points": list(card.points),
        "edit": signed("edit", card.edit) if card.edit else None,
        "delete": signed("delete", card.delete) if card.delete else None,
    }
