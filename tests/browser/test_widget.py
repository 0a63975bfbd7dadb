"""A conversation in the widget: messages, choices, cards, marks."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .chat_page import ChatPage, wait_until
from .fake_server import FakeChat
from .samples import CARE, CHOICES, DRAFT, PROGRESS, STATEMENT, TIPPED

pytestmark = pytest.mark.browser


@pytest.fixture
def chat(page: Page, chat_server: FakeChat) -> ChatPage:
    return ChatPage(page).opens(chat_server.url)


def test_a_message_is_shown_once_and_answered(chat: ChatPage, chat_server: FakeChat) -> None:
    chat.writes("He reads my messages")
    chat.shows("He reads my messages", "I hear you.")
    assert [message["text"] for message in chat_server.received] == ["He reads my messages"]


def test_shift_and_enter_makes_a_new_line(chat: ChatPage, chat_server: FakeChat) -> None:
    chat.field.fill("one")
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("two")
    chat.field.press("Enter")
    chat.shows("one\ntwo", "I hear you.")
    assert chat_server.received[0]["text"] == "one\ntwo"


def test_markup_in_a_message_stays_text(chat: ChatPage, chat_server: FakeChat) -> None:
    chat_server.say('<img src=x onerror="document.title=1"><b>bold</b>', name="<i>Belay</i>")
    chat.shows('<img src=x onerror="document.title=1"><b>bold</b>')
    expect(chat.page).to_have_title("Welcome")


def test_a_pressed_choice_speaks_for_the_client_and_the_others_stay(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat_server.say("What fits?", buttons=CHOICES)
    chat.presses("Ask for support")
    chat.shows("What fits?", "Ask for support", "I hear you.")
    sent = chat_server.received[0]
    assert (sent["button"], sent["title"]) == ("signed-2", "Ask for support")
    for title in ("Say a limit", "Skip this"):
        expect(chat.button(title)).to_be_visible()
    chosen = chat.page.locator(".choice.chosen")
    expect(chosen).to_have_text("Ask for support, chosen")
    chosen.click()
    assert len(chat_server.received) == 1


def test_help_in_a_care_message_stays_usable_after_a_choice(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat_server.say(**CARE)
    chat.presses("Yes")
    chat.presses("Show me a line")
    wait_until(lambda: len(chat_server.received) == 2, chat.page)
    assert chat_server.received[1]["button"] == "signed-line"


def test_the_finished_statement_can_be_copied_changed_and_deleted(
    chat: ChatPage, chat_server: FakeChat, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat_server.say("Here is your line.", card=STATEMENT)
    chat.presses("Copy")
    expect(chat.button("Copied")).to_be_visible()
    assert chat.page.evaluate("navigator.clipboard.readText()") == STATEMENT["text"]
    chat.presses("Change the words")
    chat.presses("Delete")
    wait_until(lambda: len(chat_server.received) == 2, chat.page)
    assert [sent["button"] for sent in chat_server.received] == ["signed-edit", "signed-delete"]


def test_without_a_clipboard_the_words_are_selected(page: Page, chat_server: FakeChat) -> None:
    page.add_init_script("delete Navigator.prototype.clipboard")
    chat = ChatPage(page).opens(chat_server.url)
    chat_server.say("Here is your line.", card=STATEMENT)
    chat.presses("Copy")
    expect(page.get_by_text("The words are selected.")).to_be_visible()


def test_progress_is_a_drawing_and_a_table(chat: ChatPage, chat_server: FakeChat) -> None:
    chat_server.say("", card=PROGRESS)
    expect(chat.page.locator("svg.confidence")).to_have_count(4)
    chat.page.get_by_text("Show the numbers").click()
    row = chat.page.get_by_role("row").filter(has_text="Ask my sister")
    expect(row.get_by_role("cell")).to_have_text(["6", "4"])
    unfinished = chat.page.get_by_role("row").filter(has_text="Not finished")
    expect(unfinished.get_by_role("cell")).to_have_text(["2", "–"])


def test_what_was_tried_in_life_is_a_second_strand_by_week_with_its_table(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    weeks = [
        {"label": "23 Feb", "words": 1, "tried": 0},
        {"label": "2 Mar", "words": 0, "tried": 2},
    ]
    chat_server.say("", card={**PROGRESS, "points": [], "weeks": weeks})
    expect(chat.page.locator("svg.confidence")).to_have_count(2)
    chat.page.get_by_text("Show the numbers").click()
    row = chat.page.get_by_role("row").filter(has_text="2 Mar")
    expect(row.get_by_role("cell")).to_have_text(["0", "2"])


def test_a_file_is_offered_only_from_belays_own_address(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    card = {"kind": "download", "title": "Your data", "text": "Ready.", "url": "/left"}
    chat_server.say("", card=card)
    link = chat.page.get_by_role("link", name="Save the file")
    expect(link).to_have_attribute("href", f"{chat_server.url}/left")
    chat_server.say("", card={**card, "title": "Not ours", "url": "https://evil.example/x"})
    expect(chat.page.get_by_role("group", name="Not ours")).to_be_visible()
    expect(link).to_have_count(1)


def test_parts_of_a_draft_are_named_in_words(chat: ChatPage, chat_server: FakeChat) -> None:
    chat_server.say(**DRAFT)
    marks = chat.page.locator("mark")
    expect(marks).to_have_text(
        [
            "When you read my messages (what happened)",
            "I feel watched (feeling)",
            "I need some privacy (need)",
            "Please ask me first (request)",
            "I do not hand over my phone (limit)",
            "I will lock it (what I will do)",
        ]
    )
    lines = marks.locator(".words").evaluate_all(
        "all => all.map(n => getComputedStyle(n).textDecorationLine"
        " + getComputedStyle(n).textDecorationStyle"
        " + getComputedStyle(n).textDecorationThickness)"
    )
    assert len(set(lines)) == 6, "each kind has an underline of its own"


def test_a_tip_stands_under_the_draft_and_is_tied_to_its_words(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat_server.say(**TIPPED)
    marks = chat.page.locator("mark")
    expect(marks).to_have_text(["You never (always or never)", "on Sunday (when)"])
    expect(chat.page.locator(".draft")).to_have_text(
        "You never (always or never) call on Sunday (when)"
    )
    expect(marks.first).to_have_accessible_description(
        "'You never' is easy to argue with. Which day was it?"
    )
    expect(marks.first).to_have_class("issue")
    expect(marks.last).to_have_class("happened")
    expect(chat.page.locator(".tip")).to_have_count(1)


def test_marks_that_do_not_fit_leave_the_text_whole(chat: ChatPage, chat_server: FakeChat) -> None:
    marks = [
        {"start": 0, "end": 4, "kind": "need", "name": "need"},
        {"start": 2, "end": 9, "kind": "limit", "name": "limit"},
        {"start": 5, "end": 900, "kind": "feeling", "name": "feeling"},
    ]
    chat_server.say("Rest is what I want.", marks=marks)
    chat.shows("Rest (need) is what I want.")


def test_a_coach_is_named(chat: ChatPage, chat_server: FakeChat) -> None:
    chat_server.say("I read it.", from_="coach", name="Maria")
    expect(chat.page.locator(".turn.coach .who")).to_have_text("Maria, coach")


def test_writing_shows_only_while_an_answer_takes_its_time(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat_server.say("Hello.")
    chat.says("Hello.")  # the stream is there; nobody waits for a stream to say "writing"
    chat_server.send_event("typing", on=True)
    typing = chat.page.get_by_text("Belay is writing")
    expect(typing).to_be_visible()
    chat_server.say("There.")
    expect(typing).to_be_hidden()


def test_a_text_that_is_too_long_is_counted_and_kept(chat: ChatPage, chat_server: FakeChat) -> None:
    chat.field.fill("a" * 3700)
    expect(chat.page.get_by_text("3,700 of 4,000 characters")).to_be_visible()
    chat.field.fill("\U0001f33f" * 4001)
    expect(chat.page.get_by_text("4,001 of 4,000 characters. Please")).to_be_visible()
    chat.field.press("Enter")
    expect(chat.button("Send")).to_be_disabled()
    chat.field.fill("\U0001f33f" * 4000)
    chat.presses("Send")
    wait_until(lambda: len(chat_server.received) == 1, chat.page)


def test_a_refused_message_says_why_and_does_not_block_the_next(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat_server.problems.append((413, {}))
    chat.writes("first")
    expect(chat.mine.first).to_contain_text("The server said no.")
    chat.writes("second")
    chat.says("I hear you.")
    assert [message["text"] for message in chat_server.received] == ["second"]


def test_a_long_message_begins_in_view_and_says_that_more_is_below(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    chat.page.set_viewport_size({"width": 360, "height": 640})
    chat_server.say("A long word. " * 80, tier=3, buttons=CARE["buttons"])
    expect(chat.page.get_by_text("A long word.").first).to_be_visible()
    expect(chat.button("Show me a line")).not_to_be_in_viewport()
    chat.presses("Go to the newest message")
    expect(chat.button("Show me a line")).to_be_in_viewport()
    expect(chat.button("Go to the newest message")).to_be_hidden()


def test_reading_back_is_not_disturbed_by_new_messages(
    chat: ChatPage, chat_server: FakeChat
) -> None:
    for number in range(30):
        chat_server.say(f"Line {number}")
    chat.says("Line 29")
    scroll = chat.page.locator(".scroll")
    scroll.evaluate("node => node.scrollTop = 0")
    chat_server.say("One more")
    newest = chat.button("Go to the newest message")
    expect(newest).to_be_visible()
    assert scroll.evaluate("node => node.scrollTop") == 0
    newest.click()
    expect(chat.page.get_by_text("One more")).to_be_in_viewport()
    expect(newest).to_be_hidden()
