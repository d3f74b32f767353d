"""Feedback is a verdict from closed lists; a question is kept only when sent on purpose."""

import json
import sqlite3
from pathlib import Path

import httpx
import pytest
from gateway_under_test import DOCUMENT_ID, Gateway, answer, replied

from gateway import feedback_list, feedback_store

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
    assert (response.status_code, response.json()) == (200, {"kept": True, "question": None})
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
        {"receipt": "r", "verdict": "up", "question": " "},
        {"receipt": "r", "verdict": "up", "question": "x" * 2001},
        {"receipt": "r", "verdict": "up", "question": 5},
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


def sent(gateway: Gateway) -> list[str]:
    connection = sqlite3.connect(gateway.home / "gateway.db")
    try:
        return [text for (text,) in connection.execute("SELECT text FROM sent_questions")]
    finally:
        connection.close()


async def test_a_question_is_kept_masked_and_what_was_kept_comes_back(gateway: Gateway) -> None:
    receipt = await receipt_of_an_answer(gateway)
    typed = "her cnic is 17301\u200b-1234567-1, which form?"
    response = await send(gateway, receipt=receipt, verdict="down", question=typed)
    masked = "her cnic is [cnic], which form?"
    assert response.json() == {"kept": True, "question": masked}
    assert sent(gateway) == [masked]
    assert b"1234567" not in gateway.kept_bytes()


async def test_a_verdict_alone_keeps_no_question(gateway: Gateway) -> None:
    receipt = await receipt_of_an_answer(gateway)
    await send(gateway, receipt=receipt, verdict="down", reason="missing")
    assert sent(gateway) == []


async def test_a_changed_verdict_does_not_take_a_sent_question_back(gateway: Gateway) -> None:
    receipt = await receipt_of_an_answer(gateway)
    await send(gateway, receipt=receipt, verdict="down", question="which form?")
    await send(gateway, receipt=receipt, verdict="up")
    assert (kept(gateway), sent(gateway)) == ([("up", None)], ["which form?"])


async def test_a_question_under_an_unknown_receipt_is_not_kept(gateway: Gateway) -> None:
    response = await send(gateway, receipt="unknown", verdict="down", question="which form?")
    assert response.status_code == 404
    assert sent(gateway) == []


async def test_a_sent_question_goes_with_its_receipt_after_90_days(gateway: Gateway) -> None:
    receipt = await receipt_of_an_answer(gateway)
    await send(gateway, receipt=receipt, verdict="down", question="which form?")
    gateway.clock.forward(hours=90 * 24 - 1)
    await gateway.purge()
    assert sent(gateway) == ["which form?"]
    gateway.clock.forward(hours=2)
    await gateway.purge()
    assert sent(gateway) == []
    assert b"which form" not in gateway.kept_bytes()


async def test_maintainers_read_verdict_reason_question_and_passages(gateway: Gateway) -> None:
    receipt = await receipt_of_an_answer(gateway)
    await send(gateway, receipt=receipt, verdict="down", reason="missing", question="which form?")
    (judged,) = await gateway.app.state.database.read(feedback_store.judged)
    line = json.loads(feedback_list.line(judged))
    assert line["question"] == "which form?"
    assert (line["verdict"], line["reason"], line["status"]) == ("down", "missing", "answered")
    assert line["spans"][0].startswith(f"{DOCUMENT_ID}:")


def test_without_a_database_the_list_says_so_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUIDEBOOK_HOME", str(tmp_path))
    assert feedback_list.main() == 2
    assert capsys.readouterr().err.startswith(f"No {tmp_path}/gateway.db;")
