"""What a trainer sees of the questions: counts; a text only when its officer sent it on purpose."""

import pytest
from gateway_under_test import DIGEST, PASSAGE, Gateway, answer, replied
from room_under_test import Browser, Room

from guidebook import messages

pytestmark = pytest.mark.anyio
TOPIC = messages.text("topic_un-messages", "en")


async def ask(browser: Browser, text: str, message_id: str = "m1") -> str:
    body = {"text": text, "client_message_id": message_id}
    sent = await browser.client.post("/api/messages", json=body)
    assert sent.status_code == 200, sent.text
    return str(sent.json()["replies"][0]["receipt"])


async def test_a_question_of_the_room_is_counted_by_topic_without_its_words(room: Room) -> None:
    room.gateway.rasa.outcome = replied(answer())
    phone = await room.phone()
    await ask(phone, "a question about cooperation")
    console = await room.console()
    assert console.figure("Questions") == 1
    assert TOPIC in console.text
    assert PASSAGE.heading in console.text
    assert "about cooperation" not in console.text


async def test_a_repeated_message_counts_once(room: Room) -> None:
    room.gateway.rasa.outcome = replied(answer())
    phone = await room.phone()
    for _ in range(3):
        await ask(phone, "a question")
    assert (await room.console()).figure("Questions") == 1


async def test_whoever_has_not_joined_is_not_counted(room: Room) -> None:
    room.gateway.rasa.outcome = replied(answer())
    await ask(Browser(room.gateway.another_browser()), "a question")
    assert (await room.console()).figure("Questions") == 0


async def test_what_was_not_answered_shows_how_it_ended_and_the_nearest_heading(room: Room) -> None:
    nearest = answer().citations
    missed = answer(status="unanswerable_no_passage", citations=(), nearest=nearest)
    room.gateway.rasa.outcome = replied(missed)
    await ask(await room.phone(), "a question nobody foresaw")
    text = (await room.console()).text
    assert messages.text("workshop_status_unanswerable", "en") in text
    assert PASSAGE.heading in text
    assert "nobody foresaw" not in text


async def test_a_question_sent_on_purpose_stands_there_masked_with_its_verdict(room: Room) -> None:
    room.gateway.rasa.outcome = replied(answer())
    phone = await room.phone()
    receipt = await ask(phone, "which form?")
    body = {"receipt": receipt, "verdict": "down", "reason": "missing"}
    sent = body | {"question": "which form for 17301-1234567-1?"}
    assert (await phone.client.post("/api/feedback", json=sent)).status_code == 200
    text = (await room.console()).text
    assert "which form for [cnic]?" in text
    assert messages.text("workshop_reason_missing", "en") in text


async def test_a_frozen_passage_stays_on_the_wall_word_for_word(room: Room) -> None:
    await room.does("project", kind="passage", passage=PASSAGE.id)
    room.gateway.rasa.outcome = replied(answer())
    phone = await room.phone()
    await ask(phone, "another question")
    for page in (await room.wall(), await phone.get("/room")):
        for line in PASSAGE.text.split("\n"):
            assert escaped(line) in page.text
    await room.does("project", kind="join")
    assert PASSAGE.heading not in (await room.wall()).text


def escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("'", "&#x27;").replace('"', "&quot;")


async def test_a_passage_whose_document_changed_is_not_passed_off_as_the_frozen_one(
    room: Room,
) -> None:
    await room.does("project", kind="passage", passage=PASSAGE.id)
    library = room.gateway.app.state.library
    document = library.corpus.document(PASSAGE.document_id)
    object.__setattr__(document, "digest", "0" * len(DIGEST))
    assert messages.text("workshop_passage_changed", "en") in (await room.wall()).text


async def test_an_unknown_passage_cannot_be_projected(room: Room) -> None:
    page = await room.does("project", kind="passage", passage="no/such")
    assert page.response.status_code == 404


async def test_the_wall_shows_address_and_code_to_the_trainer_alone(room: Room) -> None:
    assert room.code in (await room.wall()).text
    stranger = await Browser(room.gateway.another_browser()).get("/join")
    assert room.code not in stranger.text
    assert 'name="code"' in stranger.text


async def test_a_passing_workshop_costs_an_ordinary_officer_nothing(gateway: Gateway) -> None:
    gateway.rasa.outcome = replied(answer())
    assert (await gateway.ask("a question"))[0]["status"] == "answered"
    assert (await gateway.browser.get("/room", follow_redirects=False)).status_code == 303
