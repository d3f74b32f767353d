"""Personal data is masked before anything is kept, sent on or written to a log."""

import logging

import pytest
from gateway_under_test import Gateway, answer, citation, replied

pytestmark = pytest.mark.anyio

MARKED = {
    "cnic": "42101-1234567-1",
    "phone": "0301-7654321",
    "email": "amina.case@example.pk",
    "iban": "PK36SCBL0000001123456702",
}


@pytest.mark.parametrize("kind", MARKED)
async def test_marked_data_reaches_neither_rasa_nor_the_disk(gateway: Gateway, kind: str) -> None:
    (reply,) = await gateway.ask(f"her detail is {MARKED[kind]} what now")
    assert reply["masked"] == [kind]
    assert gateway.rasa.received[0].text == f"her detail is [{kind}] what now"
    kept = gateway.kept_bytes()
    assert b"her detail is" in kept, "the search must be able to find what is kept"
    assert MARKED[kind].encode() not in kept


async def test_the_transcript_shows_the_masked_text(gateway: Gateway) -> None:
    await gateway.ask(f"call {MARKED['phone']}")
    assert (await gateway.transcript())[0]["text"] == "call [phone]"


async def test_a_message_without_personal_data_says_nothing_was_masked(gateway: Gateway) -> None:
    assert (await gateway.ask("hello"))[0]["masked"] == []


async def test_the_log_counts_and_never_quotes(
    gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await gateway.ask("zebra question about a case")
    await gateway.post("zebra\x00")
    await gateway.browser.delete("/api/messages")
    assert "outcome=Replied" in caplog.text
    assert "characters=27" in caplog.text
    assert "zebra" not in caplog.text


async def test_the_session_id_stands_in_no_file_and_no_log(
    gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await gateway.ask("hello")
    session_id = gateway.browser.cookies["guidebook_session"].rpartition(".")[0]
    assert len(session_id) >= 40
    assert session_id.encode() not in gateway.kept_bytes()
    assert session_id not in caplog.text
    assert session_id not in gateway.rasa.received[0].conversation_id


async def test_receipts_keep_spans_and_no_words(gateway: Gateway) -> None:
    gateway.rasa.outcome = replied(
        answer("accountability", citations=(citation("accountability"),))
    )
    await gateway.ask("zebra question")
    await gateway.browser.delete("/api/messages")
    kept = gateway.kept_bytes()
    assert b"zebra" not in kept
    assert b"accountability" not in kept
    cited = citation("accountability")
    assert (
        f'"digest": "{cited.digest}", "start": {cited.start}, "end": {cited.end}'.encode() in kept
    )
