"""Makes the README's pictures: a real conversation in the widget, and the console's demo data."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from belay.bootstrap import utc_now
from belay.jobs import demo
from belay.running import running
from belay.settings import ROOT, Settings

PICTURES = ROOT / "docs" / "images"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TALK = (
    "my mum lets herself in with the spare key every sunday and goes through our fridge",
    "I'm 18 or over, go on",
    "A limit I can keep",
    "No",
    "No",
    "No",
    "4",
    "time",
    "Visits that we plan together.",
    "You always just walk in",
)
PASSWORD = "a long demo password"  # noqa: S105 - of a house that lives for one minute


async def main() -> None:
    """Start a Belay of its own, talk, and take the pictures."""
    home = Path(tempfile.mkdtemp(prefix="belay-pictures-"))
    try:
        async with running(Settings(home=home), print, port=0) as house:
            assert house.belay is not None
            demo.fill(house.belay.engine, utc_now())
            token = house.belay.coaches.invite(utc_now())
            async with async_playwright() as playwright:
                chromium = os.environ.get("BELAY_CHROMIUM") or shutil.which("chromium")
                browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                await picture_widget(browser, house.url)
                await picture_console(browser, house.url, token)
                await browser.close()
    finally:
        shutil.rmtree(home, ignore_errors=True)


async def picture_widget(browser: Browser, url: str) -> None:
    """A first contact and the beginning of an exercise, on a phone."""
    page = await browser.new_page(viewport={"width": 390, "height": 780}, device_scale_factor=2)
    await page.goto(url)
    for text in TALK:
        await say(page, text)
    await page.screenshot(path=PICTURES / "widget.png")
    await page.close()


async def say(page: Page, text: str) -> None:
    """Type a line, send it, wait until Belay answered."""
    before = await page.locator("belay-chat .turn.bot").count()
    box = page.locator("belay-chat textarea")
    await box.fill(text)
    await box.press("Enter")
    for _ in range(100):
        await asyncio.sleep(0.1)
        if await page.locator("belay-chat .turn.bot").count() > before:
            break
    await asyncio.sleep(0.4)


async def picture_console(browser: Browser, url: str, token: str) -> None:
    """The queue and one transcript, on a desktop."""
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    await page.goto(f"{url}/console/join/{token}")
    for name, value in (
        ("name", "Ada"),
        ("email", "ada@example.org"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ):
        field = page.locator(f"input[name={name}]")
        if await field.count():
            await field.fill(value)
    await page.locator("form button[type=submit], form button").first.click()
    await page.wait_for_load_state()
    await page.screenshot(path=PICTURES / "console.png")
    first = page.locator("main a[href*='/console/']").first
    if await first.count():
        await first.click()
        await page.wait_for_load_state()
        await page.screenshot(path=PICTURES / "transcript.png")
    await page.close()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
