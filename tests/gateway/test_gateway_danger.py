"""Danger first: first steps and numbers come back whatever else is broken, busy or refused."""

import asyncio

import pytest
from gateway_under_test import Gateway, answer, locked, replied, running

from gateway.bounds import Bounds
from gateway.rasa_client import RasaOutcome, Slow
from gateway.rasa_stand_in import DOWN, MALFORMED, SILENT, RasaStandIn
from guidebook.emergency import emergency_again, emergency_perhaps, emergency_reply
from guidebook.settings import Settings

pytestmark = pytest.mark.anyio

DANGER = "He is beating her now"
DANGER_URDU = "وہ اسے مار رہا ہے ابھی"


async def test_first_steps_stand_before_the_answer(gateway: Gateway) -> None:
    gateway.rasa.outcome = replied(answer())
    first, second = await gateway.ask(DANGER)
    assert first["status"] == "emergency"
    assert [contact["number"] for contact in first["contacts"]] == ["15", "1122"]
    assert second["status"] == "answered"


@pytest.mark.parametrize("outcome", [DOWN, Slow(), SILENT, MALFORMED])
async def test_first_steps_come_even_when_rasa_fails(
    gateway: Gateway, outcome: RasaOutcome
) -> None:
    gateway.rasa.outcome = outcome
    first, second = await gateway.ask(DANGER, "again")
    assert first["status"] == "emergency"
    assert second["status"].startswith("failed_")
    gateway.rasa.outcome = replied(answer())
    assert [r["status"] for r in await gateway.ask(DANGER, "again")] == ["emergency", "answered"]


async def test_first_steps_are_in_the_language_of_the_message(gateway: Gateway) -> None:
    first = (await gateway.ask(DANGER_URDU))[0]
    assert first["text"] == emergency_reply("ur").text


async def test_first_steps_are_not_said_twice(gateway: Gateway) -> None:
    gateway.rasa.outcome = replied(emergency_reply("en"), answer())
    assert [r["status"] for r in await gateway.ask(DANGER)] == ["emergency", "answered"]


async def test_what_the_actions_said_of_danger_stands_as_they_ordered_it(gateway: Gateway) -> None:
    for alarm in (emergency_again("en"), emergency_perhaps("en")):
        gateway.rasa.outcome = replied(answer(), alarm)
        assert [r["status"] for r in await gateway.ask(DANGER)] == ["answered", alarm.status]


async def test_an_emergency_that_only_rasa_sees_is_kept(gateway: Gateway) -> None:
    gateway.rasa.outcome = replied(emergency_reply("en"))
    assert [r["status"] for r in await gateway.ask("a calm question")] == ["emergency"]


async def test_danger_does_not_wait_the_full_time_for_a_hanging_rasa(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(danger_wait=0.2)) as gateway:
        gateway.rasa.open.clear()
        async with asyncio.timeout(30):  # the full limit in these tests is a minute
            replies = await gateway.ask(DANGER)
    assert [reply["status"] for reply in replies] == ["emergency", "failed_rasa_slow"]


async def test_danger_is_answered_past_the_rate_limit(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(session_burst=1)) as gateway:
        await gateway.ask("hello")
        assert (await gateway.post("hello")).status_code == 429
        assert (await gateway.ask(DANGER))[0]["status"] == "emergency"


async def test_danger_is_answered_when_all_places_are_taken(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(turns_at_once=1)) as gateway:
        gateway.rasa.open.clear()
        waiting = asyncio.create_task(gateway.ask("a question"))
        while not gateway.rasa.received:
            await asyncio.sleep(0.005)
        assert (await gateway.ask(DANGER))[0]["status"] == "emergency"
        gateway.rasa.open.set()
        await waiting


async def test_danger_is_answered_when_nothing_can_be_kept(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(lock_wait=0.2)) as gateway:
        with locked(settings.home):
            replies = await gateway.ask(DANGER)
    assert [reply["status"] for reply in replies] == ["emergency", "failed_rasa_slow"]


async def test_danger_is_answered_while_rasa_is_still_loading(settings: Settings) -> None:
    async with running(settings, rasa=RasaStandIn(outcome=DOWN)) as gateway:
        replies = await gateway.ask(DANGER)
    assert [reply["status"] for reply in replies] == ["emergency", "failed_warming_up"]
