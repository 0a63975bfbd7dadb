"""Replies as the JSON that web clients read, with buttons signed for their conversation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from belay.domain.reply import Button, Card, Reply
from belay.gateway.buttons import ButtonSigner
from belay.services.pins import asked_by
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
        "asks": asked_by(reply.line),
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


def with_live_buttons(
    rows: list[dict[str, Any]], newest: int
) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each row with whether its buttons are still the open ones: those of the newest turn."""
    latest = next((row["turn_id"] for row in rows if row["id"] == newest), None)
    asking = [row["id"] for row in rows if row["turn_id"] == latest and row["extra"].get("buttons")]
    for row in rows:
        yield row, bool(asking) and row["id"] == asking[-1]


def earlier_json(
    row: dict[str, Any], signer: ButtonSigner, conversation_id: str, serial: int | None
) -> dict[str, Any]:
    """A transcript row as an earlier message. With a serial, its buttons can be pressed."""

    def signed(title: str, press: str | None) -> str | None:
        if press is None:
            return None
        return signer.sign(Button(title, press), conversation_id, serial or 0)

    card = row["extra"].get("card")
    if card:
        card = {**card, "edit": signed("edit", card["edit"])}
        card["delete"] = signed("delete", card["delete"])
    buttons = row["extra"].get("buttons", []) if serial is not None else []
    return {
        "cursor": row["id"],
        "id": f"h{row['id']}",
        "from": "you" if row["author"] == "client" else row["author"],
        "name": None,
        "text": row["text"],
        "buttons": [
            {
                "title": one["title"],
                "value": signed(one["title"], one["press"]),
                "style": one["style"],
            }
            for one in buttons
        ],
        "card": card,
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
        "weeks": list(card.weeks),
        "edit": signed("edit", card.edit) if card.edit else None,
        "delete": signed("delete", card.delete) if card.delete else None,
    }
