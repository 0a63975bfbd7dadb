"""Typing a PIN: in a form of the chat's own, never readable, with every way out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from .chat_page import ChatPage, wait_until
from .fake_server import FakeChat
from .samples import NEW_PIN, OLD_PIN

pytestmark = pytest.mark.browser

PIN = "4827"
FIELD, AGAIN = "PIN, 4 to 8 digits", "The same PIN once more"


class Lock:
    """Stands before the history and opens to one PIN."""

    def __init__(self, server: FakeChat) -> None:
        self.server = server
        self.given: list[str] = []
        self.locked = 0

    def answer(self, route: Route) -> None:
        body = route.request.post_data_json if route.request.method == "POST" else {}
        pin = (body or {}).get("pin")
        if pin:
            self.given.append(pin)
        if self.locked:
            self._refuse(route, 429, "Please wait.", {"Retry-After": str(self.locked)})
        elif pin == PIN:
            before = body["before"] if body and body.get("before") else 10**9
            older = [row for row in self.server.history if row["cursor"] < before]
            route.fulfill(json={"messages": older[-2:], "more": len(older) > 2})
        else:
            said = "That PIN does not match." if pin else "Your PIN opens it."
            self._refuse(route, 403, said, {})

    def _refuse(self, route: Route, status: int, detail: str, headers: dict[str, str]) -> None:
        problem = {"status": status, "title": "No", "detail": detail}
        kind = {"Content-Type": "application/problem+json"}
        route.fulfill(status=status, headers={**headers, **kind}, json=problem)


@pytest.fixture
def lock(page: Page, chat_server: FakeChat) -> Lock:
    lock = Lock(chat_server)
    page.route("**/chat/history*", lock.answer)
    for number in range(4):
        chat_server.say(f"from another day, {number}")
    return lock


@pytest.fixture
def chat(page: Page, chat_server: FakeChat) -> ChatPage:
    return ChatPage(page).opens(chat_server.url)


def asks(chat: ChatPage, server: FakeChat, question: dict[str, Any]) -> None:
    server.answers = [question]
    chat.writes("A PIN")
    expect(chat.page.get_by_label(FIELD)).to_be_focused()


def test_earlier_messages_open_with_the_pin_and_stay_open_for_the_next_page(
    lock: Lock, chat: ChatPage
) -> None:
    field = chat.page.get_by_label(FIELD)
    chat.presses("Show my earlier messages")
    expect(chat.page.get_by_role("form", name="Your PIN opens it.")).to_be_visible()
    expect(field).to_be_focused()
    expect(chat.messages).to_have_count(0)
    field.fill("0000")
    field.press("Enter")
    expect(chat.page.get_by_role("status").filter(has_text="does not match")).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    expect(field).to_have_accessible_description("That PIN does not match.")
    field.fill(PIN)
    chat.presses("Open")
    expect(chat.messages).to_have_count(2)
    expect(chat.button("Show my earlier messages")).to_be_focused()
    chat.presses("Show my earlier messages")
    expect(chat.messages.first).to_contain_text("from another day, 0")
    assert lock.given == ["0000", PIN, PIN]


def test_the_question_for_the_pin_can_be_left_by_the_keyboard(
    lock: Lock, chat: ChatPage, page: Page
) -> None:
    chat.presses("Show my earlier messages")
    expect(page.get_by_label(FIELD)).to_be_focused()
    for name in ("Open", "Cancel"):
        page.keyboard.press("Tab")
        assert chat.focused() == name
    page.keyboard.press("Enter")
    expect(page.get_by_label(FIELD)).to_have_count(0)
    expect(chat.button("Show my earlier messages")).to_be_focused()
    assert lock.given == []


def test_after_too_many_tries_it_says_when_one_may_try_again(lock: Lock, chat: ChatPage) -> None:
    chat.presses("Show my earlier messages")
    expect(chat.page.get_by_label(FIELD)).to_be_focused()
    lock.locked = 2
    chat.page.get_by_label(FIELD).fill("1111")
    chat.presses("Open")
    told = chat.page.get_by_role("status").filter(has_text="Too many tries.")
    expect(told).to_have_text(re.compile(r"You can try again at \d\d:\d\d\."))
    expect(chat.button("Open")).to_be_disabled()
    lock.locked = 0
    expect(chat.button("Open")).to_be_enabled()
    chat.page.get_by_label(FIELD).fill(PIN)
    chat.presses("Open")
    expect(chat.messages).to_have_count(2)


def test_a_pin_is_forgotten_with_the_view(lock: Lock, chat: ChatPage, page: Page) -> None:
    chat.presses("Show my earlier messages")
    page.get_by_label(FIELD).fill(PIN)
    chat.presses("Open")
    expect(chat.messages).to_have_count(2)
    page.reload()
    chat.is_ready()
    chat.presses("Show my earlier messages")
    expect(page.get_by_label(FIELD)).to_be_visible()
    expect(chat.messages).to_have_count(0)


def test_a_new_pin_is_typed_twice_and_never_readable(
    chat: ChatPage, chat_server: FakeChat, page: Page
) -> None:
    asks(chat, chat_server, NEW_PIN)
    page.get_by_label(FIELD).fill("12ab")
    chat.presses("Use this PIN")
    expect(page.get_by_text("A PIN has 4 to 8 digits.")).to_be_visible()
    page.get_by_label(FIELD).fill(PIN)
    page.get_by_label(AGAIN).fill("4872")
    chat.presses("Use this PIN")
    expect(page.get_by_text("The two are not the same.")).to_be_visible()
    expect(page.get_by_label(AGAIN)).to_be_focused()
    page.get_by_label(AGAIN).fill(PIN)
    page.keyboard.press("Enter")
    expect(page.get_by_label(FIELD)).to_have_count(0)
    expect(chat.mine.last).to_contain_text("••••")
    wait_until(lambda: len(chat_server.received) == 2, page)
    assert chat_server.received[1]["text"] == PIN
    assert set(chat_server.received[1]) == {"id", "text"}
    assert PIN not in page.locator("belay-chat").evaluate("host => host.shadowRoot.textContent")


def test_a_pin_that_waits_for_a_connection_is_in_no_store(
    chat: ChatPage, chat_server: FakeChat, page: Page
) -> None:
    asks(chat, chat_server, OLD_PIN)
    page.context.set_offline(True)
    page.get_by_label(FIELD).fill(PIN)
    page.keyboard.press("Enter")
    expect(chat.mine.last).to_contain_text("••••")
    assert PIN not in page.evaluate("JSON.stringify({...sessionStorage})")
    page.context.set_offline(False)
    wait_until(lambda: len(chat_server.received) == 2, page, 20)


def test_a_pin_typed_where_one_writes_is_hidden_as_well(
    chat: ChatPage, chat_server: FakeChat, page: Page
) -> None:
    asks(chat, chat_server, OLD_PIN)
    page.get_by_role("textbox", name="Write what is on your mind").fill(PIN)
    chat.presses("Send")
    expect(chat.mine.last).to_contain_text("••••")
    expect(page.get_by_label(FIELD)).to_have_count(0)


@pytest.mark.parametrize("kept", [True, False])
def test_a_page_that_is_loaded_again_asks_for_the_pin_in_its_form_again(
    chat: ChatPage, chat_server: FakeChat, page: Page, kept: bool
) -> None:
    asks(chat, chat_server, OLD_PIN)
    row = chat_server.history[-1]
    wait_until(lambda: not chat_server.events, page)  # delivered: the stream has it no more
    if not kept:
        chat_server.history.clear()
    chat_server.question = {**row, **OLD_PIN}
    page.reload()
    expect(page.get_by_label(FIELD)).to_have_count(1)
    expect(chat.messages.filter(has_text=OLD_PIN["text"])).to_have_count(1)
    page.get_by_role("textbox", name="Write what is on your mind").fill(PIN)
    chat.presses("Send")
    expect(chat.mine.last).to_contain_text("••••")
    expect(page.get_by_label(FIELD)).to_have_count(0)


def test_a_new_view_shows_no_question_for_a_pin(chat_server: FakeChat, page: Page) -> None:
    chat_server.question = {**chat_server.say(**OLD_PIN), **OLD_PIN}
    chat = ChatPage(page).opens(chat_server.url)
    chat.writes("hello")
    chat.says("I hear you.")
    expect(page.get_by_label(FIELD)).to_have_count(0)


def test_the_way_back_is_the_question_s_own_button(chat: ChatPage, chat_server: FakeChat) -> None:
    asks(chat, chat_server, NEW_PIN)
    expect(chat.button("Never mind")).to_have_count(1)
    chat.presses("Never mind")
    chat.says("Never mind")
    assert chat_server.received[1]["button"] == "signed-not"


def test_the_field_brings_up_digits_and_is_offered_to_no_list_of_passwords(
    chat: ChatPage, chat_server: FakeChat, page: Page
) -> None:
    asks(chat, chat_server, OLD_PIN)
    field = page.get_by_label(FIELD)
    for name, value in {
        "type": "password", "inputmode": "numeric", "autocomplete": "one-time-code",
    }.items():  # fmt: skip
        expect(field).to_have_attribute(name, value)


def test_nobody_who_is_writing_loses_the_focus_to_it(
    chat: ChatPage, chat_server: FakeChat, page: Page
) -> None:
    chat.writes("hello")
    chat.says("I hear you.")
    writing = page.get_by_role("textbox", name="Write what is on your mind")
    writing.press_sequentially("I wanted to say")
    chat_server.say(**OLD_PIN)
    expect(page.get_by_label(FIELD)).to_be_visible()
    expect(writing).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_form_on_a_narrow_screen(
    browser: Browser, chat_server: FakeChat, scheme: Any
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page = context.new_page()
    chat = ChatPage(page).opens(chat_server.url)
    asks(chat, chat_server, NEW_PIN)
    expect(page.get_by_label(FIELD)).to_be_in_viewport(ratio=1)
    chat.presses("Use this PIN")
    expect(page.get_by_text("A PIN has 4 to 8 digits.")).to_be_visible()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.locator("belay-chat").evaluate(
        """host => [...host.shadowRoot.querySelectorAll(".pin :is(input, button)")]
            .filter(node => node.getBoundingClientRect().height < 44).length"""
    )
    assert small == 0
    context.close()
