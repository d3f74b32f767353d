"""Feedback is a verdict on a receipt, from closed lists; no free text is taken."""

import sqlite3

import httpx
import pytest
from gateway_under_test import Gateway, answer, replied

pytestmark = pytest.mark.anyio


async def receipt_of_an_answer(gateway: Gateway) -> str:
    gateway.rasa.outcome = replied(answer())
    return str((await gateway.ask("a question"))[0]["receipt"])


async def send(gateway: Gateway, **body: object) -> httpx.Response:
    return await gateway.browser.post("/api/feedback", json=body)


def kept(gateway: Gateway) -> list[tuple[str, str | None]]:
    connection = sqlite3.connect(gateway.home / "gateway.db")
    try:
        return connection.execute("SELECT verdict, reason FROM feedback").fetchall()
    finally:
        connection.close()


async def test_a_verdict_is_kept_and_a_later_one_replaces_it(gateway: Gateway) -> None:
    receipt = await receipt_of_an_answer(gateway)
    response = await send(gateway, receipt=receipt, verdict="up")
    assert (response.status_code, response.json()) == (200, {"kept": True})
    await send(gateway, receipt=receipt, verdict="down", reason="wrong_law")
    assert kept(gateway) == [("down", "wrong_law")]


@pytest.mark.parametrize(
    "reason", ["wrong_law", "outdated", "not_local", "unclear", "unsafe", "missing", "other"]
)
async def test_each_reason_of_the_list_is_taken(gateway: Gateway, reason: str) -> None:
    receipt = await receipt_of_an_answer(gateway)
    response = await send(gateway, receipt=receipt, verdict="down", reason=reason)
    assert response.status_code == 200


async def test_an_unknown_receipt_is_404(gateway: Gateway) -> None:
    response = await send(gateway, receipt="unknown", verdict="up")
    assert response.status_code == 404
    assert set(response.json()) == {"error", "next"}


@pytest.mark.parametrize(
    "body",
    [
        {"receipt": "r", "verdict": "maybe"},
        {"receipt": "r", "verdict": "down", "reason": "she said her name is"},
        {"receipt": "", "verdict": "up"},
        {"receipt": "a b", "verdict": "up"},
        {"receipt": 5, "verdict": "up"},
        {"verdict": "up"},
        {"receipt": "r"},
    ],
)
async def test_anything_outside_the_lists_is_422(gateway: Gateway, body: dict[str, object]) -> None:
    assert (await send(gateway, **body)).status_code == 422


async def test_feedback_outlives_the_words_it_judges(gateway: Gateway) -> None:
    receipt = await receipt_of_an_answer(gateway)
    await gateway.browser.delete("/api/messages")
    assert (await send(gateway, receipt=receipt, verdict="up")).status_code == 200


async def test_a_refusal_to_answer_can_be_judged_too(gateway: Gateway) -> None:
    gateway.rasa.outcome = replied(answer(status="unanswerable_no_passage", citations=()))
    receipt = (await gateway.ask("a question"))[0]["receipt"]
    response = await send(gateway, receipt=receipt, verdict="down", reason="missing")
    assert response.status_code == 200
