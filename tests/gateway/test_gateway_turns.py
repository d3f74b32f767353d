"""One turn, once: repeats, joins, retries, restarts."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from gateway_under_test import Gateway, answer, locked, replied, running

from gateway.bounds import Bounds
from gateway.rasa_client import RasaOutcome, Slow
from gateway.rasa_stand_in import DOWN, GREETING, MALFORMED, SILENT, RasaStandIn
from guidebook import messages
from guidebook.settings import Settings

pytestmark = pytest.mark.anyio

IMPATIENT = Bounds(lock_wait=0.3)


async def test_a_repeated_message_gets_the_kept_reply_and_runs_once(gateway: Gateway) -> None:
    gateway.rasa.outcome = replied(answer())
    first = await gateway.ask("a question", "same")
    gateway.rasa.outcome = GREETING
    assert await gateway.ask("a question", "same") == first
    assert len(gateway.rasa.received) == 1
    assert len(await gateway.transcript()) == 2


async def test_a_repeat_while_in_flight_joins_it(gateway: Gateway) -> None:
    await gateway.transcript()  # the page gets its cookie before it asks
    gateway.rasa.open.clear()
    waiting = [asyncio.create_task(gateway.ask("a question", "same")) for _ in range(5)]
    await gateway_has_sent(gateway, 1)
    gateway.rasa.open.set()
    replies = await asyncio.gather(*waiting)
    assert all(reply == replies[0] for reply in replies)
    assert len(gateway.rasa.received) == 1


async def test_one_id_for_two_texts_is_refused_running_or_kept(gateway: Gateway) -> None:
    await gateway.ask("hello", "first")
    gateway.rasa.open.clear()
    waiting = asyncio.create_task(gateway.ask("one text", "same"))
    await gateway_has_sent(gateway, 2)
    assert (await gateway.post("another text", "same")).status_code == 422
    gateway.rasa.open.set()
    await waiting
    assert (await gateway.post("another text", "same")).status_code == 422
    assert len(gateway.rasa.received) == 2


async def test_two_browsers_may_use_one_id(gateway: Gateway) -> None:
    await gateway.ask("mine", "same")
    async with gateway.another_browser() as other:
        body = {"text": "theirs", "client_message_id": "same"}
        assert (await other.post("/api/messages", json=body)).status_code == 200
    assert [turn.text for turn in gateway.rasa.received] == ["mine", "theirs"]


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (DOWN, "failed_rasa_down"),
        (Slow(), "failed_rasa_slow"),
        (SILENT, "failed_silent"),
        (MALFORMED, "failed_malformed"),
    ],
)
async def test_each_failure_of_rasa_is_a_sentence_and_can_be_retried(
    gateway: Gateway, outcome: RasaOutcome, status: str
) -> None:
    await gateway.ask("hello", lang="en")  # Rasa was up once
    gateway.rasa.outcome = outcome
    (reply,) = await gateway.ask("a question", "again")
    assert (reply["status"], reply["text"]) == (status, messages.text(status, "en"))
    assert reply["receipt"] is None
    assert (await gateway.transcript())[-2]["text"] == "a question"
    gateway.rasa.outcome = replied(answer())
    assert (await gateway.ask("a question", "again"))[0]["status"] == "answered"
    assert [e["role"] for e in await gateway.transcript()] == ["officer", "guidebook"] * 2


async def test_a_failure_is_told_in_urdu_to_an_urdu_question(gateway: Gateway) -> None:
    gateway.rasa.outcome = SILENT
    (reply,) = await gateway.ask("ایف آئی آر کیسے درج کروں؟")
    assert (reply["lang"], reply["text"]) == ("ur", messages.text("failed_silent", "ur"))


async def test_before_rasa_was_first_seen_the_officer_hears_it_is_starting(
    settings: Settings,
) -> None:
    async with running(settings, rasa=RasaStandIn(outcome=DOWN)) as gateway:
        assert (await gateway.ask("hello"))[0]["status"] == "failed_warming_up"
        gateway.ticks.forward(seconds=181)
        assert (await gateway.ask("hello"))[0]["status"] == "failed_rasa_down"


@pytest.fixture
async def impatient(settings: Settings) -> AsyncIterator[Gateway]:
    """A gateway that waits three seconds for Rasa; the others wait a minute."""
    async with running(replace(settings, rasa_timeout_s=3.0)) as started:
        yield started


async def test_a_hanging_rasa_costs_its_time_limit_and_no_more(impatient: Gateway) -> None:
    impatient.rasa.open.clear()
    async with asyncio.timeout(30):
        (reply,) = await impatient.ask("a question")
    assert reply["status"] == "failed_rasa_slow"


async def test_queued_turns_share_one_time_limit_behind_a_hanging_one(impatient: Gateway) -> None:
    gateway = impatient
    await gateway.ask("hello")
    gateway.rasa.open.clear()
    async with asyncio.timeout(10):  # one after the other they would take twelve
        replies = await asyncio.gather(*(gateway.ask(f"question {n}") for n in range(4)))
    assert [reply[0]["status"] for reply in replies] == ["failed_rasa_slow"] * 4
    asked = [e["text"] for e in await gateway.transcript() if e["role"] == "officer"]
    assert sorted(asked) == ["hello", *(f"question {n}" for n in range(4))]


async def test_a_sessions_turns_reach_rasa_one_after_another(gateway: Gateway) -> None:
    await gateway.ask("hello")
    gateway.rasa.open.clear()
    waiting = [asyncio.create_task(gateway.ask(f"question {n}")) for n in range(3)]
    await gateway_has_sent(gateway, 2)
    await asyncio.sleep(0.05)
    assert len(gateway.rasa.received) == 2
    gateway.rasa.open.set()
    await asyncio.gather(*waiting)
    assert len(gateway.rasa.received) == 4


async def test_a_turn_goes_on_when_the_browser_leaves(gateway: Gateway) -> None:
    await gateway.ask("hello")
    gateway.rasa.open.clear()
    waiting = asyncio.create_task(gateway.ask("a question", "left"))
    await gateway_has_sent(gateway, 2)
    waiting.cancel()
    gateway.rasa.open.set()
    await asyncio.gather(waiting, return_exceptions=True)
    while len(await gateway.transcript()) < 4:
        await asyncio.sleep(0.01)
    await gateway.ask("a question", "left")
    assert len(gateway.rasa.received) == 2


async def test_a_restart_keeps_the_conversation_and_runs_nothing_twice(settings: Settings) -> None:
    rasa = RasaStandIn(outcome=replied(answer()))
    async with running(settings, rasa=rasa) as before:
        replies = await before.ask("a question", "same")
        cookie = before.browser.cookies["guidebook_session"]
    async with running(settings, rasa=rasa) as after:
        after.browser.cookies.set("guidebook_session", cookie)
        assert await after.ask("a question", "same") == replies
        await after.ask("another question")
    assert len({turn.conversation_id for turn in rasa.received}) == 1
    assert [turn.text for turn in rasa.received] == ["a question", "another question"]


async def test_a_failed_reply_of_an_action_can_be_retried(gateway: Gateway) -> None:
    broken = answer("No index.", status="failed_index", citations=())
    gateway.rasa.outcome = replied(broken)
    assert (await gateway.ask("a question", "again"))[0]["status"] == "failed_index"
    await gateway.ask("another question", "other")
    gateway.rasa.outcome = replied(answer())  # Rasa would repeat the failure under the old id
    assert (await gateway.ask("a question", "again"))[0]["status"] == "answered"
    assert len({turn.message_id for turn in gateway.rasa.received}) == 3


async def test_a_reply_that_cannot_be_kept_is_still_given(settings: Settings) -> None:
    async with running(settings, bounds=IMPATIENT) as gateway:
        await gateway.ask("hello")
        gateway.rasa.open.clear()
        waiting = asyncio.create_task(gateway.ask("a question"))
        await gateway_has_sent(gateway, 2)
        with locked(settings.home):
            gateway.rasa.open.set()
            assert (await waiting)[0]["status"] == "told_greeting"


async def test_a_message_that_cannot_be_kept_is_refused_and_the_next_one_works(
    settings: Settings,
) -> None:
    async with running(settings, bounds=IMPATIENT) as gateway:
        await gateway.ask("hello")
        with locked(settings.home):
            response = await gateway.post("a question", "again")
        assert response.status_code == 503
        assert response.headers["retry-after"] == "5"
        assert "send it again" in response.json()["next"]
        assert (await gateway.ask("a question", "again"))[0]["status"] == "told_greeting"


async def gateway_has_sent(gateway: Gateway, count: int) -> None:
    """Wait until Rasa has received so many turns."""
    async with asyncio.timeout(30):
        while len(gateway.rasa.received) < count:
            await asyncio.sleep(0.005)
