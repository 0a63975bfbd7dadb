"""The chat as a person uses it: what they see, press and write."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect


class ChatPage:
    """One open chat in a browser page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.field = page.get_by_role("textbox")
        self.messages = page.locator(".turn")
        self.mine = page.locator(".turn.you")
        self.notice = page.locator(".notice")
        self.waiting = page.locator(".turn.waiting")

    def opens(self, url: str) -> ChatPage:
        """Goes to the page and waits until the server's introduction is there."""
        self.page.goto(url)
        self.is_ready()
        return self

    def is_ready(self) -> None:
        expect(self.page.locator(".intro .muted")).not_to_be_empty()

    def writes(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def has_sent(self) -> None:
        """Waits until the server took every message: an answer can be there before that."""
        waiting = """() => Object.values(sessionStorage)
            .flatMap((kept) => JSON.parse(kept).unsent ?? []).length"""
        wait_until(lambda: self.page.evaluate(waiting) == 0, self.page)

    def button(self, title: str) -> Locator:
        return self.page.get_by_role("button", name=title, exact=True)

    def presses(self, title: str) -> None:
        self.button(title).click()

    def shows(self, *texts: str) -> None:
        """The conversation consists of exactly these messages, in this order."""
        expect(self.messages.locator(".bubble")).to_have_text(list(texts))

    def says(self, text: str) -> None:
        """Somewhere in the conversation this is to be read."""
        expect(self.messages.filter(has_text=text).first).to_be_visible()

    def focused(self) -> str:
        """The name of what has the focus, inside the chat."""
        name: str = self.page.evaluate(
            """() => {
                const node = document.querySelector("belay-chat").shadowRoot.activeElement;
                return node ? node.getAttribute("aria-label") ?? node.textContent : "";
            }"""
        )
        return name


def wait_until(true: Callable[[], bool], page: Page, seconds: float = 8) -> None:
    """Lets the page run until the server noted something."""
    for _ in range(int(seconds * 20)):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"not within {seconds} seconds")
