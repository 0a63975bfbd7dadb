"""What is fetched when: one file at first sight, a second one when somebody talks."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .chat_page import ChatPage
from .fake_server import FakeChat
from .samples import CARE, DRAFT, PROGRESS

pytestmark = pytest.mark.browser

MISSING = "A part of this did not load."
SECOND = "**/belay-chat-more.js*"


@pytest.fixture
def fetched(page: Page, chat_server: FakeChat) -> list[str]:
    """Paths of Belay's that the page asked for."""
    paths: list[str] = []
    page.on("request", lambda asked: paths.append(asked.url.removeprefix(chat_server.url)))
    return paths


def test_a_first_visit_fetches_one_file_and_three_answers(
    page: Page, chat_server: FakeChat, fetched: list[str]
) -> None:
    page.goto(f"{chat_server.url}/shop")
    page.get_by_role("button", name="Open the chat").click()
    ChatPage(page).is_ready()
    page.wait_for_timeout(500)
    ours = sorted(
        path.partition("?")[0] for path in fetched if path not in ("/shop", "/favicon.ico")
    )
    assert ours == ["/chat/events", "/chat/help", "/chat/open", "/widget/belay-chat.js"]


def test_the_second_file_comes_once_with_the_first_words(
    page: Page, chat_server: FakeChat, fetched: list[str]
) -> None:
    chat = ChatPage(page).opens(chat_server.url)
    chat.writes("hello")
    chat.says("I hear you.")
    chat_server.say(**DRAFT)
    chat_server.say("", card=PROGRESS)
    expect(page.locator("svg.confidence")).to_have_count(4)
    expect(page.locator("mark")).to_have_count(6)
    assert [path for path in fetched if "more" in path] == ["/widget/belay-chat-more.js"]


def test_words_do_not_wait_for_a_drawing(page: Page, chat_server: FakeChat) -> None:
    page.route(SECOND, lambda route: None)  # never answered
    chat = ChatPage(page).opens(chat_server.url)
    chat_server.say("", card=PROGRESS)
    expect(page.get_by_text("How sure you felt, from 0 to 10.")).to_be_visible()
    chat_server.say(**CARE)
    chat.says("Is it safe to read this here?")
    expect(chat.button("Show me a line")).to_be_visible()


def without_the_second_file(page: Page, chat_server: FakeChat) -> ChatPage:
    """A chat with a draft that the page cannot draw."""
    page.route(SECOND, lambda route: route.abort())
    chat = ChatPage(page).opens(chat_server.url)
    chat_server.say(**DRAFT)
    return chat


def asks_again(page: Page, chat: ChatPage) -> None:
    """The file is there now, and the client presses the button."""
    page.unroute(SECOND)
    chat.presses("Try again")


def test_a_part_that_does_not_load_says_so_and_can_be_asked_for_again(
    page: Page, chat_server: FakeChat
) -> None:
    chat = without_the_second_file(page, chat_server)
    chat.says("I feel watched")
    expect(page.get_by_role("status").filter(has_text=MISSING)).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)
    asks_again(page, chat)
    expect(page.locator("mark")).to_have_count(6)
    expect(page.get_by_text(MISSING)).to_have_count(0)


def test_a_drawing_that_comes_late_is_not_read_out_a_second_time(
    page: Page, chat_server: FakeChat
) -> None:
    chat = without_the_second_file(page, chat_server)
    expect(page.get_by_text(MISSING)).to_be_visible()
    asks_again(page, chat)
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator(".bubble").filter(has=page.locator("mark"))).to_have_attribute(
        "aria-live", "off"
    )


def test_earlier_messages_say_kindly_that_they_could_not_be_shown(
    page: Page, chat_server: FakeChat
) -> None:
    chat_server.say("from another day")
    page.route(SECOND, lambda route: route.abort())
    chat = ChatPage(page).opens(chat_server.url)
    chat.presses("Show my earlier messages")
    expect(chat.notice).to_contain_text(MISSING)
    page.unroute(SECOND)
    chat.presses("Show my earlier messages")
    chat.says("from another day")


def test_two_chats_on_one_page_share_the_second_file_and_both_draw(
    context: BrowserContext, chat_server: FakeChat
) -> None:
    page = context.new_page()
    chat_server.host_page = (
        "<!doctype html><title>Two</title><main><belay-chat></belay-chat><belay-chat></belay-chat>"
        '</main><script type="module" src="/widget/belay-chat.js"></script>'
    )
    page.goto(f"{chat_server.url}/shop")
    expect(page.locator(".intro .muted").nth(1)).not_to_be_empty()
    chat_server.say(**DRAFT)
    feeling = page.locator("mark.feeling .words")
    expect(feeling).to_have_count(2)
    for one in feeling.all():
        expect(one).to_have_css("text-decoration-style", "wavy")
