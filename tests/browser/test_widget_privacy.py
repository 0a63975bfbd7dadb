"""Leaving at once, and what a second person at the same screen can find."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .chat_page import ChatPage
from .fake_server import FakeChat
from .samples import CARE

pytestmark = pytest.mark.browser


@pytest.fixture
def chat(page: Page, chat_server: FakeChat) -> ChatPage:
    return ChatPage(page).opens(chat_server.url)


def left(page: Page, server: FakeChat) -> None:
    """The page is another one, the tab keeps no way back to the chat and no trace of it."""
    page.wait_for_url(f"{server.url}/left")
    assert page.evaluate("Object.keys(sessionStorage)") == []
    assert page.evaluate("history.length") <= 2  # the empty page of the new tab, and this one


def test_sr_35_leave_is_the_first_thing_that_tab_reaches(chat: ChatPage) -> None:
    chat.page.keyboard.press("Tab")
    assert chat.focused() == "Leave"
    chat.page.keyboard.press("Tab")
    assert chat.focused() == "Help now"


def test_sr_35_leave_replaces_the_page_and_clears_the_visit(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat.writes("private")
    chat.says("I hear you.")
    chat.field.fill("a private draft")
    chat.presses("Leave")
    left(chat.page, chat_server)
    ChatPage(chat.page).opens(chat_server.url)
    expect(chat.messages).to_have_count(0)
    expect(chat.field).to_have_value("")


def test_sr_35_escape_twice_leaves(chat: ChatPage, chat_server: FakeChat) -> None:
    chat.field.focus()
    chat.page.keyboard.press("Escape")
    chat.page.keyboard.press("Escape")
    left(chat.page, chat_server)


def test_escape_twice_leaves_from_anywhere_on_the_page(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat.page.get_by_role("heading", name="Belay on a website").click()
    chat.page.keyboard.press("Escape")
    chat.page.keyboard.press("Escape")
    left(chat.page, chat_server)


def test_two_slow_escapes_do_not_leave(chat: ChatPage, chat_server: FakeChat) -> None:
    chat.page.keyboard.press("Escape")
    chat.page.wait_for_timeout(2100)
    chat.page.keyboard.press("Escape")
    chat.page.wait_for_timeout(200)
    assert chat.page.url == f"{chat_server.url}/"


def test_a_choice_can_leave(chat: ChatPage, chat_server: FakeChat) -> None:
    chat_server.say(**CARE)
    chat.presses("No: leave page")
    left(chat.page, chat_server)
    assert chat_server.received == []


def test_the_view_is_empty_before_the_other_page_has_come(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat.writes("private")
    chat.says("I hear you.")
    seen_after_the_press = chat.page.locator("belay-chat").evaluate(
        """host => {
            host.shadowRoot.querySelector(".leave").click();
            const left = host.shadowRoot.querySelectorAll(".turn").length;
            return [left, getComputedStyle(host).display];
        }"""
    )
    assert seen_after_the_press == [0, "none"]


def test_it_says_that_the_browsers_history_stays(chat: ChatPage) -> None:
    expect(chat.page.get_by_text("Your browser still keeps its own history.")).to_be_visible()


def test_a_reload_goes_on_with_the_same_view(page: Page, chat_server: FakeChat) -> None:
    chat_server.say("from another day")
    chat = ChatPage(page).opens(chat_server.url)
    for number in range(4):
        chat.writes(f"message {number}")
        expect(chat.messages).to_have_count(2 * number + 2)
    chat.page.reload()
    expect(chat.messages).to_have_count(8)
    expect(chat.messages.first).to_contain_text("message 0")
    chat_server.say("and on it goes")
    expect(chat.messages).to_have_count(9)
    chat.presses("Show my earlier messages")
    expect(chat.messages).to_have_count(10)
    expect(chat.messages.first).to_contain_text("from another day")


def test_a_reload_of_words_that_were_not_kept_shows_no_empty_bubbles(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat.writes("hello")
    chat.shows("hello", "I hear you.")
    chat.has_sent()
    for row in chat_server.history:
        row["text"] = None
    chat.page.reload()
    chat.is_ready()
    chat.writes("on we go")
    chat.shows("on we go", "I hear you.")


def test_a_new_session_opens_empty_and_shows_history_only_on_request(
    chat: ChatPage, chat_server: FakeChat, context: BrowserContext
) -> None:
    for number in range(4):
        chat.writes(f"message {number}")
        expect(chat.messages).to_have_count(2 * number + 2)
    later = context.new_page()
    again = ChatPage(later).opens(chat_server.url)
    expect(again.messages).to_have_count(0)
    again.presses("Show my earlier messages")
    expect(again.messages).to_have_count(5)
    again.presses("Show my earlier messages")
    expect(again.messages).to_have_count(8)
    assert again.messages.first.inner_text().endswith("message 0")
    expect(again.button("Show my earlier messages")).to_be_hidden()
    assert len(set(chat_server.views)) == 2


def test_whoever_kept_no_words_is_told_that_nothing_earlier_is_there(
    page: Page, chat_server: FakeChat
) -> None:
    chat_server.say("from another day")
    chat_server.history[0]["text"] = None
    chat = ChatPage(page).opens(chat_server.url)
    chat.presses("Show my earlier messages")
    expect(page.get_by_role("status").filter(has_text="your words were not kept")).to_be_visible()
    expect(chat.messages).to_have_count(0)


def test_thirty_idle_minutes_empty_the_view(page: Page, chat_server: FakeChat) -> None:
    page.clock.install()
    chat = ChatPage(page).opens(chat_server.url)
    chat.writes("private")
    chat.says("I hear you.")
    chat.field.fill("a private draft")
    page.clock.fast_forward(29 * 60 * 1000)
    chat.says("I hear you.")
    page.clock.fast_forward(2 * 60 * 1000)
    expect(chat.messages).to_have_count(0)
    expect(chat.field).to_have_value("")
    expect(chat.button("Show my earlier messages")).to_be_visible()
    chat.writes("I am back")
    chat.shows("I am back", "I hear you.")


def test_deleted_history_leaves_the_view_and_the_receipt_stays(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat.writes("delete my data")
    chat.says("I hear you.")
    chat_server.send_event("gone")
    chat_server.say("It is deleted.")
    chat.shows("It is deleted.")
    chat.page.reload()
    chat.shows("It is deleted.")
    chat.writes("thank you")
    chat.shows("It is deleted.", "thank you", "I hear you.")


def test_the_tab_never_stores_the_conversation(chat: ChatPage) -> None:
    chat.writes("a private sentence")
    chat.says("I hear you.")
    chat.has_sent()
    stored = chat.page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    assert "private" not in stored
    assert "hear" not in stored


def test_a_closed_launcher_asks_the_server_nothing(page: Page, chat_server: FakeChat) -> None:
    page.goto(f"{chat_server.url}/shop")
    page.get_by_role("button", name="Open the chat").wait_for()
    page.wait_for_timeout(300)
    assert chat_server.views == []
    assert page.context.cookies() == []


def test_the_page_keeps_its_title(page: Page, chat_server: FakeChat) -> None:
    page.goto(f"{chat_server.url}/shop")
    page.get_by_role("button", name="Open the chat").click()
    chat = ChatPage(page)
    chat.is_ready()
    chat.writes("hello")
    chat.says("I hear you.")
    expect(page).to_have_title("A shop")


def test_another_device_can_be_linked_once_there_is_something_to_share(
    chat: ChatPage, page: Page, chat_server: FakeChat
) -> None:
    expect(chat.button("Link another device")).to_be_hidden()
    chat.writes("hello")
    chat.says("I hear you.")
    page.reload()
    chat.is_ready()
    chat.presses("Link another device")
    expect(chat.mine.last).to_contain_text("Link another device")


def test_a_view_that_was_cleared_for_an_onlooker_stays_empty_after_a_reload(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat.writes("something private")
    chat.shows("something private", "I hear you.")
    newest = max(row["cursor"] for row in chat_server.history)
    chat_server._cursor += 1
    chat_server.events.append(("gone", {"before": newest + 1}, chat_server._cursor))
    expect(chat.messages).to_have_count(0)
    chat_server.say("It may rain later.")
    expect(chat.messages).to_have_count(1)
    chat.page.reload()
    expect(chat.messages).to_have_count(1)
    expect(chat.messages.first).to_contain_text("It may rain later.")
