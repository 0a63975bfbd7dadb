"""What the bot can hand to a channel: text, buttons, a card, marks in a draft."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Means = Literal["affirm", "deny"]


@dataclass(frozen=True)
class Button:
    """One choice. `press` says what it does; `means` lets a typed yes or no stand for it."""

    title: str
    press: str
    means: Means | None = None
    style: str | None = None


@dataclass(frozen=True)
class Mark:
    """A named part of the client's own sentence, as offsets into the reply's text.

    `kind` is "strength", "issue", or "draft" for the whole of the client's words. `part` is what
    the words are in the finished statement ("feeling", "request"); `tip`: the tip is about them.
    """

    start: int
    end: int
    kind: str
    name: str
    part: str | None = None
    tip: bool = False


@dataclass(frozen=True)
class Card:
    """Something to keep or to look at: a finished statement, progress, a download, help lines.

    `points` are confidence before and after ({label, before, after}); `weeks` are counts by
    week ({label, words, tried}). Both are drawn, and told in words beside it.
    """

    kind: Literal["statement", "progress", "download", "lines"]
    title: str
    text: str
    id: str | None = None
    url: str | None = None
    edit: str | None = None
    delete: str | None = None
    points: tuple[dict[str, Any], ...] = ()
    weeks: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Reply:
    """One message from the bot. `line` is the id of the authored line it came from."""

    line: str
    text: str
    buttons: tuple[Button, ...] = ()
    card: Card | None = None
    marks: tuple[Mark, ...] = field(default=())
    tier: int = 0

    def as_dict(self) -> dict[str, Any]:
        """A JSON-ready form; `from_dict` reads it back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reply:
        """Read what `as_dict` wrote."""
        card = data.get("card")
        return cls(
            line=data["line"],
            text=data["text"],
            buttons=tuple(Button(**button) for button in data.get("buttons", ())),
            card=_card(card) if card else None,
            marks=tuple(Mark(**mark) for mark in data.get("marks", ())),
            tier=data.get("tier", 0),
        )


def _card(data: dict[str, Any]) -> Card:
    drawn = {name: tuple(data.get(name, ())) for name in ("points", "weeks")}
    return Card(**{**data, **drawn})
