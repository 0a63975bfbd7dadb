"""What a channel hands to the gateway, and what it gets back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from belay.domain.floor import Verdict
from belay.domain.reply import Reply
from belay.domain.turn import Turn, Understood

TEXT_LIMIT = 4000


@dataclass(frozen=True)
class InboundMessage:
    """One message of one sender.

    `button` is the opaque value of a pressed button and `title` what stood on it, when the
    provider tells. `command` is a press that the channel itself vouches for ("delete.ask").
    """

    channel: str
    address: str
    provider_id: str
    text: str
    at: datetime
    button: str | None = None
    onboarded: bool = False
    command: str | None = None
    title: str = ""


@dataclass(frozen=True)
class ExerciseSeen:
    """Where the client's exercise stood after a turn."""

    id: str
    step: str
    state: str


@dataclass(frozen=True)
class Answered:
    """The outcome of a turn, for channels that wait for it."""

    inbox_id: str
    conversation_id: str
    replies: tuple[Reply, ...]
    understood: Understood | None
    verdict: Verdict
    exercise: ExerciseSeen | None
    cursors: tuple[int, ...] = ()
    serial: int = 0


def answered(turn: Turn, cursors: tuple[int, ...]) -> Answered:
    """The outcome of a turn that was committed with these cursors."""
    latest = turn.run or turn.latest_touched()
    seen = None
    if latest is not None:
        seen = ExerciseSeen(latest.exercise_id, latest.position, latest.state.value)
    return Answered(
        inbox_id=turn.id,
        conversation_id=turn.conversation.id,
        replies=tuple(turn.replies),
        understood=turn.understood,
        verdict=turn.verdict,
        exercise=seen,
        cursors=cursors,
        serial=turn.conversation.serial,
    )


@dataclass(frozen=True)
class Accepted:
    """A message was taken. `direct` holds replies that could not go through the outbox."""

    inbox_id: str | None
    conversation_id: str | None
    duplicate: bool = False
    direct: tuple[Reply, ...] = field(default=())


class Refused(Exception):
    """A message that is not taken. `status` is the HTTP status that says why.

    `detail` is for developers: programs, other sites' pages, providers. What a client may read
    is a `ToldRefusal`.
    """

    def __init__(self, status: int, title: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.title = title
        self.detail = detail


class ToldRefusal(Refused):
    """A refusal that a client may read: `line` names a sentence of content/widget/problems.yml."""

    def __init__(self, status: int, line: str, **values: object) -> None:
        super().__init__(status, HTTPStatus(status).phrase, line)
        self.line = line
        self.values = values
