"""Progress as a picture, for channels that show pictures and draw nothing themselves.

Two strands, one for what got words and one for what was tried, by week; beneath them a thin
line for each exercise, from the confidence before to the one after. The card's text says the
same in words and is sent with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from belay.domain.reply import Card

WIDTH = 1000
MARGIN = 60
STRAND = 130
ROW = 96
MOST_ROWS = 8
TOP = 10
PAGE, INK, MUTED, LINE = "#FBF8F3", "#1F2A2E", "#56646A", "#D9D4CA"
MAIN, SLATE = "#1F5C53", "#4A5A68"
_SMALL = 24

Labels = Mapping[str, Any]


@dataclass(frozen=True)
class _Sheet:
    draw: ImageDraw.ImageDraw
    labels: Labels

    def text(
        self,
        at: tuple[float, float],
        words: str,
        *,
        size: int = _SMALL,
        fill: str = INK,
        **more: Any,
    ) -> None:
        self.draw.text(at, words, fill=fill, font=ImageFont.load_default(size), **more)


def progress_picture(card: Card, labels: Labels) -> bytes | None:
    """A PNG of a progress card, or None where it has nothing to draw.

    Args:
        card: With `points`, `weeks` or both.
        labels: Words of the interface: strand_words, strand_tried, before, after.
    """
    weeks = [one for one in card.weeks if isinstance(one.get("words"), int)]
    points = [one for one in card.points if _given(one.get("before")) or _given(one.get("after"))]
    points = points[-MOST_ROWS:]
    if not points and not any(one["words"] or one["tried"] for one in weeks):
        return None
    strands = 2 * STRAND + 70 if weeks else 0
    height = MARGIN + strands + ROW * len(points) + (40 if points else 0) + MARGIN
    image = Image.new("RGB", (WIDTH, height), PAGE)
    sheet = _Sheet(ImageDraw.Draw(image), labels)
    if weeks:
        _strand(sheet, MARGIN, str(labels["strand_words"]), weeks, "words", MAIN)
        _strand(sheet, MARGIN + STRAND, str(labels["strand_tried"]), weeks, "tried", SLATE)
        _dates(sheet, MARGIN + 2 * STRAND, weeks)
    for place, point in enumerate(points):
        _confidence(sheet, MARGIN + strands + ROW * place, point)
    if points:
        _key(sheet, MARGIN + strands + ROW * len(points))
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _strand(
    sheet: _Sheet, top: int, name: str, weeks: list[dict[str, Any]], kind: str, colour: str
) -> None:
    sheet.text((MARGIN, top), name, fill=colour)
    middle = top + 84
    places = [(_across(place, len(weeks)), middle) for place in range(len(weeks))]
    sheet.draw.line(places, fill=colour, width=4)
    for (x, y), week in zip(places, weeks, strict=True):
        count = week[kind]
        if count:
            size = min(10 + 3 * count, 22)
            sheet.draw.ellipse((x - size, y - size, x + size, y + size), fill=colour)
            sheet.text((x, y), str(count), fill=PAGE, anchor="mm")


def _dates(sheet: _Sheet, top: int, weeks: list[dict[str, Any]]) -> None:
    for place, week in enumerate(weeks):
        at = (_across(place, len(weeks)), top)
        sheet.text(at, str(week["label"]), fill=MUTED, anchor="ma")


def _confidence(sheet: _Sheet, top: int, point: dict[str, Any]) -> None:
    before, after = point.get("before"), point.get("after")
    sheet.text((MARGIN, top), str(point.get("label", "")))
    y = top + 56
    sheet.draw.line((_scale(0), y, _scale(TOP), y), fill=LINE, width=3)
    if _given(before) and _given(after):
        sheet.draw.line((_scale(before), y, _scale(after), y), fill=MAIN, width=5)
    if _given(before) and before != after:
        _dot(sheet, before, y, fill=PAGE)
    if _given(after):
        _dot(sheet, after, y, fill=MAIN)


def _dot(sheet: _Sheet, value: Any, y: int, *, fill: str) -> None:
    x = _scale(value)
    sheet.draw.ellipse((x - 15, y - 15, x + 15, y + 15), fill=fill, outline=MAIN, width=4)
    ink = PAGE if fill == MAIN else MAIN
    sheet.text((x, y), str(value), size=18, fill=ink, anchor="mm")


def _key(sheet: _Sheet, top: int) -> None:
    x = float(MARGIN + 12)
    for name, fill in (("before", PAGE), ("after", MAIN)):
        sheet.draw.ellipse((x - 9, top + 6, x + 9, top + 24), fill=fill, outline=MAIN, width=3)
        words = str(sheet.labels[name])
        sheet.text((x + 20, top), words, fill=MUTED)
        x += 60 + sheet.draw.textlength(words, font=ImageFont.load_default(_SMALL))


def _across(place: int, count: int) -> float:
    step = (WIDTH - 2 * MARGIN - 60) / max(count - 1, 1)
    return MARGIN + 30 + place * step


def _scale(value: Any) -> float:
    return MARGIN + 20 + float(value) / TOP * (WIDTH - 2 * MARGIN - 40)


def _given(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value <= TOP
