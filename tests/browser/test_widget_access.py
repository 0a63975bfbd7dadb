"""The widget with a keyboard, a screen reader, a small screen, and inside other pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from .chat_page import ChatPage
from .fake_server import FakeChat
from .samples import CARE, CHOICES, DRAFT, PROGRESS, STATEMENT

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]


def say_everything(chat: ChatPage, server: FakeChat) -> None:
    """Every kind of message at once."""
    chat.writes("He reads my messages")
    server.say("What fits?", buttons=CHOICES)
    server.say(**DRAFT)
    server.say("Here is your line.", card=STATEMENT)
    server.say("", card=PROGRESS)
    server.say("I read it.", from_="coach", name="Maria")
    server.say(**CARE)
    chat.says("Is it safe to read this here?")


def violations(page: Page) -> str:
    results = Axe().run(page)
    return results.generate_report() if results.violations_count else ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1100])
def test_axe_finds_nothing(
    browser: Browser, chat_server: FakeChat, scheme: Scheme, width: int
) -> None:
    size = {"width": width, "height": 800}
    context = browser.new_context(color_scheme=scheme, viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    chat = ChatPage(page).opens(chat_server.url)
    say_everything(chat, chat_server)
    page.get_by_text("Show the numbers").click()
    assert violations(page) == ""
    chat.presses("Help now")
    assert violations(page) == ""
    chat.presses("Close")
    chat_server.stop()
    chat.field.fill("a" * 4001)
    expect(chat.notice).to_contain_text("No connection.", timeout=15000)
    assert violations(page) == ""
    context.close()


def test_axe_finds_nothing_in_the_panel_and_on_the_help_page(
    page: Page, chat_server: FakeChat
) -> None:
    page.goto(f"{chat_server.url}/shop")
    assert violations(page) == ""
    page.get_by_role("button", name="Open the chat").click()
    ChatPage(page).is_ready()
    assert violations(page) == ""
    page.goto(f"{chat_server.url}/help-now")
    assert violations(page) == ""


@pytest.mark.parametrize("size", [(320, 568), (640, 400), (1100, 800)])
def test_nothing_is_cut_off_and_targets_are_large_enough(
    page: Page, chat_server: FakeChat, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    chat = ChatPage(page).opens(chat_server.url)
    say_everything(chat, chat_server)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".scroll").evaluate("node => node.scrollWidth <= node.clientWidth")
    small = page.locator("belay-chat").evaluate(
        """host => [...host.shadowRoot.querySelectorAll("button, textarea, summary, .choice")]
            .map(node => [node.textContent, node.getBoundingClientRect()])
            .filter(([, box]) => box.height && (box.height < 44 || box.width < 44))
            .map(([text]) => text)"""
    )
    assert small == []
    assert page.locator(".scroll").evaluate("node => node.clientHeight") > 80
    for title in ("Leave", "Help now", "Send"):
        expect(chat.button(title)).to_be_in_viewport(ratio=1)


def test_words_are_never_smaller_than_sixteen_pixels(page: Page, chat_server: FakeChat) -> None:
    chat = ChatPage(page).opens(chat_server.url)
    say_everything(chat, chat_server)
    sizes = page.locator("belay-chat").evaluate(
        """host => [...host.shadowRoot.querySelectorAll("*")]
            .filter(node => node.textContent.trim())
            .map(node => parseFloat(getComputedStyle(node).fontSize))"""
    )
    assert min(sizes) >= 16


def test_messages_are_announced_politely_with_their_sender(
    page: Page, chat_server: FakeChat
) -> None:
    chat = ChatPage(page).opens(chat_server.url)
    chat.writes("hello")
    chat.says("I hear you.")
    chat_server.say("I read it.", from_="coach", name="Maria")
    chat.says("I read it.")
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    said = [" ".join(text.split()) for text in log.locator(".turn").all_text_contents()]
    assert said == ["You: hello", "Belay: I hear you.", "Maria, coach: I read it."]


def test_the_focus_stays_where_one_writes(page: Page, chat_server: FakeChat) -> None:
    chat = ChatPage(page).opens(chat_server.url)
    placeholder = "Write what is on your mind"
    chat.writes("hello")
    chat.says("I hear you.")
    assert chat.focused() == placeholder
    chat_server.say("What fits?", buttons=CHOICES)
    chat.button("Skip this").wait_for()
    assert chat.focused() == placeholder
    page.keyboard.press("Shift+Tab")
    assert chat.focused() == "Skip this"
    page.keyboard.press("Enter")
    chat.says("Skip this")
    assert chat.focused() == placeholder
    chat.field.fill("by the button")
    chat.presses("Send")
    assert chat.focused() == placeholder


def test_help_takes_the_focus_and_gives_it_back(page: Page, chat_server: FakeChat) -> None:
    chat = ChatPage(page).opens(chat_server.url)
    chat.presses("Help now")
    assert chat.focused() == "Help now"
    expect(page.get_by_role("heading", name="Help now")).to_be_focused()
    page.keyboard.press("Escape")
    expect(chat.button("Help now")).to_be_focused()
    expect(page.get_by_role("link", name="116 123")).to_be_hidden()


def test_the_panel_opens_and_closes_with_the_keyboard(page: Page, chat_server: FakeChat) -> None:
    page.goto(f"{chat_server.url}/shop")
    launcher = page.get_by_role("button", name="Open the chat")
    launcher.focus()
    page.keyboard.press("Enter")
    chat = ChatPage(page)
    chat.is_ready()
    expect(chat.field).to_be_focused()
    expect(page.get_by_text("The shop's own line.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(launcher).to_be_focused()
    page.evaluate("document.querySelector('belay-chat').open = true")
    expect(chat.field).to_be_focused()


def test_a_panel_over_a_whole_phone_screen_keeps_the_focus_inside(
    page: Page, chat_server: FakeChat
) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(f"{chat_server.url}/shop")
    page.get_by_role("button", name="Open the chat").click()
    box = page.get_by_role("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 700}
    for _ in range(8):
        page.keyboard.press("Tab")
        assert not page.evaluate("document.activeElement?.id === 'other'")


def test_motion_stops_where_it_is_not_wanted(page: Page, chat_server: FakeChat) -> None:
    page.emulate_media(reduced_motion="reduce")
    ChatPage(page).opens(chat_server.url)
    moving = page.locator("belay-chat").evaluate(
        """host => [...host.shadowRoot.querySelectorAll("*")].filter(node => {
            const style = getComputedStyle(node);
            return parseFloat(style.transitionDuration) || style.animationName !== "none";
        }).length"""
    )
    assert moving == 0


@pytest.fixture
def host() -> Iterator[FakeChat]:
    """Somebody else's website."""
    server = FakeChat()
    server.start()
    yield server
    server.stop()


def test_a_page_with_another_origin_can_embed_it(
    page: Page, chat_server: FakeChat, host: FakeChat
) -> None:
    belay = chat_server.url
    chat_server.cross_origin = host.url
    host.policy = f"default-src 'none'; script-src {belay}; connect-src {belay}; style-src 'self' "
    host.policy += "'unsafe-inline'"
    style = "* { color: red; font-size: 9px; letter-spacing: 4px; text-align: right }"
    host.host_page = (
        f"<!doctype html><title>Host</title><style>{style} belay-chat {{ --belay-bot: #ffffff }}"
        f'</style><script type="module" src="{belay}/widget/belay-chat.js"></script>'
        '<div style="height: 500px"><belay-chat></belay-chat></div>'
    )
    chat = ChatPage(page).opens(f"{host.url}/shop")
    chat.writes("from elsewhere")
    chat.shows("from elsewhere", "I hear you.")
    bubble = chat.page.locator(".turn.bot .bubble")
    expect(bubble).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(bubble).to_have_css("letter-spacing", "normal")
    expect(bubble).to_have_css("color", "rgb(31, 42, 46)")
    box = page.locator("belay-chat").bounding_box()
    assert box is not None
    assert box["height"] == 500
