"""A reply as plain messages: what a channel cannot show is told in words, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from belay.domain.marking import named_parts
from belay.domain.reply import Button, Card, Reply
from belay.gateway.channel import Capabilities

# Where a long text is cut, best place first.
_BREAKS = ("\n\n", "\n", ". ", " ")


@dataclass(frozen=True)
class Rendered:
    """Messages in order; the buttons belong to the last. `picture` is a card worth drawing."""

    parts: tuple[str, ...]
    buttons: tuple[Button, ...] = ()
    picture: Card | None = None
    download: str | None = None


def render(
    reply: Reply,
    capabilities: Capabilities,
    *,
    labels: Mapping[str, str],
    public_url: str | None = None,
) -> Rendered:
    """Say a reply with what a channel has.

    Args:
        reply: what is to be said.
        capabilities: what the channel can show.
        labels: words of the interface (content/widget/labels.yml): edit, delete.
        public_url: where a browser reaches Belay; relative links are useless without it.
    """
    card = reply.card
    told = [reply.text, *_marks(reply)]
    download = None
    if card is not None:
        reachable = _address(card, public_url)
        told.append("\n".join(_card(card, reachable)))
        if card.kind == "download" and reachable is None and capabilities.files:
            download = card.url
    buttons = reply.buttons + (_card_buttons(card, labels) if card is not None else ())
    if buttons and not capabilities.buttons:
        told.append("\n".join(f"{place}. {one.title}" for place, one in enumerate(buttons, 1)))
    words = "\n\n".join(part.strip() for part in told if part.strip())
    return Rendered(
        parts=tuple(split(words, capabilities.longest_text)),
        buttons=buttons if capabilities.buttons else (),
        picture=card if _worth_drawing(card) and capabilities.pictures else None,
        download=download,
    )


def split(text: str, longest: int) -> list[str]:
    """Cut a text into messages of at most `longest` UTF-16 units, at the best place there is.

    Telegram and JavaScript count in UTF-16 units; counted so, a text is short enough for all.
    """
    parts = []
    rest = text.strip()
    while _units(rest) > longest:
        window = _first_units(rest, longest)
        cut = next(
            (
                found + len(mark)
                for mark in _BREAKS
                if (found := window.rfind(mark)) + len(mark) > len(window) // 2
            ),
            len(window),
        )
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def shortened(title: str, longest: int) -> str:
    """A button's title where a provider allows only short ones."""
    return title if _units(title) <= longest else _first_units(title, longest - 1).rstrip() + "…"


def _marks(reply: Reply) -> list[str]:
    """Marks name parts of a draft: what a colour shows elsewhere is listed here."""
    named = named_parts(reply)
    return ["\n".join(named)] if named else []


def _card(card: Card, address: str | None) -> list[str]:
    lines = [card.title, card.text]
    for point in card.points:
        before, after = point.get("before"), point.get("after")
        if before is not None or after is not None:
            lines.append(f"{point.get('label', '')}: {_known(before)} → {_known(after)}")
    if address is not None:
        lines.append(address)
    return [line for line in lines if line]


def _worth_drawing(card: Card | None) -> bool:
    return card is not None and bool(card.points or any(one["tried"] for one in card.weeks))


def _card_buttons(card: Card, labels: Mapping[str, str]) -> tuple[Button, ...]:
    made = [(labels["edit"], card.edit), (labels["delete"], card.delete)]
    return tuple(Button(title, press) for title, press in made if press)


def _address(card: Card, public_url: str | None) -> str | None:
    if card.url is None or not card.url.startswith("/"):
        return card.url
    return f"{public_url.rstrip('/')}{card.url}" if public_url else None


def _known(value: object) -> str:
    return "–" if value is None else str(value)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _first_units(text: str, count: int) -> str:
    """The longest beginning of a text that has at most this many UTF-16 units."""
    return text.encode("utf-16-le")[: 2 * count].decode("utf-16-le", errors="ignore")
