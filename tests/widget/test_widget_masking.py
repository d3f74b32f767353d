"""Personal data is masked in the browser, by the gateway's own rules and with its result."""

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest
from officer_page import OfficerPage
from playwright.sync_api import expect

from guidebook.masking import mask
from guidebook.settings import ROOT

VECTORS = json.loads(Path(__file__).with_name("masking_vectors.json").read_text(encoding="utf-8"))
MASK = (
    "async (text) => { const { Masking } = await import('/widget/masking.js');"
    " const masking = new Masking(); await masking.load(); return masking.mask(text) }"
)
MASK_ALL = (
    "async (texts) => { const { Masking } = await import('/widget/masking.js');"
    " const masking = new Masking(); await masking.load();"
    " return texts.map((text) => masking.mask(text)) }"
)
RULES = len(json.loads((ROOT / "guidebook/data/masking.json").read_text("utf-8"))["rules"])
SEED = 20261122
SHUFFLED = 2000
ODD = ("ſ/o", "İmran", "K", "name ıs gul", "S/O", "😀", "\u00a0", "ǅ", "ß", "\n", "$&", "\\")


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


def own_messages() -> list[str]:
    """Every message of `evaluation/masking/`, and as many again of their words shuffled."""
    lines = [
        line.replace("{", "").replace("}", "")
        for path in sorted((ROOT / "evaluation" / "masking").glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    words = [*" ".join(lines).split(), *ODD]
    dice = random.Random(SEED)
    shuffled = [" ".join(dice.choices(words, k=dice.randint(2, 9))) for _ in range(SHUFFLED)]
    return [*lines, *shuffled]


def test_browser_and_gateway_mask_every_message_of_ours_alike(officer: OfficerPage) -> None:
    texts = own_messages()
    in_browser = officer.page.evaluate(MASK_ALL, texts)
    for text, seen in zip(texts, in_browser, strict=True):
        at_gateway = mask(text)
        assert (seen["text"], tuple(seen["kinds"])) == (at_gateway.text, at_gateway.kinds), text
    assert sum(bool(seen["kinds"]) for seen in in_browser) > 250  # not equal by masking nothing


def test_the_browser_compiles_every_rule(officer: OfficerPage) -> None:
    count = MASK_ALL.replace("return texts", "return masking.rules.length; texts")
    assert officer.page.evaluate(count, []) == RULES


def test_what_one_rule_uncovers_for_another_is_masked_in_the_browser_too(
    officer: OfficerPage,
) -> None:
    text = "0300 1234567 FIR no 5 thana a, FIR no 6 thana b, name is naam gul"
    once = officer.page.evaluate(MASK, text)["text"]
    assert once == mask(text).text
    assert officer.page.evaluate(MASK, once)["text"] == once


@pytest.mark.parametrize("unit", ["a", "0 ", "name is ", "a d/o ", "نام ", "a@", "5-"])
def test_the_longest_message_is_masked_at_once(officer: OfficerPage, unit: str) -> None:
    started = time.perf_counter()
    officer.page.evaluate(MASK, (unit * 10_000)[:10_000])
    assert time.perf_counter() - started < 2
