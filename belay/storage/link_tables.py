"""Tables for one person in several channels: link codes, tries, reach, the channel of choice."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from belay.storage.schema import Moment, metadata


def _talk(name: str, *, primary_key: bool = False) -> Column[str]:
    return Column(
        name,
        ForeignKey("conversation.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


# A code is used up by the conversation that claims it; joining still asks for a yes.
link_code = Table(
    "link_code",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("client_id", ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True),
    _talk("conversation_id"),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("claimed_by", String(32)),
    Column("claimed_at", Moment),
)

# Codes that were wrong, counted against guessing.
link_try = Table(
    "link_try",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _talk("conversation_id"),
    Column("at", Moment, nullable=False, index=True),
)

# A row stands for a conversation that cannot be written to until the person writes again.
unreachable = Table(
    "unreachable",
    metadata,
    _talk("conversation_id", primary_key=True),
    Column("reason", String(40), nullable=False),
    Column("at", Moment, nullable=False),
)

reminder_channel = Table(
    "reminder_channel",
    metadata,
    Column("client_id", ForeignKey("client.id", ondelete="CASCADE"), primary_key=True),
    _talk("conversation_id"),
)
