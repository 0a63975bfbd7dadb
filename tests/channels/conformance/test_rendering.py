"""Nothing that Belay can say is lost where a channel has only text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belay.domain.reply import Button, Card, Mark, Reply
from belay.gateway.buttons import SHORT, BadButton, ButtonSigner
from belay.gateway.channel import Capabilities
from belay.gateway.render import render, shortened, split
from tests.gateway.shared import shared_content

TEXT_ONLY = Capabilities(buttons=False, longest_text=1000)
LABELS = {"edit": "Change", "delete": "Delete"}
IDS = {"id": "f" * 32, "talk": "f" * 12, "exercise": "", "step": "", "option": "", "role": ""}


def every_press() -> list[str]:
    """Every press that content can make, with its longest argument."""
    content = shared_content()
    exercises = content.catalogue.all()
    longest = {
        "exercise": max((one.id for one in exercises), key=len),
        "step": max((step.id for one in exercises for step in one.steps), key=len),
        "option": max(
            (option.id for one in exercises for step in one.steps for option in step.options),
            key=len,
            default="x",
        ),
        "role": max(content.words.roles(), key=len),
        "code": "ZZ",
    }
    found = []
    for shape in content.words.buttons.values():
        press = shape.press
        for name, value in {**IDS, **longest}.items():
            press = press.replace(f"{{{name}}}", value or longest.get(name, ""))
        found.append(press)
    return found


@pytest.mark.parametrize("press", sorted(set(every_press())))
def test_every_button_fits_where_a_provider_allows_64_bytes(press: str) -> None:
    signer = ButtonSigner("key")
    value = signer.sign_short(Button("title", press), "a" * 32, 0xFFFFF)
    assert len(value.encode()) <= SHORT
    made, serial = signer.read(value, "a" * 32)
    assert (made.value, serial) == (press, 0xFFFFF)


def test_a_short_value_is_good_in_its_own_conversation_only() -> None:
    signer = ButtonSigner("key")
    value = signer.sign_short(Button("Delete", "delete.yes"), "a" * 32, 7)
    for other in ("b" * 32, ""):
        with pytest.raises(BadButton):
            signer.read(value, other)
    with pytest.raises(BadButton):
        ButtonSigner("another key").read(value, "a" * 32)


@given(st.text(max_size=70))
def test_no_made_up_value_is_a_button(value: str) -> None:
    with pytest.raises(BadButton):
        ButtonSigner("key").read("~" + value, "a" * 32)


@pytest.mark.parametrize("line", sorted(shared_content().words.lines))
def test_every_button_of_every_line_is_told_in_text(line: str) -> None:
    content = shared_content()
    shape = content.words.lines[line]
    made = tuple(
        Button(content.words.buttons[name].title, content.words.buttons[name].press)
        for name in shape.buttons
    )
    rendered = render(Reply(line, shape.variants[0], made), TEXT_ONLY, labels=LABELS)
    told = "\n".join(rendered.parts)
    assert rendered.buttons == ()
    for place, button in enumerate(made, start=1):
        assert f"{place}. {button.title}" in told


def test_a_picture_of_progress_is_told_in_numbers() -> None:
    points = ({"label": "A limit", "before": 3, "after": 7}, {"label": "A no", "before": 4})
    card = Card("progress", "Your progress", "Two exercises.", points=points)
    told = "\n".join(render(Reply("x.y", "Here.", card=card), TEXT_ONLY, labels=LABELS).parts)
    assert "A limit: 3 → 7" in told
    assert "A no: 4 → –" in told


def test_marks_are_named_in_words() -> None:
    reply = Reply("x.y", "You never listen.", marks=(Mark(4, 9, "rule", "a rule for them"),))
    told = "\n".join(render(reply, TEXT_ONLY, labels=LABELS).parts)
    assert "“never”: a rule for them" in told


def test_a_statement_can_be_changed_and_deleted_by_buttons() -> None:
    card = Card("statement", "Mine", "I rest.", edit="artefact.edit:1", delete="artefact.delete:1")
    rendered = render(Reply("x.y", "Kept.", card=card), Capabilities(buttons=True), labels=LABELS)
    assert [button.title for button in rendered.buttons] == ["Change", "Delete"]


def test_a_link_is_told_only_where_it_can_be_opened() -> None:
    card = Card("download", "Your data", "It works once.", url="/chat/export/abc")
    reply = Reply("x.y", "Ready.", card=card)
    with_files = Capabilities(buttons=True, files=True)
    assert render(reply, with_files, labels=LABELS).download == "/chat/export/abc"
    public = render(reply, with_files, labels=LABELS, public_url="https://belay.example/")
    assert "https://belay.example/chat/export/abc" in public.parts[0]
    assert public.download is None


@given(st.text(min_size=1, max_size=5000), st.integers(min_value=20, max_value=4096))
def test_no_part_is_too_long_and_no_sign_is_lost(text: str, longest: int) -> None:
    parts = split(text, longest)
    assert all(0 < len(part.encode("utf-16-le")) // 2 <= longest for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.text(min_size=1, max_size=200))
def test_a_shortened_title_fits(title: str) -> None:
    assert len(shortened(title, 30).encode("utf-16-le")) // 2 <= 30
