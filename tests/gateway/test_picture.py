"""The picture of progress for channels that draw nothing themselves."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from belay.domain.reply import Card
from belay.gateway.picture import MAIN, SLATE, progress_picture
from tests.gateway.shared import shared_content

LABELS = shared_content().widget_labels
POINT = {"label": "A limit I can keep", "before": 4, "after": 7}
WEEKS = (
    {"label": "23 Feb", "words": 1, "tried": 0},
    {"label": "2 Mar", "words": 0, "tried": 2},
)


def drawn(card: Card) -> Image.Image:
    """The picture, opened."""
    made = progress_picture(card, LABELS)
    assert made is not None
    return Image.open(BytesIO(made)).convert("RGB")


def colours(image: Image.Image) -> set[str]:
    """Every colour that covers some area."""
    found = image.getcolors(maxcolors=1_000_000) or []
    return {f"#{r:02X}{g:02X}{b:02X}" for count, (r, g, b) in found if count > 200}  # type: ignore[misc]


def test_both_strands_and_the_lines_are_drawn() -> None:
    image = drawn(Card("progress", "t", "x", points=(POINT,), weeks=WEEKS))
    assert {MAIN, SLATE} <= colours(image)
    assert image.width == 1000


def test_without_weeks_only_the_lines_are_drawn() -> None:
    image = drawn(Card("progress", "t", "x", points=(POINT,)))
    assert SLATE not in colours(image)
    assert image.height < 400


def test_many_exercises_do_not_make_an_endless_picture() -> None:
    image = drawn(Card("progress", "t", "x", points=(POINT,) * 60, weeks=WEEKS))
    assert image.height < 1400


def test_a_rating_that_is_missing_leaves_its_dot_out() -> None:
    drawn(Card("progress", "t", "x", points=({"label": "x", "before": None, "after": 3},)))
    nothing = {"label": "x", "before": None, "after": None}
    assert progress_picture(Card("progress", "t", "x", points=(nothing,)), LABELS) is None


def test_with_nothing_to_draw_there_is_no_picture() -> None:
    assert progress_picture(Card("progress", "t", "x"), LABELS) is None


def test_a_long_title_breaks_nothing() -> None:
    drawn(Card("progress", "t", "x", points=({**POINT, "label": "Ärger und Nähe 你好 " * 20},)))
