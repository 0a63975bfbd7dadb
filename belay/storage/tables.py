"""The tables that the turn writes; links, practice and people of safety have files of their own."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from belay.storage.practice_tables import goal, practice
from belay.storage.schema import Moment, metadata


def _id() -> Column[str]:
    return Column("id", String(32), primary_key=True)


def _client() -> Column[str]:
    return Column(
        "client_id", ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True
    )


client = Table(
    "client",
    metadata,
    _id(),
    Column("created_at", Moment, nullable=False),
    Column("adult", Boolean),
    Column("may_use", Boolean),
    Column("may_save", Boolean),
    Column("may_review", Boolean),
    Column("country", String(2)),
    Column("secrecy", JSON(none_as_null=True)),
    Column("invented", Boolean, nullable=False, default=False),
)

conversation = Table(
    "conversation",
    metadata,
    _id(),
    _client(),
    Column("channel", String(20), nullable=False),
    Column("address", String(120), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("last_at", Moment),
    Column("version", Integer, nullable=False, default=0),
    Column("serial", Integer, nullable=False, default=0),
    Column("buttons", JSON, nullable=False, default=list),
    Column("safety", JSON, nullable=False, default=dict),
    Column("noticed_at", Moment),
    Column("misses", Integer, nullable=False, default=0),
    Column("topic_role", String(40)),
    Column("topic_words", String(80)),
    Column("topic_intent", String(40)),
    Column("recent", JSON, nullable=False, default=list, server_default="[]"),
    Column("pending", JSON(none_as_null=True)),
    UniqueConstraint("channel", "address"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column(
        "conversation_id",
        ForeignKey("conversation.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("channel", String(20), nullable=False),
    Column("provider_id", String(120), nullable=False),
    Column("text", Text),
    Column("press", JSON(none_as_null=True)),
    Column("received_at", Moment, nullable=False),
    Column("status", String(12), nullable=False, default="accepted", index=True),
    Column("attempts", Integer, nullable=False, default=0),
    Column("late_told", Boolean, nullable=False, default=False),
    Column("tier", Integer, nullable=False, default=0),
    UniqueConstraint("channel", "provider_id"),
    sqlite_autoincrement=True,
)

message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _client(),
    Column(
        "conversation_id",
        ForeignKey("conversation.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("turn_id", String(32), nullable=False, index=True),
    Column("run_id", String(32), index=True),
    Column("author", String(8), nullable=False),
    Column("line", String(80)),
    Column("text", Text),
    Column("extra", JSON, nullable=False, default=dict),
    Column("intent", String(60)),
    Column("confidence", Integer),
    Column("tier", Integer, nullable=False, default=0),
    Column("step", String(60)),
    Column("at", Moment, nullable=False, index=True),
    Column("blanked_at", Moment),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column(
        "conversation_id",
        ForeignKey("conversation.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("turn_id", String(32), nullable=False, index=True),
    Column("kind", String(12), nullable=False, default="message"),
    Column("payload", JSON(none_as_null=True)),
    Column("created_at", Moment, nullable=False, index=True),
    Column("status", String(12), nullable=False, default="waiting", index=True),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", Moment),
    Column("delivered_at", Moment),
    Index("ix_outbox_conversation_cursor", "conversation_id", "id"),
    sqlite_autoincrement=True,
)

counterpart = Table(
    "counterpart",
    metadata,
    _id(),
    _client(),
    Column("role", String(40), nullable=False),
    Column("words", String(80), nullable=False),
    Column("risk", String(10), nullable=False),
    Column("asked_at", Moment),
)

run = Table(
    "run",
    metadata,
    _id(),
    _client(),
    Column("exercise_id", String(60), nullable=False),
    Column("version", String(16), nullable=False),
    Column("counterpart_id", String(32)),
    Column("started_at", Moment, nullable=False),
    Column("changed_at", Moment),
    Column("ended_at", Moment),
    Column("position", String(80), nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("gate_answers", JSON, nullable=False, default=dict),
    Column("rating_before", Integer),
    Column("rating_after", Integer),
    Column("ruler", Text),
    Column("plan", Text),
    Column("opening", Text),
    Column("artefact", Text),
    Column("artefact_id", String(32)),
    Column("retried", JSON, nullable=False, default=list),
    Column("editing", Boolean, nullable=False, default=False),
    Column("unclear", Integer, nullable=False, default=0),
    Column("after_gate", String(80)),
)

answer = Table(
    "answer",
    metadata,
    Column("run_id", ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("step", String(60), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("first", Text),
    Column("text", Text),
    Column("features", JSON, nullable=False, default=list),
    Column("tip", String(60)),
    Column("choice", String(40)),
    Column("at", Moment),
)

happening = Table(
    "happening",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _client(),
    Column("conversation_id", String(32), nullable=False),
    Column("turn_id", String(32), nullable=False),
    Column("kind", String(40), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("data", JSON, nullable=False, default=dict),
    Column("content_version", String(16)),
    Column("model_version", String(40)),
)

# No foreign keys here: an event outlives its client as a tombstone.
safety_event = Table(
    "safety_event",
    metadata,
    _id(),
    Column("client_id", String(32), index=True),
    Column("conversation_id", String(32)),
    Column("at", Moment, nullable=False, index=True),
    Column("tier", Integer, nullable=False),
    Column("route", String(40)),
    Column("layer", String(10)),
    Column("rule", String(80)),
    Column("reply", String(80)),
    Column("note", String(120)),
    Column("span_hash", String(16)),
)

safety_review = Table(
    "safety_review",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event_id", String(32), nullable=False, index=True),
    Column("coach_id", String(32), nullable=False),
    Column("act", String(10), nullable=False),
    Column("at", Moment, nullable=False),
)

erasure_permit = Table(
    "erasure_permit",
    metadata,
    Column("event_id", String(32), primary_key=True),
)

download = Table(
    "download",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _client(),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

coach = Table(
    "coach",
    metadata,
    _id(),
    Column("name", String(80), nullable=False),
    Column("email", String(200), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("active", Boolean, nullable=False, default=True),
)

coach_invite = Table(
    "coach_invite",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

coach_session = Table(
    "coach_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("coach_id", ForeignKey("coach.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

coach_view = Table(
    "coach_view",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("coach_id", ForeignKey("coach.id", ondelete="CASCADE"), nullable=False),
    Column("client_id", String(32), nullable=False, index=True),
    Column("conversation_id", String(32), nullable=False),
    Column("at", Moment, nullable=False),
)

TEXT_COLUMNS = {
    inbox: ("text", "press"),
    message: ("text", "extra"),
    outbox: ("payload",),
    run: ("ruler", "plan", "opening", "artefact"),
    answer: ("first", "text"),
    practice: ("plan", "opening", "fear", "happened"),
    goal: ("text", "steps"),
}
