"""Too much, too fast: a clear refusal with a time to come back, and no harm to others."""

import asyncio

import pytest
from gateway_under_test import Clock, Gateway, running

from gateway.bounds import Bounds
from gateway.limits import SWEEP_AT, Limits
from guidebook.settings import Settings

pytestmark = pytest.mark.anyio


async def test_one_session_too_fast_gets_429_and_may_come_back(settings: Settings) -> None:
    bounds = Bounds(session_burst=3, session_per_second=0.5)
    async with running(settings, bounds=bounds) as gateway:
        for _ in range(3):
            await gateway.ask("hello")
        response = await gateway.post("hello", "kept")
        assert response.status_code == 429
        assert response.headers["retry-after"] == "2"  # half a message a second
        assert set(response.json()) == {"error", "next"}
        gateway.ticks.forward(seconds=2)
        await gateway.ask("hello", "kept")


async def test_one_fast_session_does_not_stop_another(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(session_burst=1)) as gateway:
        await gateway.ask("hello")
        assert (await gateway.post("hello")).status_code == 429
        async with gateway.another_browser() as other:
            body = {"text": "hello", "client_message_id": "m"}
            assert (await other.post("/api/messages", json=body)).status_code == 200


async def test_all_sessions_together_too_fast_get_429_on_every_route(settings: Settings) -> None:
    bounds = Bounds(overall_burst=2, overall_per_second=1)
    async with running(settings, bounds=bounds) as gateway:
        await gateway.ask("hello")
        await gateway.ask("hello")
        body = {"receipt": "x", "verdict": "up"}
        refused = [
            await gateway.post("hello"),
            await gateway.browser.get("/api/messages"),
            await gateway.browser.delete("/api/messages"),
            await gateway.browser.get("/api/documents/x"),
            await gateway.browser.post("/api/feedback", json=body),
        ]
        assert [response.status_code for response in refused] == [429] * 5
        assert all(response.headers["retry-after"] == "1" for response in refused)
        assert (await gateway.browser.get("/healthz")).status_code == 200


async def test_more_turns_than_places_get_503_at_once(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(turns_at_once=2)) as gateway:
        await gateway.ask("hello")
        gateway.rasa.open.clear()
        waiting = [asyncio.create_task(gateway.ask(f"question {n}", f"q{n}")) for n in range(2)]
        while len(gateway.rasa.received) < 2:
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.05)
        response = await gateway.post("one more", "more")
        assert (response.status_code, response.headers["retry-after"]) == (503, "2")
        joined = asyncio.create_task(gateway.ask("question 0", "q0"))
        gateway.rasa.open.set()
        await asyncio.gather(*waiting, joined)
        await gateway.ask("one more", "more")


def test_buckets_of_sessions_long_quiet_are_dropped() -> None:
    ticks = Clock(0.0)
    limits = Limits(Bounds(session_burst=1, session_per_second=1), ticks)
    for number in range(SWEEP_AT):
        assert limits.admit_session(f"s{number}") is None
    ticks.forward(seconds=2)
    assert limits.admit_session("newest") is None
    assert len(limits._sessions) == 1


async def test_a_refused_message_is_not_kept(settings: Settings) -> None:
    async with running(settings, bounds=Bounds(session_burst=1)) as gateway:
        await gateway.ask("hello")
        await gateway.post("zebra question")
        assert b"zebra" not in gateway.kept_bytes()


async def test_a_full_gateway_still_serves_the_page(gateway: Gateway) -> None:
    for _ in range(250):
        await gateway.browser.get("/api/documents/x")
    assert (await gateway.browser.get("/api/documents/x")).status_code == 429
    assert (await gateway.browser.get("/")).status_code == 200
