"""The widget and a network that comes and goes: nothing lost, nothing twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .chat_page import ChatPage, wait_until
from .fake_server import FakeChat

pytestmark = pytest.mark.browser


@pytest.fixture
def chat(page: Page, chat_server: FakeChat) -> ChatPage:
    return ChatPage(page).opens(chat_server.url)


def test_words_written_while_the_server_is_away_arrive_once_in_order(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat.writes("before")
    chat.says("I hear you.")
    chat_server.stop()
    chat.writes("first")
    chat.writes("second")
    expect(chat.waiting).to_have_count(2)
    expect(chat.waiting.first).to_contain_text("Not sent yet.")
    expect(chat.notice).to_contain_text("No connection.")
    chat.field.fill("a draft being written")
    chat_server.start()
    expect(chat.notice).to_be_hidden(timeout=15000)
    expect(chat.waiting).to_have_count(0)
    expect(chat.messages).to_have_count(6)
    expect(chat.mine.locator(".bubble")).to_have_text(["before", "first", "second"])
    assert [message["text"] for message in chat_server.received] == ["before", "first", "second"]
    expect(chat.field).to_have_value("a draft being written")


def test_a_message_whose_answer_got_lost_is_not_said_twice(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat_server.lose_answers = 1
    chat.writes("only once")
    chat.says("I hear you.")
    expect(chat.waiting).to_have_count(0)
    chat.page.wait_for_timeout(1500)
    chat.shows("only once", "I hear you.")
    assert len(chat_server.accepted) == 1


def test_what_was_said_while_the_stream_was_broken_is_not_missed(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat_server.say("one")
    chat.says("one")
    chat_server.drop_streams()
    chat_server.say("two")
    chat_server.say("three")
    chat.shows("one", "two", "three")
    expect(chat.notice).to_be_hidden()


def test_a_stream_that_begins_again_from_the_start_repeats_nothing(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    one = chat_server.say("one")
    chat_server.say("two")
    chat.shows("one", "two")
    chat_server.send_event("message", **one)
    chat_server.say("three")
    chat.shows("one", "two", "three")


def test_a_visit_the_server_forgot_is_opened_again_by_itself(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat_server.cookie = "two"
    chat.writes("still me")
    chat.says("I hear you.")
    expect(chat.waiting).to_have_count(0)
    assert len(chat_server.accepted) == 1


def test_a_busy_server_is_given_the_time_it_asks_for(chat: ChatPage, chat_server: FakeChat) -> None:
    chat_server.problems.append((429, {"Retry-After": "2"}))
    chat.writes("patience")
    expect(chat.waiting).to_have_count(1)
    chat.page.wait_for_timeout(800)
    assert chat_server.received == []
    chat.says("I hear you.")
    expect(chat.waiting).to_have_count(0)


def test_pressing_try_again_tries_at_once(chat: ChatPage, chat_server: FakeChat) -> None:
    chat_server.problems.append((503, {"Retry-After": "600"}))
    chat.writes("now please")
    chat.presses("Try again")
    chat.says("I hear you.")


def test_unsent_words_and_the_draft_survive_a_reload(chat: ChatPage, chat_server: FakeChat) -> None:
    chat_server.problems.extend([(503, {"Retry-After": "60"})])
    chat.writes("not gone yet")
    expect(chat.waiting).to_have_count(1)
    chat.field.fill("half a sentence")
    chat.page.reload()
    chat.is_ready()
    expect(chat.field).to_have_value("half a sentence")
    chat.shows("not gone yet", "I hear you.")
    assert len(chat_server.accepted) == 1


def test_help_is_there_without_a_connection(chat: ChatPage, chat_server: FakeChat) -> None:
    chat.presses("Help now")
    expect(chat.page.get_by_role("link", name="116 123")).to_be_visible()
    chat.presses("Close")
    chat_server.stop()
    chat.presses("Help now")
    expect(chat.page.get_by_role("link", name="116 123")).to_have_attribute("href", "tel:116123")


def test_without_any_first_connection_help_names_the_emergency_number(
    page: Page, chat_server: FakeChat
) -> None:
    page.route("**/chat/**", lambda route: route.abort())
    page.goto(chat_server.url)
    page.get_by_role("button", name="Help now").click()
    expect(page.get_by_text("Call your local emergency number.")).to_be_visible()
    expect(page.get_by_role("link", name="Open the help lines as a page")).to_be_visible()
    expect(page.locator(".notice")).to_contain_text("No connection.")


def test_what_was_shown_is_told_and_what_nobody_saw_is_not(
    page: Page, chat_server: FakeChat
) -> None:
    page.goto(f"{chat_server.url}/shop")
    page.get_by_role("button", name="Open the chat").click()
    chat = ChatPage(page)
    chat.is_ready()
    chat_server.say("seen")
    wait_until(lambda: chat_server.seen == [1], page)
    chat.presses("Close")
    chat_server.say("not seen")
    launcher = page.get_by_role("button", name="Open the chat, new message")
    expect(launcher).to_be_visible()
    page.wait_for_timeout(800)
    assert chat_server.seen == [1]
    launcher.click()
    chat.says("not seen")
    wait_until(lambda: chat_server.seen == [1, 2], page)


def test_words_sent_in_one_tab_appear_in_the_other(
    chat: ChatPage, chat_server: FakeChat, context: BrowserContext
) -> None:
    chat_server.echo = True
    other = ChatPage(context.new_page()).opens(chat_server.url)
    chat.writes("from the first")
    other.shows("from the first", "I hear you.")
    chat.shows("from the first", "I hear you.")
