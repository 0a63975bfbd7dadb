"""From `belay run` to a finished exercise in a real page, read by a coach, to Ctrl-C."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from belay.settings import ROOT
from tests.browser.whole_house import House

pytestmark = pytest.mark.browser

PASSWORD = "quiet-harbour-at-dusk"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("house"))
    made.wait_alive(20)
    made.wait_ready()
    yield made
    made.kill()


def say(page: Page, text: str) -> None:
    """Type, send, wait for a new answer."""
    answers = page.locator(".turn.bot")
    before = answers.count()
    box = page.get_by_role("textbox")
    box.fill(text)
    box.press("Enter")
    expect(answers.nth(before)).to_be_visible()
    expect(page.locator(".typing:visible")).to_have_count(0)


def press(page: Page, title: str) -> None:
    """Press the newest button with this title."""
    answers = page.locator(".turn.bot")
    before = answers.count()
    page.get_by_role("button", name=title, exact=True).last.click()
    expect(answers.nth(before)).to_be_visible()


def finish_an_exercise(page: Page) -> None:
    """First contact to kept statement, as a person would."""
    say(page, "my mum lets herself in with the spare key every sunday")
    press(page, "I'm 18 or over, go on")
    say(page, "let's do the boundary exercise")
    if page.get_by_text("Who is").count():
        say(page, "my mum")
    for _ in range(3):
        press(page, "No")
    say(page, "4")
    say(page, "time")
    say(page, "Visits that we plan together.")
    say(page, "Letting yourself in while we are asleep.")
    say(page, "Would you ring the bell before you come in on Sundays?")
    say(page, "I will put the chain on the door until noon.")
    say(page, "8")
    say(page, "looks right")
    say(page, "7")
    say(page, "because I know my sentence")
    say(page, "If she calls on Friday, then I will tell her.")
    press(page, "Start with that")
    say(page, "yes, keep it")


def test_a_client_finishes_an_exercise_and_a_coach_reads_it(
    house: House, context: BrowserContext, page: Page
) -> None:
    page.goto(house.url)
    finish_an_exercise(page)
    expect(page.locator(".card").last).to_contain_text("ring the bell")
    say(page, "yes")
    say(page, "my progress")
    expect(page.locator(".card").last).to_contain_text("ring the bell")
    assert not Axe().run(page).response["violations"]

    coach = context.new_page()
    coach.goto(house.join_link())
    for name, value in (("name", "Ada"), ("email", "a@example.org"), ("password", PASSWORD)):
        coach.locator(f"input[name={name}]").fill(value)
    coach.get_by_role("button", name="Open my account").click()
    if coach.locator("input[name=password]").count():
        coach.locator("input[name=email]").fill("a@example.org")
        coach.locator("input[name=password]").fill(PASSWORD)
        coach.locator("form button").last.click()
    coach.locator("a[href*='/console/conversations/']").first.click()
    expect(coach.locator("body")).to_contain_text("ring the bell")
    expect(coach.locator("body")).to_contain_text("7")


def test_a_client_who_did_not_agree_is_in_no_console_page(house: House, page: Page) -> None:
    page.goto(house.url)
    say(page, "my boss calls me every evening and I say yes to the canary word zebrafish")
    press(page, "I'm 18 or over, go on")
    found = httpx.get(f"{house.url}/console/", follow_redirects=True)
    assert "zebrafish" not in found.text


def test_leaving_clears_the_view_and_a_new_session_opens_empty(
    house: House, context: BrowserContext, page: Page
) -> None:
    page.goto(house.url)
    say(page, "hello")
    page.route("**wikipedia.org**", lambda route: route.fulfill(body="elsewhere"))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("**wikipedia.org**")
    again = context.new_page()
    again.goto(house.url)
    expect(again.get_by_role("textbox")).to_be_visible()
    assert again.locator(".turn").count() == 0


def test_help_now_opens_without_javascript(house: House) -> None:
    text = httpx.get(f"{house.url}/help-now").text
    assert "findahelpline.com" in text


def test_it_answers_within_five_seconds_and_ctrl_c_leaves_nothing_running(tmp_path: Path) -> None:
    house = House(tmp_path)
    try:
        alive = house.wait_alive(20)
        http = httpx.Client(base_url=house.url)
        http.post("/chat/open", json={"view": "v"})
        http.post("/chat/messages", json={"id": "crisis-line-1", "text": "I want to kill myself"})
        with http.stream("GET", "/chat/events?cursor=0") as events:
            for line in events.iter_lines():
                if line.startswith("data:") and "findahelpline" in line:
                    break
        assert alive < 5, f"{alive:.1f} s"
        house.wait_ready()
        pid = json.loads((tmp_path / "run.json").read_text())["pid"]
        rasa = house.children()
        assert pid == house.process.pid
        assert rasa
        assert house.stop() == 0
        for gone in [pid, *rasa]:
            with pytest.raises(ProcessLookupError):
                os.kill(gone, 0)
        assert not (tmp_path / "run.json").exists()
    finally:
        house.kill()


def test_a_busy_port_is_one_sentence_with_the_remedy(house: House, tmp_path: Path) -> None:
    environment = {**os.environ, "BELAY_HOME": str(tmp_path), "BELAY_PORT": str(house.port)}
    done = subprocess.run(
        [ROOT / ".venv" / "bin" / "belay", "run"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert f"BELAY_PORT={house.port + 1}" in done.stderr.replace("\n", "")
    assert "Traceback" not in done.stderr
