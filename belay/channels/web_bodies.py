"""What the widget sends: the bodies of its requests, and nothing beside them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

CURSOR_LIMIT = 2**53


class Opening(BaseModel):
    """The widget opens a view."""

    model_config = ConfigDict(extra="forbid")
    view: str = Field(min_length=1, max_length=80)


class Sent(BaseModel):
    """The widget sends a text or a button."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(min_length=8, max_length=80, pattern=r"^[\w-]+$")
    text: str = Field(default="", max_length=200_000)
    button: str | None = Field(default=None, max_length=2000)
    title: str | None = Field(default=None, max_length=200)


class Seen(BaseModel):
    """The widget showed everything up to a cursor."""

    model_config = ConfigDict(extra="forbid")
    cursor: int = Field(ge=0, le=CURSOR_LIMIT)


class Unlock(BaseModel):
    """The widget asks for earlier messages with the PIN."""

    model_config = ConfigDict(extra="forbid")
    pin: str = Field(min_length=1, max_length=20)
    before: int | None = Field(default=None, ge=1, le=CURSOR_LIMIT)
