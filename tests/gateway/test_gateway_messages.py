"""One turn as the page sees it: what comes back, what the transcript keeps, in which language."""

import pytest
from gateway_under_test import Gateway, answer, citation, custom, replied

from gateway.rasa_client import Down, RasaReply, Replied
from guidebook import messages

pytestmark = pytest.mark.anyio


async def test_a_reply_of_an_action_comes_back_whole_with_a_receipt(gateway: Gateway) -> None:
    gateway.rasa.outcome = replied(
        answer(citations=(citation("accountability"),), text="accountability")
    )
    (reply,) = await gateway.ask("What principles underlie police cooperation?")
    assert reply["status"] == "answered"
    assert reply["citations"][0]["quote"] == "accountability"
    assert len(reply["receipt"]) == 16


async def test_receipts_differ_from_answer_to_answer(gateway: Gateway) -> None:
    gateway.rasa.outcome = replied(answer(), answer())
    first, second = await gateway.ask("a question")
    assert first["receipt"] != second["receipt"]


async def test_a_fixed_text_of_rasa_becomes_a_reply_with_its_status(gateway: Gateway) -> None:
    gateway.rasa.outcome = Replied((RasaReply("Goodbye.", None, "told_goodbye"),))
    (reply,) = await gateway.ask("bye")
    assert (reply["status"], reply["text"], reply["lang"]) == ("told_goodbye", "Goodbye.", "en")
    assert reply["receipt"] is None


async def test_a_fixed_text_without_status_counts_as_small_talk(gateway: Gateway) -> None:
    gateway.rasa.outcome = Replied((RasaReply("Yes?", None, None),))
    assert (await gateway.ask("hm"))[0]["status"] == "told_small_talk"


async def test_the_transcript_shows_questions_and_replies_in_order(gateway: Gateway) -> None:
    await gateway.ask("first", "id-1")
    await gateway.ask("second", "id-2")
    shown = await gateway.transcript()
    assert [entry["role"] for entry in shown] == ["officer", "guidebook", "officer", "guidebook"]
    assert [entry["client_message_id"] for entry in shown] == ["id-1", "id-1", "id-2", "id-2"]
    assert shown[0]["text"] == "first"
    assert shown[1]["reply"]["status"] == "told_greeting"
    assert shown[0]["at"] == "2026-09-21T14:13:20Z"


async def test_the_transcript_says_whether_answers_can_be_given(gateway: Gateway) -> None:
    assert (await gateway.browser.get("/api/messages")).json()["ready"] is True


async def test_a_browser_sees_only_its_own_messages(gateway: Gateway) -> None:
    await gateway.ask("mine")
    async with gateway.another_browser() as other:
        assert (await other.get("/api/messages")).json()["messages"] == []


async def test_rasa_gets_the_conversation_the_id_the_language_and_the_province(
    gateway: Gateway,
) -> None:
    await gateway.ask("hello", "id-7", lang="ur", province="kp")
    (turn,) = gateway.rasa.received
    assert (turn.message_id, turn.text, turn.lang, turn.province) == ("id-7", "hello", "ur", "kp")
    assert len(turn.conversation_id) >= 24


async def test_urdu_script_is_answered_in_urdu_when_no_language_was_given(gateway: Gateway) -> None:
    await gateway.ask("ایف آئی آر کیسے درج کروں؟")
    await gateway.ask("FIR kaise darj karun?")
    assert [turn.lang for turn in gateway.rasa.received] == ["ur", "en"]


async def test_a_language_and_province_once_given_hold_for_the_session(gateway: Gateway) -> None:
    await gateway.ask("salam", lang="ur", province="sindh")
    await gateway.ask("FIR kaise darj karun?")
    assert (gateway.rasa.received[1].lang, gateway.rasa.received[1].province) == ("ur", "sindh")


async def test_a_given_language_wins_over_the_script(gateway: Gateway) -> None:
    await gateway.ask("ایف آئی آر", lang="en")
    assert gateway.rasa.received[0].lang == "en"


@pytest.mark.parametrize("page", [None, "en"])
async def test_a_language_asked_for_in_words_holds_whatever_the_page_keeps_saying(
    gateway: Gateway, page: str | None
) -> None:
    given = {} if page is None else {"lang": page}
    for text in ("hello", "Urdu mein batao", "FIR kaise darj karun", "thanks"):
        await gateway.ask(text, **given)
    assert [turn.lang for turn in gateway.rasa.received] == ["en", "ur", "ur", "ur"]


async def test_a_change_in_the_page_wins_over_what_was_asked_for_before(gateway: Gateway) -> None:
    await gateway.ask("hello", lang="en")
    await gateway.ask("Urdu mein batao", lang="en")
    await gateway.ask("hello", lang="ur")
    await gateway.ask("hello", lang="en")
    assert [turn.lang for turn in gateway.rasa.received] == ["en", "ur", "ur", "en"]


async def test_a_failure_is_told_in_the_language_asked_for(gateway: Gateway) -> None:
    await gateway.ask("Urdu mein batao")
    gateway.rasa.outcome = Down("stopped")
    (reply,) = await gateway.ask("FIR kaise darj karun")
    assert reply["lang"] == "ur"


async def test_a_number_alone_goes_on_in_the_last_language(gateway: Gateway) -> None:
    await gateway.ask("پہلے گھنٹے کا کارڈ")
    await gateway.ask("15")
    await gateway.ask("first hour card")
    await gateway.ask("15")
    assert [turn.lang for turn in gateway.rasa.received] == ["ur", "ur", "en", "en"]


async def test_clearing_the_conversation_forgets_the_language_asked_for(gateway: Gateway) -> None:
    await gateway.ask("Urdu mein batao")
    await gateway.browser.delete("/api/messages")
    await gateway.ask("15")
    assert gateway.rasa.received[-1].lang == "en"


async def test_a_slash_message_goes_to_rasa_as_typed(gateway: Gateway) -> None:
    await gateway.ask('/report_emergency{"x": "y"}')
    assert gateway.rasa.received[0].text == '/report_emergency{"x": "y"}'


@pytest.mark.parametrize(
    "rubbish",
    [
        {"status": "answered"},
        {"status": "invented", "lang": "en", "text": "x"},
        {"status": "answered", "lang": "en", "text": 5},
        {"status": "answered", "lang": "en", "text": "x", "html": "<b>"},
        {"status": "answered", "lang": "en", "text": "x", "lead": "\ud800"},
    ],
    ids=["no text", "unknown status", "wrong type", "unknown field", "half a character"],
)
async def test_a_reply_that_breaks_the_contract_becomes_a_sentence(
    gateway: Gateway, rubbish: dict[str, object]
) -> None:
    gateway.rasa.outcome = custom([rubbish])
    (reply,) = await gateway.ask("a question")
    assert reply["status"] == "failed_malformed"
    assert reply["text"] == messages.text("failed_malformed", "en")


async def test_one_bad_reply_among_good_ones_spoils_the_turn(gateway: Gateway) -> None:
    gateway.rasa.outcome = custom([answer().to_json(), {"status": "answered"}])
    assert [r["status"] for r in await gateway.ask("a question")] == ["failed_malformed"]
