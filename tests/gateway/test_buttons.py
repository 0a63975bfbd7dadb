"""Buttons on the wire, and what is typed in their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belay.domain.reply import Button
from belay.gateway.buttons import BadButton, ButtonSigner, typed_press
from belay.gateway.identity import ForgedIdentity, Identity, conversation_key

SIGNER = ButtonSigner("a key")
BUTTONS = [
    Button("Yes", "step.gate:yes"),
    Button("No", "step.gate:no"),
    Button("That's all for now", "talk.bye"),
]
TALK = conversation_key("web", "ann")
OTHER = conversation_key("web", "bea")


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 10**6))
def test_a_button_comes_back_as_it_was_signed(title: str, press: str, serial: int) -> None:
    made, number = SIGNER.read(SIGNER.sign(Button(title, press), TALK, serial), TALK)
    assert (made.title, made.value, number) == (title, press, serial)


@given(st.text(max_size=200))
def test_no_text_is_a_button(value: str) -> None:
    with pytest.raises(BadButton):
        SIGNER.read(value, TALK)


def test_a_button_of_another_conversation_or_key_is_refused() -> None:
    with pytest.raises(BadButton, match="another conversation"):
        SIGNER.read(SIGNER.sign(BUTTONS[0], TALK, 1), OTHER)
    with pytest.raises(BadButton, match="not made here"):
        SIGNER.read(ButtonSigner("another key").sign(BUTTONS[0], TALK, 1), TALK)


def test_a_signature_of_another_kind_is_no_button() -> None:
    with pytest.raises(BadButton):
        SIGNER.read(Identity("a key").new()[1], TALK)


@pytest.mark.parametrize("text", ["Yes", " yes ", "YES!", "yes."])
def test_a_title_may_be_typed_as_people_type(text: str) -> None:
    press = typed_press(text, BUTTONS, numbers=True)
    assert press is not None
    assert press.value == "step.gate:yes"


@pytest.mark.parametrize(
    ("text", "value"), [("1", "step.gate:yes"), ("#3", "talk.bye"), ("2.", "step.gate:no")]
)
def test_a_number_stands_for_a_button(text: str, value: str) -> None:
    press = typed_press(text, BUTTONS, numbers=True)
    assert press is not None
    assert press.value == value


@pytest.mark.parametrize("text", ["0", "4", "12", "1 or 2", "-1", "", "yes and no", "1.5", "²"])
def test_what_names_no_button_is_text(text: str) -> None:
    assert typed_press(text, BUTTONS, numbers=True) is None


def test_where_a_rating_is_asked_a_number_is_no_button() -> None:
    assert typed_press("1", BUTTONS, numbers=False) is None


def test_an_identity_comes_back_and_a_changed_one_does_not() -> None:
    identity = Identity("a key")
    address, cookie = identity.new()
    assert identity.read(cookie) == address
    for forged in ("", "x", cookie[:-1], cookie + "x", address):
        with pytest.raises(ForgedIdentity):
            identity.read(forged)


def test_two_visitors_never_share_an_address_or_a_conversation() -> None:
    addresses = {Identity("a key").new()[0] for _ in range(200)}
    assert len(addresses) == 200
    assert len({conversation_key("web", one) for one in addresses}) == 200


def test_channel_and_address_do_not_run_into_each_other() -> None:
    assert conversation_key("web", "x") != conversation_key("we", "bx")


OFFERED = [
    Button("A kind, clear no", "exercise.start:kind_no"),
    Button("Something else", "menu.all"),
    Button("Just talk", "talk.just"),
    Button("Skip", "step.skip"),
]


@pytest.mark.parametrize(
    ("text", "press"),
    [
        ("can we just talk", "talk.just"),
        ("Could we maybe just talk, please?", "talk.just"),
        ("i just want to talk", "talk.just"),
        ("I’d rather just talk, thanks", "talk.just"),
        ("ok let's just talk for a bit", "talk.just"),
        ("um, can we talk", "talk.just"),
        ("something else please", "menu.all"),
        ("could I have something else", "menu.all"),
        ("can i skip", "step.skip"),
        ("I'd like a kind, clear no", "exercise.start:kind_no"),
    ],
)
def test_a_title_may_be_asked_for_politely(text: str, press: str) -> None:
    found = typed_press(text, OFFERED, numbers=True)
    assert found is not None
    assert found.value == press


@pytest.mark.parametrize(
    "text",
    [
        "please",
        "just",
        "we just talk",
        "can we just talk about my mum",
        "i don't want to just talk",
        "why can't we just talk",
        "I want to talk to someone",
        "I just want to talk to him again",
        "can he just talk",
        "he needs something else",
        "I want something else from him",
        "we skip dinner",
        "no, let's not talk",
        "I want to die",
        "could we talk on Sunday?",
    ],
)
def test_a_sentence_that_says_more_is_no_button(text: str) -> None:
    assert typed_press(text, OFFERED, numbers=True) is None


@pytest.mark.parametrize("press", ["step.gate:no", "safety.choose:no", "delete.no", "consent.use"])
@pytest.mark.parametrize("text", ["maybe no", "i think no", "well, no", "perhaps no?"])
def test_a_hesitant_no_is_none_where_it_counts(press: str, text: str) -> None:
    assert typed_press(text, [Button("No", press)], numbers=True) is None
    assert typed_press("no", [Button("No", press)], numbers=True) is not None


def test_where_two_buttons_would_fit_none_is_pressed() -> None:
    both = [Button("Just talk", "talk.just"), Button("Talk first", "exercise.start:talk")]
    assert typed_press("can we talk", both, numbers=True) is None
    assert typed_press("just talk", both, numbers=True) is not None


@given(st.text(max_size=60))
def test_no_text_is_swallowed_that_holds_a_word_more(said: str) -> None:
    assert typed_press(f"{said} him", OFFERED, numbers=True) is None
