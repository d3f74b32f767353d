"""Personal data is masked in the browser, by the gateway's own rules and with its result."""

import json
from pathlib import Path
from typing import Any

import pytest
from officer_page import OfficerPage
from playwright.sync_api import expect

from guidebook.masking import mask

VECTORS = json.loads(Path(__file__).with_name("masking_vectors.json").read_text(encoding="utf-8"))
MASK = (
    "async (text) => { const { Masking } = await import('/widget/masking.js');"
    " const masking = new Masking(); await masking.load(); return masking.mask(text) }"
)


def test_what_is_sent_and_shown_is_masked_and_said(officer: OfficerPage) -> None:
    officer.ask_and_wait("CNIC 17301-1234567-1, phone 0300-1234567. Can I refuse?")
    assert officer.gateway.posts[0]["text"] == "CNIC [cnic], phone [phone]. Can I refuse?"
    question = officer.log.locator(".question")
    expect(question).to_contain_text("Masked before sending: CNIC number, phone number.")
    expect(question).to_contain_text("never needs a person's details")
    assert "1234567" not in officer.page.content() + officer.log.inner_html()
    officer.page.reload()
    expect(question).to_contain_text("Masked before sending: CNIC number, phone number.")


def test_browser_and_gateway_mask_alike(officer: OfficerPage) -> None:
    for vector in VECTORS:
        in_browser: dict[str, Any] = officer.page.evaluate(MASK, vector["text"])
        at_gateway = mask(vector["text"])
        assert in_browser["text"] == vector["masked"], vector
        assert at_gateway.text == vector["masked"], vector
        assert tuple(in_browser["kinds"]) == at_gateway.kinds, vector


@pytest.mark.parametrize("sign", ["\u200b", "\u200e", "\u2066", "\ufeff"])
def test_invisible_signs_do_not_hide_a_number(officer: OfficerPage, sign: str) -> None:
    hidden = f"phone 0300-12{sign}34567"
    assert officer.page.evaluate(MASK, hidden)["text"] == "phone [phone]"
