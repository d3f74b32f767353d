"""Words live 24 hours, here and in Rasa, and a wipe takes them at once."""

import asyncio
import sqlite3

import pytest
from gateway_under_test import Gateway, answer, replied, running

from gateway.bounds import Bounds
from gateway.rasa_stand_in import DOWN, GREETING, RasaStandIn
from guidebook.settings import Settings

pytestmark = pytest.mark.anyio


async def test_after_24_hours_no_word_is_left_and_rasa_was_told(gateway: Gateway) -> None:
    await gateway.ask("zebra question")
    assert b"zebra" in gateway.kept_bytes()
    gateway.clock.forward(hours=24, seconds=1)
    await gateway.purge()
    assert b"zebra" not in gateway.kept_bytes()
    assert gateway.rasa.forgotten == [gateway.rasa.received[0].conversation_id]
    assert await gateway.transcript() == []


async def test_before_24_hours_everything_stays(gateway: Gateway) -> None:
    await gateway.ask("hello")
    gateway.clock.forward(hours=23, seconds=3599)
    await gateway.purge()
    assert len(await gateway.transcript()) == 2
    assert gateway.rasa.forgotten == []


async def test_old_messages_are_not_shown_even_before_the_purge(gateway: Gateway) -> None:
    await gateway.ask("hello")
    gateway.clock.forward(hours=23)
    await gateway.ask("still here")
    gateway.clock.forward(hours=2)
    assert [e["text"] for e in await gateway.transcript() if e["role"] == "officer"] == [
        "still here"
    ]


async def test_a_session_in_use_all_day_loses_only_its_old_words(gateway: Gateway) -> None:
    await gateway.ask("zebra question")
    gateway.clock.forward(hours=23)
    await gateway.ask("fresh question")
    gateway.clock.forward(hours=2)
    await gateway.purge()
    assert b"zebra" not in gateway.kept_bytes()
    assert b"fresh question" in gateway.kept_bytes()
    await gateway.ask("after")
    old, still, new = (turn.conversation_id for turn in gateway.rasa.received)
    assert old == still != new
    assert gateway.rasa.forgotten == [old]


async def test_a_wipe_owed_while_rasa_was_down_is_made_up_for(gateway: Gateway) -> None:
    await gateway.ask("hello")
    gateway.rasa.outcome = DOWN
    response = await gateway.browser.delete("/api/messages")
    assert response.json() == {"wiped": True, "pending": True}
    await gateway.purge()
    assert gateway.rasa.forgotten == []
    gateway.rasa.outcome = GREETING
    await gateway.purge()
    await gateway.purge()
    assert gateway.rasa.forgotten == [gateway.rasa.received[0].conversation_id]


async def test_an_owed_wipe_survives_a_restart(settings: Settings) -> None:
    rasa = RasaStandIn()
    async with running(settings, rasa=rasa) as before:
        await before.ask("hello")
        rasa.outcome = DOWN
        await before.browser.delete("/api/messages")
    rasa.outcome = GREETING
    async with running(settings, rasa=rasa) as after:
        await after.purge()
    assert set(rasa.forgotten) == {rasa.received[0].conversation_id}


async def test_the_purge_runs_by_itself_while_the_gateway_runs(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(purge_every=0.02)) as gateway:
        await gateway.ask("zebra question")
        gateway.clock.forward(hours=25)
        async with asyncio.timeout(3):
            while b"zebra" in gateway.kept_bytes():
                await asyncio.sleep(0.02)


async def test_a_wipe_takes_every_word_and_starts_a_new_conversation(gateway: Gateway) -> None:
    await gateway.ask("zebra question", lang="ur", province="kp")
    response = await gateway.browser.delete("/api/messages")
    assert response.json() == {"wiped": True, "pending": False}
    assert b"zebra" not in gateway.kept_bytes()
    assert await gateway.transcript() == []
    await gateway.ask("after")
    before, after = gateway.rasa.received
    assert before.conversation_id != after.conversation_id
    assert gateway.rasa.forgotten == [before.conversation_id]
    assert (after.lang, after.province) == ("en", None)


async def test_a_wipe_waits_for_the_turn_in_flight_and_takes_it_too(gateway: Gateway) -> None:
    gateway.rasa.outcome = replied(answer("zebra answer", status="told_small_talk", citations=()))
    await gateway.ask("hello")
    gateway.rasa.open.clear()
    turn = asyncio.create_task(gateway.ask("zebra question"))
    while len(gateway.rasa.received) < 2:
        await asyncio.sleep(0.005)
    wipe = asyncio.create_task(gateway.browser.delete("/api/messages"))
    await asyncio.sleep(0.1)
    assert not wipe.done()
    gateway.rasa.open.set()
    assert (await turn)[0]["text"] == "zebra answer"
    assert (await wipe).json() == {"wiped": True, "pending": False}
    assert b"zebra" not in gateway.kept_bytes()
    assert await gateway.transcript() == []


async def test_a_wipe_touches_nobody_else(gateway: Gateway) -> None:
    await gateway.ask("mine")
    async with gateway.another_browser() as other:
        body = {"text": "theirs", "client_message_id": "m"}
        await other.post("/api/messages", json=body)
        await other.delete("/api/messages")
    assert len(await gateway.transcript()) == 2


async def test_wiping_nothing_is_fine_and_rasa_is_not_asked(gateway: Gateway) -> None:
    response = await gateway.browser.delete("/api/messages")
    assert response.json() == {"wiped": True, "pending": False}
    assert gateway.rasa.forgotten == []


async def test_receipts_and_feedback_live_90_days_and_no_longer(gateway: Gateway) -> None:
    gateway.rasa.outcome = replied(answer())
    receipt = (await gateway.ask("a question"))[0]["receipt"]
    gateway.clock.forward(hours=89 * 24)
    await gateway.purge()
    rated = {"receipt": receipt, "verdict": "down", "reason": "other"}
    assert (await gateway.browser.post("/api/feedback", json=rated)).status_code == 200
    later = (await gateway.ask("another question"))[0]["receipt"]
    gateway.clock.forward(hours=25)
    await gateway.purge()
    assert kept_ids(gateway) == [(later,)]
    assert (await gateway.browser.post("/api/feedback", json=rated)).status_code == 404
    assert receipt.encode() not in gateway.kept_bytes()


def kept_ids(gateway: Gateway) -> list[tuple[str]]:
    """Receipts that stand in receipts or feedback."""
    connection = sqlite3.connect(gateway.home / "gateway.db")
    try:
        return connection.execute(
            "SELECT id FROM receipts UNION SELECT receipt FROM feedback"
        ).fetchall()
    finally:
        connection.close()
