"""The console in a real browser: the policy holds, keys and forms work, axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.console.chromium import Chromium, Served
from tests.console.conftest import House
from tests.console.visitor import EMAIL, PASSWORD

pytestmark = pytest.mark.browser

Walk = Callable[[Page], None]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    made = Chromium()
    yield made
    made.close()


@pytest.fixture
def walk(house: House, chromium: Chromium) -> Iterator[Callable[..., None]]:
    """Runs a walk through the console that begins at the queue, signed in."""
    served = Served(house.app)

    def go(what: Walk, **context: Any) -> None:
        link = f"{served.url}/console/join/{house.coaches.invite(house.clock())}"

        def begin(page: Page) -> None:
            page.goto(link)
            page.get_by_label("Your first name").fill("Robin")
            page.get_by_label("E-mail address").fill(EMAIL)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Open my account").click()
            expect(page.get_by_role("heading", name="Conversations")).to_be_visible()
            what(page)

        chromium.visit(begin, **context)

    yield go
    served.stop()


def test_forms_pass_the_origin_check_of_a_real_browser(walk: Callable[..., None]) -> None:
    def signs_out_and_in(page: Page) -> None:
        page.get_by_role("button", name="Sign out").click()
        page.get_by_label("E-mail address").fill(EMAIL)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Conversations")).to_be_visible()

    walk(signs_out_and_in)


def test_a_coach_reads_with_the_keyboard_alone(walk: Callable[..., None]) -> None:
    def reads(page: Page) -> None:
        rows = page.locator("[data-row]")
        page.keyboard.press("j")
        expect(rows.nth(0)).to_be_focused()
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(rows.nth(2)).to_be_focused()
        page.keyboard.press("k")
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Why it is flagged")).to_be_visible()
        # Words are there before the script that hears keys.
        page.wait_for_load_state()
        page.keyboard.press("s")
        expect(page.get_by_text("Seen by Robin")).to_be_focused()
        expect(page.locator("#unseen")).to_have_text("")
        expect(page.locator(".side-queue .mark")).to_have_count(0)
        expect(page.get_by_text("Go to the message")).to_be_visible()

    walk(reads, viewport={"width": 1440, "height": 900})


def test_s_takes_the_event_that_has_the_focus_and_no_other(walk: Callable[..., None]) -> None:
    def marks(page: Page) -> None:
        page.get_by_role("link", name="Safety").click()
        page.keyboard.press("s")
        expect(page.get_by_role("button", name="Mark as seen")).to_be_visible()
        page.keyboard.press("j")
        page.keyboard.press("s")
        expect(page.get_by_text("Seen by Robin")).to_be_visible()

    walk(marks)


def test_keys_can_be_turned_off_and_stay_off(walk: Callable[..., None]) -> None:
    def turns_off(page: Page) -> None:
        page.get_by_role("button", name="Turn keys off").click()
        page.reload()
        page.keyboard.press("j")
        expect(page.locator("[data-row]").first).not_to_be_focused()
        page.get_by_role("button", name="Turn keys on").click()
        page.keyboard.press("j")
        expect(page.locator("[data-row]").first).to_be_focused()

    walk(turns_off)


def test_without_scripts_everything_works_as_well(walk: Callable[..., None]) -> None:
    def marks(page: Page) -> None:
        page.locator("[data-row]").first.click()
        page.get_by_role("button", name="Mark as seen").click()
        expect(page.get_by_text("Seen by Robin")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Client")

    walk(marks, java_script_enabled=False)


def test_a_mark_that_was_not_saved_is_said(walk: Callable[..., None]) -> None:
    def fails(page: Page) -> None:
        page.get_by_role("link", name="Safety").click()
        page.evaluate("document.body.setAttribute('hx-headers', '{\"X-CSRF-Token\": \"old\"}')")
        page.get_by_role("button", name="Mark as seen").click()
        expect(page.get_by_role("status")).to_have_text(
            "This was not saved. Reload the page and try again."
        )

    walk(fails)


def test_the_chart_is_drawn_and_the_table_stands_below(walk: Callable[..., None]) -> None:
    def looks(page: Page) -> None:
        page.locator("[data-row]").nth(2).click()
        chart = page.locator("[data-chart] canvas")
        expect(chart).to_be_visible()
        drawn = chart.evaluate(
            "c => new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size"
        )
        assert drawn > 20
        box, table = chart.bounding_box(), page.locator("[data-progress] table").bounding_box()
        assert box is not None
        assert table is not None
        assert box["y"] + box["height"] <= table["y"]

    walk(looks, viewport={"width": 1440, "height": 900})


@pytest.mark.parametrize(
    ("width", "zones"), [(1440, 3), (1000, 2), (390, 1), (320, 1)], ids=lambda value: str(value)
)
def test_zones_fold_up_and_nothing_runs_over(
    walk: Callable[..., None], width: int, zones: int
) -> None:
    def folds(page: Page) -> None:
        links = page.locator("[data-row]").evaluate_all("all => all.map(one => one.href)")
        for address in (*links, page.url, page.url + "safety", page.url + "about"):
            page.goto(address)
            over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert over <= 0, f"{address} is {over} px too wide"
        page.goto(links[0])
        parts = (".side-queue", "main", ".rail")
        shown = [page.locator(part).bounding_box() for part in parts]
        lefts = {round(box["x"]) for box in shown if box is not None}
        assert len(lefts) == zones

    walk(folds, viewport={"width": width, "height": 800})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(walk: Callable[..., None], width: int, scheme: str) -> None:
    def checks(page: Page) -> None:
        links = page.locator("[data-row]").evaluate_all("all => all.map(one => one.href)")
        home = page.url
        for address in (home, *links, home + "safety", home + "about", home + "none"):
            page.goto(address)
            results = Axe().run(page)
            assert results.violations_count == 0, f"{address}\n{results.generate_report()}"
        page.goto(home)
        page.get_by_role("button", name="Sign out").click()
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()

    walk(checks, viewport={"width": width, "height": 900}, color_scheme=scheme)
