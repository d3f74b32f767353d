"""The plain page in a real browser that runs no script."""

from pathlib import Path

import pytest
from gateway_process import channel, environ_for, process
from playwright.async_api import async_playwright

from deploy import chromium
from guidebook.emergency import emergency_reply
from guidebook.settings import ROOT, Settings

pytestmark = pytest.mark.anyio


async def test_a_real_browser_without_script_asks_from_the_real_page(
    tmp_path: Path, settings: Settings
) -> None:
    environ = environ_for(settings, GUIDEBOOK_WIDGET=str(ROOT / "widget"))
    with channel() as (url, rasa):
        rasa.let_go.set()
        with process(environ | {"GUIDEBOOK_RASA_URL": url}) as (_, address):
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(
                    executable_path=chromium.program(), args=chromium.QUIET
                )
                page = await browser.new_page(java_script_enabled=False)
                for start in ("/", "/ask"):
                    await page.goto(address + start)
                    await page.fill("textarea", "He is beating her now")
                    await page.click("button[type=submit]")
                    shown = await page.inner_text("main")
                    assert str(emergency_reply("en").lead) in shown
                    assert "Hello." in shown
                    await page.reload()
                await browser.close()
    asked = {turn["message_id"] for turn in rasa.seen}
    assert len({turn["conversation_id"] for turn in rasa.seen}) == 1
    assert len(asked) == len(rasa.seen)
